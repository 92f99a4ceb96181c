"""What a reader of Khmer gets: their language where it is there, Vietnamese for what is dangerous."""

from __future__ import annotations

import json
import re

import pytest

from bot.sorting import Item
from tests.harness import User, World

MACHINE = "បកប្រែដោយម៉ាស៊ីន · bản dịch máy"
ONLY_VIETNAMESE = "ជាភាសាវៀតណាម"
KHMER = re.compile("[\u1780-\u17ff]")


@pytest.fixture
def sok(world: World) -> User:
    return world.user(language="km", name="Sok")


def _item(world: World, id: str) -> Item:
    return world.app.services.library.knowledge.sorting.item(id)


async def test_a_card_is_in_khmer_with_the_vietnamese_name(world: World, sok: User) -> None:
    await sok.sends("ដបជ័រ")
    text, item = sok.last.text, _item(world, "chai_nhua")
    assert item.km
    assert text.startswith("<b>ដបជ័រ (chai nhựa)</b>\n🔵 ♻️ <b>កែច្នៃបាន</b>")
    assert item.km.prep in text and item.km.where in text
    assert item.prep not in text
    assert MACHINE in text and ONLY_VIETNAMESE not in text
    assert "🔎 មិនមែនរបស់នេះទេ" in sok.last.labels


async def test_what_is_dangerous_is_told_in_vietnamese_too(world: World, sok: User) -> None:
    await sok.sends("/phanloai ថ្មចាស់")
    item = _item(world, "pin")
    assert item.km and item.hazard and item.where
    assert "(Nguy hại)" in sok.last.text
    assert not KHMER.search(item.hazard)
    for told in (item.km.prep, item.prep, item.km.where, item.where, item.hazard):
        assert told in sok.last.text


async def test_fines_stay_vietnamese(world: World) -> None:
    """Where a fine is named there is no Khmer text to replace it."""
    for item in world.app.services.library.knowledge.sorting.items:
        if item.km and re.search(r"phạt|Nghị định", item.prep + (item.where or "")):
            raise AssertionError(f"the translation of {item.id} hides a fine")
    for tip in world.app.services.library.knowledge.tips.all:
        assert not (tip.km and re.search(r"phạt|nguy hại|độc", tip.body)), tip.id


async def test_an_item_without_khmer_says_so_and_is_vietnamese(world: World, sok: User) -> None:
    await sok.sends("/phanloai hộp quẹt gas")
    item = _item(world, "hop_quet_gas")
    assert item.km is None
    assert sok.last.text.index(ONLY_VIETNAMESE) < sok.last.text.index(item.prep)
    assert "hỏi đơn vị thu gom trước khi bỏ" in sok.last.text
    assert MACHINE not in sok.last.text


async def test_vietnamese_names_find_the_khmer_card(sok: User) -> None:
    await sok.sends("túi nilon")
    assert sok.last.text.startswith("<b>ថង់ប្លាស្ទិក (túi nilon)</b>")


async def test_vietnamese_readers_see_no_khmer(world: World) -> None:
    lan = world.user()
    await lan.sends("ថ្មពិលចាស់")
    assert lan.last.text.startswith("<b>Pin</b>")
    assert not KHMER.search(lan.last.text)


async def test_every_translated_name_finds_its_item(world: World) -> None:
    sorting = world.app.services.library.knowledge.sorting
    translated = [item for item in sorting.items if item.km]
    assert len(translated) == 30
    for item in translated:
        assert item.km
        for name in item.km.names:
            found = sorting.find(name)
            assert (found.confident, found.items[0].item.id) == (True, item.id), name


async def test_groups_are_named_in_khmer(sok: User) -> None:
    await sok.sends("/phanloai")
    assert all(KHMER.search(label) for label in sok.last.labels[:6])
    await sok.presses(sok.last.labels[3])
    assert "☠️ គ្រោះថ្នាក់ (Nguy hại)" in sok.last.text
    assert "Thứ có chất độc" in sok.last.text  # what is dangerous is not left to a machine
    assert "ថ្មពិលចាស់ (pin)" in sok.last.labels


