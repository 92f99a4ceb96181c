"""Names of communes, former units, districts and provinces in the words of an address."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.places.names import Meaning, Names, Region, UnitName
from bot.places.spelling import Agreement, agreement, marks
from bot.places.tokens import INITIALS, KINDS, Token, joined, kind_before

FUZZY_UP_TO = 60
"""Words. A longer text is talk, not an address: in it only exact names count."""

_ONE_SLIP_FROM, _TWO_SLIPS_FROM = 6, 10
"""Letters of a name that allow for one or two wrong, missing, doubled or exchanged ones."""

_CITY_KINDS = {"thành phố", "thị xã", "tỉnh"}

_AGES = {"cu": "old", "truoc": "old", "moi": "new"}


@dataclass(frozen=True, slots=True)
class Mention:
    """`start` at the kind word if any, `name_start` at the name, `end` behind it: indices of tokens."""

    start: int
    name_start: int
    end: int
    kind: str
    name: str
    meanings: tuple[Meaning, ...]
    marks: tuple[str, ...]
    typos: int = 0

    def overlaps(self, other: Mention) -> bool:
        return self.start < other.end and other.start < self.end

    @property
    def aside(self) -> bool:
        """A hamlet, a canal or a house in a street of that name: hardly tells the commune."""
        return self.kind == "ấp"

    def agreement(self, meaning: Meaning) -> Agreement:
        if self.typos:
            return Agreement.BARE
        return agreement(self.marks, marks(meaning.name))

    @property
    def best_agreement(self) -> Agreement:
        return max((self.agreement(meaning) for meaning in self.meanings), default=Agreement.OTHER)


@dataclass
class _Search:
    tokens: Sequence[Token]
    names: Names
    found: list[Mention] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def add(self, start: int, end: int, *names: str, typos: int = 0, regions_only: bool = False) -> None:
        meanings = [meaning for name in names for meaning in self.names.meanings(name)]
        kind, begin = _kind(self.tokens, start)
        no_such_province = kind == "tỉnh" and all(meaning.type != kind for meaning in meanings)
        if no_such_province or self.taken.intersection(range(begin, start)):
            kind, begin = "", start
        self.taken |= set(range(begin, end))
        if kind == "đường":
            return
        if regions_only:
            meanings = [meaning for meaning in meanings if isinstance(meaning, Region)]
        meanings = _of_age(_of_kind(meanings, kind), self._age(end))
        typed = marks(" ".join(token.word for token in self.tokens[start:end]))
        self.found.append(Mention(begin, start, end, kind, names[0], tuple(meanings), typed, typos))

    def _age(self, end: int) -> str:
        return _AGES.get(self.tokens[end].key, "") if end < len(self.tokens) else ""

    def free(self, start: int, end: int) -> bool:
        return self.taken.isdisjoint(range(start, end))

    def open(self, start: int, end: int) -> bool:
        """Free, or taken only in part and by exact names inside: "Bình Hòa Phướ" holds "Bình Hòa"."""
        inside = (m for m in self.found if start <= m.start and m.end <= end and not m.typos)
        covered = {at for mention in inside for at in range(mention.start, mention.end)}
        span = set(range(start, end))
        return covered != span and self.taken & span <= covered


def find_mentions(tokens: Sequence[Token], names: Names, not_places: Container[str]) -> list[Mention]:
    """In the order of the text; exact names go before misspelt ones, long ones before short.

    They do not overlap, except that a misspelt name may hold an exact one.
    """
    search = _Search(tokens, names)
    for start, end in _windows(search):
        if joined(tokens[start:end]) in not_places:
            search.taken |= set(range(start, end))
    _numbered_wards(search)
    _exact(search)
    _one_word(search)
    if len(tokens) <= FUZZY_UP_TO:
        _misspelt(search)
    return sorted(search.found, key=lambda mention: mention.start)


def _numbered_wards(search: _Search) -> None:
    tokens = search.tokens
    for at in range(1, len(tokens)):
        ward = KINDS.get(tokens[at - 1].key) == "phường" and tokens[at].key.isdigit()
        if ward and search.free(at - 1, at + 1):
            search.taken |= {at - 1, at}
            name = f"phuong {int(tokens[at].key)}"
            meanings = search.names.meanings(name)
            search.found.append(Mention(at - 1, at - 1, at + 1, "phường", name, meanings, ("",)))


def _windows(search: _Search) -> Iterator[tuple[int, int]]:
    """Spans of two words and more within a segment, long ones first, then those behind a kind word.

    In "phường Thanh Đức" the name is not "phường Thanh".
    """
    tokens = search.tokens
    for size in range(search.names.longest, 1, -1):
        ends = range(size - 1, len(tokens))
        starts = [at - size + 1 for at in ends if tokens[at].segment == tokens[at - size + 1].segment]
        for start in sorted(starts, key=lambda at: not kind_before(tokens, at)[0]):
            yield start, start + size


def _exact(search: _Search) -> None:
    for start, end in _windows(search):
        name = joined(search.tokens[start:end])
        if name in search.names and search.free(start, end):
            search.add(start, end, name)


def _one_word(search: _Search) -> None:
    """Names written as one word ("travinh") and the initials of districts and provinces."""
    for at, token in enumerate(search.tokens):
        if at in search.taken:
            continue
        if token.key in search.names.glued:
            search.add(at, at + 1, search.names.glued[token.key])
        elif token.key in INITIALS and (search.found or _kind(search.tokens, at)[0] in _CITY_KINDS):
            search.add(at, at + 1, INITIALS[token.key], regions_only=True)


def _misspelt(search: _Search) -> None:
    slips: dict[tuple[float, bool, int, int, int], list[str]] = {}
    for start, end in _windows(search):
        if not search.open(start, end):
            continue
        kindless = not _kind(search.tokens, start)[0]
        for name, typos in _alike(joined(search.tokens[start:end]), search.names):
            slips.setdefault((typos / len(name), kindless, start, end, typos), []).append(name)
    for (_, _, start, end, typos), names in sorted(slips.items()):
        if search.open(start, end):
            search.add(start, end, *names, typos=typos)


def _alike(typed: str, names: Names) -> Iterator[tuple[str, int]]:
    if len(typed) < _ONE_SLIP_FROM or any(char.isdigit() for char in typed):
        return
    allowed = 2 if len(typed) >= _TWO_SLIPS_FROM else 1
    for name, distance, _ in process.extract(
        typed, names.fuzzy, scorer=OSA.distance, score_cutoff=allowed, limit=3
    ):
        yield name, int(distance)


def _kind(tokens: Sequence[Token], start: int) -> tuple[str, int]:
    kind, begin = kind_before(tokens, start)
    if not kind and _house_number(tokens, start):
        return "ấp", start
    return kind, begin


def _house_number(tokens: Sequence[Token], start: int) -> bool:
    """ "12 Đồng Khởi", "số 12 Đồng Khởi": a street."""
    number = start - 1
    if number < 0 or not tokens[number].key.isdigit() or tokens[number].segment != tokens[start].segment:
        return False
    before = tokens[number - 1] if number else None
    return before is None or before.segment != tokens[number].segment or before.key == "so"


def _of_kind(meanings: list[Meaning], kind: str) -> list[Meaning]:
    """Those of the kind that was typed, else those of its level, else all: people mix up the kinds."""
    exact = [meaning for meaning in meanings if meaning.type == kind]
    if exact:
        return exact
    if kind in {"", "ấp"}:
        return meanings
    region = kind in {"huyện", "thị xã", "thành phố", "tỉnh"}
    level = [meaning for meaning in meanings if isinstance(meaning, Region) == region]
    return level or meanings


def _of_age(meanings: list[Meaning], age: str) -> list[Meaning]:
    """Only former or only present names when "cũ" or "mới" follows and there are any."""
    if not age:
        return meanings
    new = age == "new"
    kept = [meaning for meaning in meanings if _is_unit(meaning, new)]
    return kept or meanings


def _is_unit(meaning: Meaning, new: bool) -> bool:
    return isinstance(meaning, UnitName) and (meaning.former is None) == new
