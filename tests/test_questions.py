"""What is kept of a question nobody could answer, which ones are alike, and how much at most."""

from __future__ import annotations

import unicodedata

import pytest
from sqlalchemy import func, select

from bot import questions
from bot.questions import missed as log
from bot.questions.wording import LONG, SHORT, alike, likeness, redacted
from bot.store.tables import Missed
from tests.fakes import START
from tests.harness import World


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("vỏ sầu riêng bỏ đâu", "vỏ sầu riêng bỏ đâu"),
        ("gọi tui 0912345678 nha", "gọi tui … nha"),
        ("số +84 912 345 678, nhà 12", "số …, nhà 12"),
        ("cccd 084099001234", "cccd …"),
        ("0912.345.678", "…"),
        ("bỏ 3 bình 20 lít năm 2026", "bỏ 3 bình 20 lít năm 2026"),
        ("phạt 1.000.000 đồng", "phạt 1.000.000 đồng"),
        ("coi https://vd.vn/a?b=1 đi", "coi … đi"),
        ("coi www.vd.vn đi", "coi … đi"),
        ("trang facebook.com/lan.nguyen của tui", "trang … của tui"),
        ("zalo.me/0912345678", "…"),
        ("thư lan.nguyen@vd.com.vn gấp", "thư … gấp"),
        ("hỏi @lan_nguyen với @ba", "hỏi … với …"),
        ("số 0912345678 0987654321 @ba", "số …"),
        ("dòng một\ndòng hai\t ba", "dòng một dòng hai ba"),
        ("x" * 200, "x" * (SHORT - 1) + "…"),
        ("", ""),
    ],
)
def test_what_could_tell_who_it_was_is_cut_out(typed: str, kept: str) -> None:
    assert redacted(typed) == kept


def test_what_is_kept_is_composed_and_short() -> None:
    kept = redacted(unicodedata.normalize("NFD", "bỏ rác ở đâu ") * 40)
    assert unicodedata.is_normalized("NFC", kept)
    assert len(kept) == SHORT
    assert len(redacted("bỏ rác " * 100, LONG)) == LONG


def test_a_number_behind_what_is_read_does_not_slip_through_in_half() -> None:
    kept = redacted("https://vd.vn/" + "a" * 575 + " bỏ 0912345678")
    assert kept == "… bỏ"


def test_a_very_long_message_costs_nothing() -> None:
    assert len(redacted("a.b-" * 50_000)) <= SHORT


@pytest.mark.parametrize("other", ["RIÊNG SẦU VỎ", "vo sau rieng", "vỏ vỏ sầu riêng"])
def test_order_case_accents_and_repeats_do_not_matter(other: str) -> None:
    assert likeness(other.split()) == likeness(["vỏ", "sầu", "riêng"])


@pytest.mark.parametrize("words", [[], ["…"], ["😀", "!"], ["12", "3"]])
def test_what_has_no_words_says_nothing(words: list[str]) -> None:
    assert likeness(words) == ""


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("khung tranh thieu nhi", "khung tranh thieuu nhi", True),
        ("khung tranh thieu nhi", "khung tranhh thieuu nhi", True),
        ("khung tranh thieu nhi", "khung tranh thieu nien", False),
        ("thuoc tri ca", "thuoc tri cat", False),
        ("binh ac quy xe dap dien", "binh ac quy xe dap dien cu", True),
        ("dan tranh cay go trac", "dan tranh go trac", True),
        ("pin", "pin xe dien", False),
        ("chai thuoc diet co", "chai thuoc diet moi", False),
        ("vo tom", "vo tom hum", False),
        ("binh gas mini", "binh gas lon", False),
        ("vo hop sua", "vo hop xi", False),
    ],
)
def test_alike_is_a_slip_or_one_more_word_but_no_other_thing(one: str, other: str, are_alike: bool) -> None:
    found = alike(likeness(one.split()), {"x": likeness(other.split()), "y": "khau trang"})
    assert found == ("x" if are_alike else None)


async def _note(world: World, text: str, reason: questions.Reason = "nothing") -> str | None:
    async with world.session() as session:
        noted = await questions.note(
            session, text, str.split, reason, world.clock.now(), world.app.store.is_sqlite
        )
        return noted.id if noted else None


async def _rows(world: World) -> list[Missed]:
    async with world.session() as session:
        return list((await session.execute(select(Missed).order_by(Missed.times.desc()))).scalars())


async def test_alike_questions_are_one_row_with_its_first_wording(world: World) -> None:
    first = await _note(world, "đàn tranh gỗ trắc")
    world.clock.advance(days=3)
    assert await _note(world, "TRẮC GỖ ĐÀN TRANH", "unsure") == first
    assert await _note(world, "gỗ trắc đàn tranh cũ") == first
    other = await _note(world, "tượng thạch cao")
    assert other != first
    row = (await _rows(world))[0]
    assert (row.text, row.times, row.reason, row.state) == ("đàn tranh gỗ trắc", 3, "nothing", "open")
    assert (row.last_at - row.first_at).days == 3


async def test_nothing_in_the_row_leads_to_who_asked(world: World) -> None:
    world.clock.advance(hours=5, minutes=7)
    await _note(world, "đàn tranh của @lan 0912345678")
    row = (await _rows(world))[0]
    assert "lan" not in row.text and "0912" not in row.text
    assert row.first_at == row.last_at == START.replace(hour=0)
    assert not {column.name for column in Missed.__table__.columns} & {"person_id", "chat", "message_id"}


async def test_a_flood_of_nonsense_cannot_fill_the_disk(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "MOST", 20)
    for _ in range(2):
        await _note(world, "đàn tranh gỗ trắc")
    for number in range(60):
        await _note(world, f"{'abcdefghij'[number % 10] * 9} {'klmnop'[number // 10] * 9}")
    rows = await _rows(world)
    assert len(rows) == 20
    assert rows[0].text == "đàn tranh gỗ trắc"


async def test_what_was_asked_once_is_forgotten_after_ninety_days(world: World) -> None:
    await _note(world, "đàn tranh gỗ trắc")
    for _ in range(2):
        await _note(world, "tượng thạch cao")
    world.clock.advance(days=60)
    await _note(world, "khăn rằn cũ")
    world.clock.advance(days=31)
    await world.do(lambda connection: questions.prune(connection, world.clock.now()))
    assert {row.text for row in await _rows(world)} == {"tượng thạch cao", "khăn rằn cũ"}


async def test_two_copies_that_log_the_same_at_once_make_one_row(world: World) -> None:
    """The statement that adds a row, as if the other copy had been a moment faster."""
    async with world.session() as session:
        for _ in range(2):
            await log._first(
                session, "dan go tranh", "đàn tranh gỗ", "nothing", START, world.app.store.is_sqlite
            )
    row = (await _rows(world))[0]
    assert row.times == 2


async def test_logging_stays_cheap_in_a_full_table(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all rows only the latest few are compared."""
    monkeypatch.setattr(log, "COMPARED", 3)
    await _note(world, "đàn tranh gỗ trắc bể")
    world.clock.advance(days=1)
    for number in range(4):
        await _note(world, f"{'abcd'[number] * 9} {'mnop'[number] * 9}")
    await _note(world, "đàn tranh gỗ trắc")
    async with world.session() as session:
        assert (await session.execute(select(func.count()).select_from(Missed))).scalar_one() == 6
