"""What people want, as learned: the kind, what may be meant, and how certain it is."""

from __future__ import annotations

import pytest

from bot.intents import Intents
from bot.search.tokens import tokenise
from bot.search.weights import Weights


@pytest.fixture
def intents() -> Intents:
    columns = ["law:dot_rac", "law:dot_rom", "help:la_ai", "report"]
    which = {"đốt": {0: 200, 1: 190}, "rơm": {0: -100, 1: 100}, "ai": {2: 300}, "báo": {3: 300}}
    wishes = {"phạt": {0: 500}, "mua": {0: -500}}
    return Intents(Weights(columns, [-100] * 4, which), Weights(["wish"], [-100], wishes))


def test_what_is_hardly_behind_the_best_may_be_meant_as_well(intents: Intents) -> None:
    wish = intents.of(tokenise("đốt"))
    assert wish is not None
    assert (wish.kind, wish.ids) == ("law", ("dot_rac", "dot_rom"))


def test_of_another_kind_or_far_behind_nothing_is_told(intents: Intents) -> None:
    wish = intents.of(tokenise("đốt rơm"))
    assert wish is not None
    assert (wish.kind, wish.ids) == ("law", ("dot_rom",))


def test_a_report_needs_no_answer(intents: Intents) -> None:
    wish = intents.of(tokenise("báo"))
    assert wish is not None
    assert (wish.kind, wish.ids) == ("report", ())


def test_how_certain_it_is_hangs_on_the_wording(intents: Intents) -> None:
    asked, bought = intents.of(tokenise("đốt rơm phạt")), intents.of(tokenise("đốt rơm mua"))
    assert asked is not None
    assert bought is not None
    assert asked.certainty > 0 > bought.certainty


def test_without_words_nothing_is_wanted(intents: Intents) -> None:
    assert intents.of(tokenise("…!")) is None
