from tests.harness import World


async def test_start(world: World) -> None:
    lan = world.user()
    await lan.sends("/huy")
    print([m.text for m in lan.heard])
    await lan.sends("blah blah")
    print([m.text for m in lan.heard])
    print(lan.last.labels)
