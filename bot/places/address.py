"""From a typed address or landmark to the communes that may be meant, best first."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.places.belief import Belief, covers
from bot.places.candidate import Candidate
from bot.places.communes import Commune
from bot.places.mentions import Mention, find_mentions
from bot.places.names import PROVINCE, Names, Region, UnitName
from bot.places.spelling import Agreement
from bot.places.tokens import KINDS, Token, joined, kind_before, tokenise
from bot.places.words import Words

LONGEST_TEXT = 1_000
"""Characters read: no address is longer."""

# Points of a reading. They were set by hand so that each rule outweighs those below it:
_PRESENT_NAME = 6  # of two units of one name, the one that bears it today
_HOME = 2  # of several former units, the one in the home province of the bot
_KIND_FITS = 15
_SLIP = -12
_MARKS = {Agreement.FULL: 4, Agreement.BARE: 0, Agreement.PART: -4, Agreement.OTHER: -20}
_DISTRICT_FITS, _SAME_COMMUNE, _PROVINCE_FITS = 25, 12, 8
_OLD_VINH_LONG, _NEW_VINH_LONG = (
    5,
    2,
)  # "tỉnh Vĩnh Long" is rather the former one, and all communes are in the new one
_REGION_CONTRADICTS, _SLIP_CONTRADICTS, _OTHER_UNIT = -45, -15, -30

_HOME_PROVINCE = "Trà Vinh"

_WITHIN = 20
"""Points behind the best from which a reading is no longer offered."""

Scored = tuple[float, Commune, str]


@dataclass(frozen=True, slots=True)
class _Reading:
    score: float
    candidates: tuple[Candidate, ...]


def find(text: str, names: Names, words: Words) -> tuple[Candidate, ...]:
    """Empty when nothing fits, when it is too vague ("tỉnh Trà Vinh") or says a place elsewhere."""
    plain = tokenise(text[:LONGEST_TEXT])
    if _elsewhere(plain, names, words):
        return ()
    reading = _read(plain, names, words)
    typed = tokenise(text[:LONGEST_TEXT], telex=True)
    if joined(typed) != joined(plain):
        reading = max(reading, _read(typed, names, words), key=lambda read: read.score)
    return reading.candidates


def named(text: str, names: Names, words: Words, beside: Container[str]) -> tuple[Candidate, ...]:
    """Like `find`, when `text` says nothing else; `beside`: keys of words that may stand there all the same.

    Of a commune and a district of one name the commune is meant.
    """
    if _elsewhere(tokenise(text[:LONGEST_TEXT]), names, words):
        return ()
    readings = [tokenise(text[:LONGEST_TEXT], telex=telex) for telex in (False, True)]
    alone = [tokens for tokens in readings if _only_places(tokens, names, words, beside)]
    return _read(alone[0], names, words, districts=False).candidates if alone else ()


def _only_places(tokens: Sequence[Token], names: Names, words: Words, beside: Container[str]) -> bool:
    """Whether places fill the text; a slip without a kind may be another word ("phường nào", "Phong Nẫm")."""
    mentions = find_mentions(tokens, names, words.not_places)
    sure = [mention for mention in mentions if mention.meanings and (mention.kind or not mention.typos)]
    named = {at for mention in sure for at in range(mention.start, mention.end)}
    others = (token.key for at, token in enumerate(tokens) if at not in named)
    return bool(sure) and all(key in KINDS or key in beside for key in others)


def elsewhere(text: str, names: Names, words: Words) -> bool:
    """Whether the address says by its end that it is outside the province: "…, Hà Nội"."""
    return _elsewhere(tokenise(text[:LONGEST_TEXT]), names, words)


def _read(tokens: Sequence[Token], names: Names, words: Words, *, districts: bool = True) -> _Reading:
    mentions = [m for m in find_mentions(tokens, names, words.not_places) if m.meanings]
    belief = Belief(tokens, mentions, words)
    believed = [mention for mention in mentions if belief.believed(mention)]
    scored = (
        _units(believed, believed) or _regions(believed) or _units([m for m in mentions if m.aside], believed)
    )
    chosen = _best(scored)
    if districts and _whole_district(believed, belief):
        chosen |= {code: other for code, other in _best(_regions(believed)).items() if code not in chosen}
    return _Reading(max((score for score, _, _ in scored), default=-math.inf), tuple(chosen.values()))


def _whole_district(believed: Sequence[Mention], belief: Belief) -> bool:
    """ "Cầu Kè" alone may be anywhere in the old district; "chợ Cầu Kè" and "xã Cầu Kè" are one commune."""
    return len(believed) == 1 and not believed[0].kind and not belief.after_place_word(believed[0])


def _units(mentions: Iterable[Mention], beside: Sequence[Mention]) -> list[Scored]:
    return [
        (_score(mention, unit, beside), unit.commune, _why(mention, unit))
        for mention in mentions
        for unit in mention.meanings
        if isinstance(unit, UnitName) and not _is_capital(mention)
    ]


def _is_capital(mention: Mention) -> bool:
    """Whether the bare name of a former province stands for its whole capital: "chợ Trà Vinh"."""
    provinces = [m for m in mention.meanings if isinstance(m, Region) and m.type == "tỉnh"]
    return bool(provinces) and not mention.kind


def _why(mention: Mention, unit: UnitName) -> str:
    return f"viết gần giống: {unit.why}" if mention.typos else unit.why


def _score(mention: Mention, unit: UnitName, beside: Sequence[Mention]) -> float:
    score = 100.0 + _SLIP * mention.typos + _MARKS[mention.agreement(unit)]
    score += _PRESENT_NAME * (unit.former is None)
    score += _HOME * (unit.commune.former_province == _HOME_PROVINCE)
    score += _KIND_FITS * (unit.type == mention.kind)
    score += unit.commune.name.endswith(f" {unit.name}")
    return score + sum(_context(other, unit) for other in beside if not other.overlaps(mention))


def _context(other: Mention, unit: UnitName) -> float:
    fitting = [_fit(meaning, unit) for meaning in other.meanings]
    if best := max(fitting, default=0):
        return best
    if other.typos:
        return _SLIP_CONTRADICTS
    return _REGION_CONTRADICTS if any(isinstance(m, Region) for m in other.meanings) else _OTHER_UNIT


def _fit(meaning: UnitName | Region, unit: UnitName) -> float:
    if isinstance(meaning, UnitName):
        return _SAME_COMMUNE * (meaning.commune.code == unit.commune.code)
    if not covers(meaning, unit):
        return 0
    if meaning.type != "tỉnh":
        return _DISTRICT_FITS
    if meaning.name != PROVINCE:
        return _PROVINCE_FITS
    return _OLD_VINH_LONG if unit.commune.former_province == PROVINCE else _NEW_VINH_LONG


def _regions(mentions: Sequence[Mention]) -> list[Scored]:
    """The communes of the districts named, when no commune is; a province alone is too vague."""
    provinces = {
        m.province
        for mention in mentions
        for m in mention.meanings
        if isinstance(m, Region) and m.type == "tỉnh"
    } - {PROVINCE}
    districts = [
        region
        for mention in mentions
        for region in mention.meanings
        if isinstance(region, Region) and region.type != "tỉnh"
    ]
    kept = [region for region in districts if region.province in provinces] or districts
    return _listed(kept)


def _listed(regions: Iterable[Region]) -> list[Scored]:
    """The communes of each region, home province first; the one that bears the region's name leads."""
    ordered = sorted(regions, key=lambda region: region.province != _HOME_PROVINCE)
    return [(0, commune, region.why) for region in ordered for commune in region.communes]


