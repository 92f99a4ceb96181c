"""What features speak for, as learned: a linear model, kept as sorted arrays.

As dictionaries the weights would take ten times the memory, as text they would take long to read.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from bot.content.files import ContentError, Fault

_HUNDREDTHS = 100


class Weights:
    """`columns`: what is spoken for, such as the ids of entries."""

    def __init__(
        self,
        columns: Sequence[str],
        bias: Sequence[int],
        weights: Mapping[str, Mapping[int, int]],
        rareness: Mapping[str, int] | None = None,
    ) -> None:
        """In hundredths. `weights`: feature → number of the column → weight; a feature may say nothing.

        `rareness`: feature → its share of a message, 1.0 unless told. Beside a rare word others matter less.
        """
        self.columns = tuple(columns)
        self._bias = array("h", bias)
        self._features, self._starts, self._rareness = array("I"), array("I", [0]), array("H")
        self._places, self._weights = array("H"), array("h")
        for feature in sorted(weights, key=_hashed):
            self._features.append(_hashed(feature))
            self._rareness.append((rareness or {}).get(feature, _HUNDREDTHS))
            self._places.extend(weights[feature])
            self._weights.extend(weights[feature].values())
            self._starts.append(len(self._places))

    def of(self, features: Iterable[str]) -> list[float]:
        """For each column what the features together say; above 0 speaks for it."""
        known = [at for feature in features if (at := self._place(_hashed(feature))) is not None]
        sums = [0.0] * len(self.columns)
        for at in known:
            cells = slice(self._starts[at], self._starts[at + 1])
            for place, weight in zip(self._places[cells], self._weights[cells], strict=True):
                sums[place] += weight
        share = _HUNDREDTHS / (math.hypot(*(self._rareness[at] for at in known)) or 1.0)
        return [(bias + share * sum_) / _HUNDREDTHS for bias, sum_ in zip(self._bias, sums, strict=True)]

    def save(self, path: Path, learned_from: str = "") -> None:
        """`learned_from`: tells the examples, for who wants to know whether they have changed since."""
        with path.open("wb") as file:
            sizes = [len(one) for one in self._arrays()]
            head = {"learned_from": learned_from, "columns": self.columns, "sizes": sizes}
            file.write(json.dumps(head).encode() + b"\n")
            for one in self._arrays():
                file.write(_little_endian(one).tobytes())

    def read(self, file: BinaryIO) -> None:
        """As `save` wrote it. Raises ValueError, KeyError, EOFError."""
        head = json.loads(file.readline())
        self.columns = tuple(head["columns"])
        for one, size in zip(self._arrays(), head["sizes"], strict=True):
            del one[:]
            one.frombytes(_exactly(file, size * one.itemsize))
            one[:] = _little_endian(one)

    def _arrays(self) -> tuple[array[int], ...]:
        return self._bias, self._features, self._starts, self._rareness, self._places, self._weights

    def _place(self, feature: int) -> int | None:
        at = bisect_left(self._features, feature)
        return at if at < len(self._features) and self._features[at] == feature else None


def load_weights(path: Path) -> Weights:
    """Raises ContentError."""
    weights = Weights((), (), {})
    try:
        with path.open("rb") as file:
            weights.read(file)
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise ContentError([Fault(path, 1, f"cannot be read; make it anew: {error!r}")]) from None
    return weights


def _exactly(file: BinaryIO, size: int) -> bytes:
    read = file.read(size)
    if len(read) != size:
        raise EOFError("it is cut off")
    return read


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return numbers
    swapped = array(numbers.typecode, numbers)
    swapped.byteswap()
    return swapped


def _hashed(feature: str) -> int:
    return crc32(feature.encode())
