"""`/ngonngu`."""

from __future__ import annotations

from sqlalchemy import select

from bot.store.tables import Person
from tests.harness import User, World


async def _language(world: World, user: User) -> str:
    async with world.session() as session:
        found = await session.execute(select(Person.language).where(Person.address == f"telegram:{user.id}"))
        return found.scalar_one()


async def test_choosing_a_language_keeps_it_and_brings_its_menu(world: World) -> None:
    lan = world.user()
    await lan.sends("/ngonngu")
    assert lan.last.labels == ["Tiếng Việt", "English", "ភាសាខ្មែរ"]
    await lan.presses("English")
    assert await _language(world, lan) == "en"
    assert len(lan.last.keys) == 6
    await lan.presses("Tiếng Việt")
    assert await _language(world, lan) == "vi"
    assert lan.last.keys[0] == "📸 Báo điểm rác"


async def test_khmer_says_that_it_is_being_translated(world: World) -> None:
    lan = world.user()
    await lan.sends("/language")
    await lan.presses("ភាសាខ្មែរ")
    assert "đang được dịch" in lan.last.text
    assert await _language(world, lan) == "vi"


async def test_a_forged_language_is_a_stale_button(world: World) -> None:
    lan = world.user()
    await lan.sends("/ngonngu")
    for forged in ("1:language.set:xx", "1:language.set", "1:language.set::"):
        assert await lan.presses_data(forged, lan.heard[0]) == "Nút này cũ rồi."
    assert await _language(world, lan) == "vi"