async def test_a_translated_tip_and_one_that_is_not(world: World, sok: User) -> None:
    tips = world.app.services.library.knowledge.tips
    translated = tips.tip("sua-voi-ri")
    assert translated.km
    await sok.sends("/start m_sua-voi-ri")
    assert f"<b>{translated.km.title}</b>" in sok.last.text
    assert translated.km.body in sok.last.text and MACHINE in sok.last.text
    other = tips.tip("lu-nuoc-mua")
    await sok.sends("/start m_lu-nuoc-mua")
    assert sok.last.text.index(ONLY_VIETNAMESE) < sok.last.text.index(other.body)
    assert MACHINE not in sok.last.text


async def test_topics_are_named_in_khmer(world: World, sok: User) -> None:
    await sok.sends("🌱 គន្លឹះរស់បៃតង")
    assert "💧 សន្សំទឹក" in sok.last.labels
    assert sum(tip.km is not None for tip in world.app.services.library.knowledge.tips.all) == 20


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("📸 រាយការណ៍សំរាម", "រូបថត"),
        ("♻️ សំរាមនេះចោលទីណា?", "ថ្មពិលចាស់"),
        ("🌱 គន្លឹះរស់បៃតង", "គន្លឹះ"),
        ("📋 របាយការណ៍ខ្ញុំ", "របាយការណ៍"),
        ("🔔 ការរំលឹក", "រំលឹក"),
        ("⚙️ ផ្សេងទៀត", "ត្រូវការអ្វី"),
    ],
)
async def test_keys_of_the_menu_work(sok: User, key: str, answer: str) -> None:
    await sok.sends("/start")
    assert key in sok.last.keys
    await sok.presses(key)
    assert answer in sok.last.text.replace("\u200b", "")


async def test_a_report_in_khmer(sok: User) -> None:
    await sok.sends("📸 រាយការណ៍សំរាម")
    await sok.sends_photo()
    assert sok.last.keys[0] == "📍 ផ្ញើទីតាំងបច្ចុប្បន្ន"
    await sok.sends_location()
    assert "សំរាមគ្រោះថ្នាក់ (nguy hại)" in sok.last.labels
    await sok.presses("សំរាមផ្ទះ")
    await sok.presses("✅ យល់ព្រម និងផ្ញើ")
    receipt = "".join(heard.text for heard in sok.heard).replace("\u200b", "")
    assert re.search(r"កូដរបាយការណ៍៖ <code>TV-\d{4}-\d{4}</code>", receipt)
    assert re.search(r"សន្យាដោះស្រាយត្រឹម៖ <b>\d\d/\d\d/\d{4}</b>", receipt)


async def test_leaving_works_by_the_khmer_key(sok: User) -> None:
    await sok.sends("/baocao")
    await sok.sends("❌ បោះបង់")
    assert "បោះបង់" in sok.last.text


async def test_the_export_tells_the_language_and_nothing_more_of_it(world: World, sok: User) -> None:
    await sok.sends("/dulieu")
    assert "ភាសា" in sok.last.text
    await sok.presses("📄 ទាញយក")
    files = [sent.files for sent in world.telegram.sent if sent.method == "sendDocument"]
    text = next(iter(files[-1].values())).decode()
    assert json.loads(text)["person"][0]["language"] == "km"
    assert "khmer" not in text.lower()


async def test_several_things_in_one_message(sok: User) -> None:
    """A battery behind a bottle is not overlooked; Khmer has no spaces around "and"."""
    await sok.sends("ដបជ័រនិងថ្មពិល")
    assert "ដបជ័រ (chai nhựa)" in sok.last.text
    assert "ថ្មពិលចាស់ (pin)" in sok.last.text
    assert "(Nguy hại)" in sok.last.text


async def test_a_typed_topic_brings_its_tip(sok: User) -> None:
    await sok.sends("សន្សំទឹក")
    assert "ប្រភព៖" in sok.last.text
