"""What features speak for: the sums, and files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.files import ContentError
from bot.search.weights import Weights, load_weights

SOME = {"pin": {0: 300}, "cũ": {0: 10, 1: 20}, "hư": {}, "remote": {1: 400}}
RARENESS = {"remote": 200}


@pytest.fixture
def weights() -> Weights:
    return Weights(["pin", "tivi"], [-100, 0], SOME, RARENESS)


def test_known_features_add_up_and_unknown_ones_say_nothing(weights: Weights) -> None:
    assert weights.of(["pin"]) == [2.0, 0.0]
    assert weights.of(["pin", "xyz"]) == [2.0, 0.0]
    assert weights.of([]) == weights.of(["xyz"]) == [-1.0, 0.0]
    assert weights.of(["pin", "cũ"]) == pytest.approx([-1 + 3.1 / 2**0.5, 0.2 / 2**0.5])


def test_a_known_feature_that_says_nothing_dampens_the_others(weights: Weights) -> None:
    assert weights.of(["pin", "hư"]) == pytest.approx([-1 + 3 / 2**0.5, 0.0])


def test_a_rare_feature_dampens_the_others_more(weights: Weights) -> None:
    assert weights.of(["remote"]) == [-1.0, 2.0]
    assert weights.of(["pin", "remote"]) == pytest.approx([-1 + 3 / 5**0.5, 4 / 5**0.5])


def test_what_is_saved_is_read_again(weights: Weights, tmp_path: Path) -> None:
    weights.save(tmp_path / "things.weights")
    read = load_weights(tmp_path / "things.weights")
    assert read.columns == ("pin", "tivi")
    assert read.of(["pin", "cũ"]) == weights.of(["pin", "cũ"])


@pytest.mark.parametrize("keep", [0, 5, 60, -1])
def test_a_file_that_is_cut_off_is_told(weights: Weights, tmp_path: Path, keep: int) -> None:
    path = tmp_path / "things.weights"
    weights.save(path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ContentError, match="make it anew"):
        load_weights(path)


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="make it anew"):
        load_weights(tmp_path / "things.weights")
