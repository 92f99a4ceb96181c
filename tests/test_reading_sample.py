"""Figures of how cards read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import load_knowledge
from scripts import reading_sample
from scripts.reading_sample import Card, every, sample, seen


def test_only_what_is_seen_at_once_is_read() -> None:
    html = "🌊 <b>Quăng rác</b>\n\nĐừng quăng &amp; đừng đốt.\n<i>Nguồn: x.</i><blockquote expandable>Vì sao"
    assert seen(html) == "Quăng rác\nĐừng quăng & đừng đốt."


@pytest.mark.parametrize(
    ("text", "words", "longest"),
    [
        ("Pin\nĐể riêng.", 3, 2),
        ("Bỏ thùng rác khác. Đừng đốt!", 6, 4),
        ("Phạt 1.000.000 đến 2.000.000 đồng, theo Nghị định 45/2022/NĐ-CP.", 9, 9),
    ],
)
def test_words_and_the_longest_sentence(text: str, words: int, longest: int) -> None:
    card = Card("item", "x", text)
    assert (card.words, card.longest) == (words, longest)


async def test_the_same_seed_chooses_the_same_cards() -> None:
    cards = await every(load_knowledge(Path(__file__).parents[1] / "content"))
    first, again, other = (sample(cards, seed) for seed in (3, 3, 4))
    assert first == again != other
    kinds = [card.kind for card in first]
    assert {kind: kinds.count(kind) for kind in kinds} == {"item": 10, "tip": 6, "law": 2, "help": 2}
    assert all("<" not in card.text and card.words > 10 for card in first)


def test_without_a_voice_there_are_no_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert reading_sample.seconds("Pin để riêng.") is None


def test_the_table_has_a_line_for_each_card(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    reading_sample.main(["--text"])
    printed = capsys.readouterr().out
    assert len([line for line in printed.splitlines() if line.endswith("      -")]) == 20
    assert "Trước khi bỏ:" in printed and "\nall 26 law: " in printed
