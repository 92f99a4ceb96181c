"""The features that weights are learned for."""

from __future__ import annotations

from bot.search.features import of_matter, of_things
from bot.search.tokens import tokenise


def test_words_are_known_with_and_without_accents_and_by_their_neighbours() -> None:
    assert of_things(["vỏ", "lon", "bia"]) == {"vo", "vỏ", "lon", "bia", "vo lon", "lon bia"}


def test_the_wording_around_the_thing_is_known_whatever_the_thing() -> None:
    battery = of_matter(tokenise("mua 2 pin tiểu, ở đâu"), {2, 3})
    television = of_matter(tokenise("mua 3 tivi ở đâu"), {2})
    assert {"~ mua 9 {x}", "~ {x} o dau", "~ ^ mua 9", "~ o dau $"} <= battery & television


def test_a_message_that_names_nothing_has_features_too() -> None:
    assert of_matter(tokenise("chào"), ()) >= {"chào", "chao", "~ ^ chao $"}
    assert of_things([]) == set()