def _best(scored: list[Scored]) -> dict[str, Candidate]:
    """By code, best first; equal ones stay in their order."""
    best = max((score for score, _, _ in scored), default=0)
    chosen: dict[str, Candidate] = {}
    for score, commune, why in sorted(scored, key=lambda entry: -entry[0]):
        if score >= best - _WITHIN:
            chosen.setdefault(commune.code, Candidate(commune, why))
    return chosen


def _elsewhere(tokens: Sequence[Token], names: Names, words: Words) -> bool:
    """Whether the address ends in a place outside the province or has a numbered quận, as none here is."""
    quan = any(
        first.word.lower() in {"quận", "quan", "q"} and second.key.isdigit()
        for first, second in pairwise(tokens)
    )
    address = _without_country(tokens)
    return quan or any(_ends_elsewhere(address, size, names, words) for size in (4, 3, 2, 1))


def _without_country(tokens: Sequence[Token]) -> Sequence[Token]:
    for country in ("viet nam", "vietnam", "vn"):
        size = len(country.split())
        if joined(tokens[-size:]) == country:
            return tokens[:-size]
    return tokens


def _ends_elsewhere(tokens: Sequence[Token], size: int, names: Names, words: Words) -> bool:
    start = len(tokens) - size
    if start < 0 or joined(tokens[start:]) not in words.elsewhere:
        return False
    kind, _ = kind_before(tokens, start)
    return kind in {"tỉnh", "thành phố"} or (kind != "đường" and joined(tokens[start:]) not in names)
