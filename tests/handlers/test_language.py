"""`/ngonngu`."""

from __future__ import annotations

import pytest
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


async def test_khmer_says_in_both_languages_that_a_machine_made_it(world: World) -> None:
    lan = world.user()
    await lan.sends("/language")
    await lan.presses("ភាសាខ្មែរ")
    assert await _language(world, lan) == "km"
    told, khmer, vietnamese = lan.last.text.split("\n\n")
    assert "ភាសាខ្មែរ" in told
    assert "បកប្រែដោយម៉ាស៊ីន" in khmer
    assert vietnamese == (
        "Bản dịch này do máy làm, chưa có người bản ngữ duyệt nên có thể sai. "
        "Chuyện nguy hiểm và mức phạt vẫn ghi bằng tiếng Việt."
    )
    assert lan.last.keys[0] == "📸 រាយការណ៍សំរាម"


@pytest.mark.parametrize("label", ["Tiếng Việt", "English"])
async def test_the_others_need_no_such_words(world: World, label: str) -> None:
    lan = world.user()
    await lan.sends("/ngonngu")
    await lan.presses(label)
    assert "\n" not in lan.last.text


async def test_a_phone_set_to_khmer_starts_in_khmer(world: World) -> None:
    sok = world.user(language="km")
    await sok.sends("/start")
    assert await _language(world, sok) == "km"
    assert "បកប្រែដោយម៉ាស៊ីន · bản dịch máy" in sok.last.text
    await sok.sends("/ngonngu")
    await sok.presses("Tiếng Việt")
    await sok.sends("/start")
    assert "bản dịch máy" not in sok.last.text
    assert await _language(world, sok) == "vi"


async def test_a_forged_language_is_a_stale_button(world: World) -> None:
    lan = world.user()
    await lan.sends("/ngonngu")
    for forged in ("1:language.set:xx", "1:language.set", "1:language.set::"):
        assert await lan.presses_data(forged, lan.heard[0]) == "Nút này cũ rồi."
    assert await _language(world, lan) == "vi"
