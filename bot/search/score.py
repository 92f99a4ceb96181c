"""How well the names of the entries fit a message: which syllables each covers of the other.

Vietnamese puts the thing first and what it belongs to behind it: in "pin điều khiển tivi" a battery is
thrown away. So words in front of a name speak against it, words behind it hardly do.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.search.asked import Asked, Role, Sign, likeliest
from bot.search.lexicon import Lexicon
from bot.search.names import Name, Names

# Found on the questions of tests/data/search_questions.tsv marked "seen"; see scripts/eval.py.
NEAR = 71.0  # below it nothing is said
_LIFT = {Sign.ASKED: 0.15, Sign.STATE: 0.25, Sign.NONE: 0.0}  # so much of the doubt the sign takes away
_SURE_WORD = 0.8  # of a name at least one word must be met so surely,
_SURE_WORD_ASKED = 0.74  # or so, where a question or a state tells what the message is about
_LEAST_SHARE = 0.5  # of a name: with less the score hardly reaches NEAR
_BEFORE = 0.8  # what an uncovered word costs in front of the thing,
_BETWEEN = 0.65  # and between its words;
_BEHIND_AND_FAR = {  # behind it and further off, by what tells that something is to be thrown away
    Sign.ASKED: (0.1, 0.08),
    Sign.STATE: (0.35, 0.2),
    Sign.NONE: (0.25, 0.5),
}
_STORY = 5.0  # from so much on a story that grows hardly costs more
_REACH = 2  # words in front
_FADING = 0.67  # the share of that cost one word further off
_MODIFIER = 0.7  # another thing stands in front: "dây sạc laptop" is no laptop
_HELD = 0.97  # a vessel stands in front: "hộp bánh" may be the box or the cake
_OWN_HEAD_MISSING = 0.8
_ASIDE = 0.6  # "mua pin": another matter
_ASIDE_BEHIND = 0.84  # "tivi sửa ở đâu"
_ASIDE_STATE = 0.91  # "xà bần sửa nhà hư"
_ASIDE_ASKED = 0.85
_ASIDE_PERHAPS = 0.85  # "gia lua": giá, già or giả
_OTHER_QUESTION = {Sign.ASKED: 1.0, Sign.STATE: 0.95, Sign.NONE: 0.85}  # "nón lá làm ở xã nào"
_LONE_ASKED = 0.8
_LONE = 0.73  # a lone syllable without its marks may be anything: "dat" is đất, đạt, đặt, dắt
_LONE_OF_MORE = 0.8  # one syllable for a name of several leaves a question open
_PERHAPS_FILLER = 0.88
_NEARLY_WHOLE = 0.8  # of a name: only words like "cũ" are missing
_NAMED = 84.0  # a lone word of many names is never sure
_COMMON = 2.0  # of the score, for each name that begins with the word
_SWAPPED = 0.95
_SCATTERED = 0.8  # "xe máy" in "mấy giờ xe rác tới": words that name nothing alone
_APART = 0.03  # one word more between two words of a name
_POISON_LEFT = 0.92  # a harmless thing beside a hazard is not the likely answer


@dataclass(slots=True)
class _Overlap:
    """What a name and a message have in common: places in the message, and the weight in both.

    `sure`: at least one word that says what it is was surely met; guessed spellings alone prove nothing.
    `doubtful`: that word may as well be filler: "dau" is dầu or đâu.
    """

    places: list[int | None]
    matched: list[int] = field(default_factory=list)
    sure_places: set[int] = field(default_factory=set)
    weight: float = 0.0
    sure: bool = False
    doubtful: bool = False


class Scores:
    """All names of all entries, ready to be scored against a message."""

    def __init__(self, names: Names, lexicon: Lexicon, danger: str) -> None:
        self._lexicon = lexicon
        self._danger = danger
        self._names = names

    def of(self, asked: Asked) -> dict[str, float]:
        """Entry id → 0..100 for every entry that may be meant."""
        if not asked.message.telling:
            return {}
        likely: dict[str, float] = {}
        for means in asked.meanings:
            for meaning, sure in means.items():
                likely[meaning] = max(sure, likely.get(meaning, 0.0))
        best: dict[str, float] = {}
        promising = self._names.promising(likely, _LEAST_SHARE)
        for covered, number in promising:
            id = self._names.entry(number)
            if _score(asked, math.sqrt(min(covered, 1.0))) <= best.get(id, 0.0):
                continue  # at most as good as another name of the same entry
            score = _score(asked, self._fit(asked, self._names.name(number)))
            if score > best.get(id, 0.0):
                best[id] = score
        if len(asked.message.telling) == 1 and max(best.values(), default=100.0) < _NAMED:
            # "chai": of many bottles the one that has most names is meant first
            names = ((self._names.entry(number), self._names.name(number)) for _, number in promising)
            common = Counter(id for id, name in names if name.meanings[0] in likely)
            return {id: score + min(_NAMED - score, _COMMON * common[id]) for id, score in best.items()}
        return best

    def _fit(self, asked: Asked, name: Name) -> float:
        """How well `name` and the message cover each other, 0..1."""
        overlap = self._overlap(asked, name)
        if not overlap.sure:
            return 0.0
        of_name = overlap.weight / name.weight
        of_asked = overlap.weight / (overlap.weight + _uncovered(asked, overlap.matched))
        fit = math.sqrt(of_name * of_asked) * self._doubt(asked, name, overlap)
        return fit * _OWN_HEAD_MISSING if overlap.places[name.head] is None else fit

    def _overlap(self, asked: Asked, name: Name) -> _Overlap:
        places = _align(asked, name)
        least = _SURE_WORD_ASKED if asked.sign != Sign.NONE else _SURE_WORD
        found = _Overlap(places)
        telling = filler = False
        for meaning, place in zip(name.meanings, places, strict=True):
            if place is None:
                continue
            likeness = asked.meanings[place][meaning]
            found.weight += self._names.weight(meaning) * likeness
            found.matched.append(place)
            if likeness >= _SURE_WORD:
                found.sure_places.add(place)
            if (
                likeness >= least
                and meaning not in self._lexicon.vague
                and meaning not in self._lexicon.small
            ):
                telling |= asked.roles[place] > Role.LINK
                filler |= asked.roles[place] <= Role.LINK and not asked.message.marks
        found.sure = telling or (filler and any(asked.roles[p] > Role.LINK for p in found.matched))
        found.doubtful = not telling
        return found

    def _doubt(self, asked: Asked, name: Name, overlap: _Overlap) -> float:
        matched = overlap.matched
        doubt = _PERHAPS_FILLER if overlap.doubtful else 1.0
        if len(matched) == 1:
            if asked.lone:
                doubt = _LONE_ASKED if asked.sign == Sign.ASKED else _LONE
            is_nearly_whole = overlap.weight >= _NEARLY_WHOLE * name.weight and asked.sign != Sign.NONE
            if len(name.meanings) > 1 and not is_nearly_whole:
                doubt *= _LONE_OF_MORE
        if matched != sorted(matched):
            doubt *= _SWAPPED
        is_run = matched == list(range(matched[0], matched[0] + len(matched)))
        if not is_run and all(asked.roles[place] <= Role.LIGHT for place in matched):
            doubt *= _SCATTERED
        if name.entry.family != self._danger and self._names_poison(asked, matched):
            doubt *= _POISON_LEFT
        if asked.message.elsewhere - overlap.sure_places:
            doubt *= _ASIDE
        elif asked.message.aside:
            doubt *= _aside(asked, overlap)
        if asked.message.questions:
            doubt *= _OTHER_QUESTION[asked.sign]
        if asked.sign != Sign.ASKED and not asked.message.perhaps.issubset(matched):
            doubt *= _ASIDE_PERHAPS
        return doubt * _in_front(asked, min(matched))

    def _names_poison(self, asked: Asked, matched: Sequence[int]) -> bool:
        """Whether a hazard stands behind what `matched` covers: "chai nhựa đựng thuốc sâu"."""
        place = min(matched)
        while place < len(asked.roles) and asked.roles[place] != Role.BREAK:
            is_left = place not in matched and asked.roles[place] == Role.THING
            if is_left and likeliest(asked.meanings[place]) in self._names.poisons:
                return True
            place += 1
        return False


def _score(asked: Asked, fit: float) -> float:
    return 100 * (fit + (1 - fit) * _LIFT[asked.sign]) if fit else 0.0


def _aside(asked: Asked, overlap: _Overlap) -> float:
    """What words of other matters leave of a name that does not hold them."""
    matched = overlap.matched
    left = asked.message.aside - overlap.sure_places
    least = Role.VESSEL if asked.message.off and not asked.message.marks else Role.LIGHT
    telling = {place for place in matched if asked.roles[place] >= least and not asked.states[place]}
    if not left and not telling.issubset(asked.message.aside):
        return 1.0
    if asked.sign == Sign.ASKED:
        return _ASIDE_ASKED if left & asked.message.off else 1.0
    if left & asked.message.off or not left or min(left) <= min(matched):
        return _ASIDE
    return _ASIDE_STATE if asked.sign == Sign.STATE else _ASIDE_BEHIND


def _align(asked: Asked, name: Name) -> list[int | None]:
    """For each meaning of a name the place in the message that says it best, near the others, used once."""
    starts = asked.places.get(name.meanings[0], ()) if len(name.meanings) > 1 else ()
    if len(starts) < 2:
        return _aligned_from(asked, name, None)[0]
    return max((_aligned_from(asked, name, start) for start in starts), key=lambda pair: pair[1])[0]


def _aligned_from(asked: Asked, name: Name, start: int | None) -> tuple[list[int | None], float]:
    places: list[int | None] = []
    last, total = None, 0.0
    for number, meaning in enumerate(name.meanings):
        best, best_value = None, 0.0
        for place in asked.places.get(meaning, ()):
            if place in places or (number == 0 and start not in (None, place)):
                continue
            apart = 0 if last is None else abs(place - last - 1)
            value = asked.meanings[place][meaning] - _APART * apart
            if best is None or value > best_value:
                best, best_value = place, value
        places.append(best)
        last = best if best is not None else last
        total += best_value
    return places, total


def _uncovered(asked: Asked, matched: Sequence[int]) -> float:
    """The cost of the words that a name leaves over."""
    telling = [place for place in matched if not asked.states[place]] or matched
    first, last = min(telling), max(telling)
    inside = asked.before[last + 1] - asked.before[first]
    inside -= sum(asked.costs[place] for place in matched if first <= place <= last)
    behind, afar = _BEHIND_AND_FAR[asked.sign]
    cost = _BETWEEN * max(0.0, inside)
    start, end = first, last + 1
    share = behind if asked.foreign else _BEFORE
    while start > max(0, first - _REACH) and asked.roles[start - 1] != Role.BREAK:
        start -= 1
        cost += share * asked.costs[start]
        share *= _FADING
    share = behind
    while end < len(asked.costs) and asked.roles[end] != Role.BREAK:
        if end not in matched:
            cost += share * asked.costs[end]
        share *= _FADING
        end += 1
    far = asked.before[start] + asked.before[-1] - asked.before[end]
    far /= 1 + far / _STORY
    return cost + far * afar


def _in_front(asked: Asked, first: int) -> float:
    """What the words of the same phrase in front of the thing leave of it."""
    factor, is_linked = 1.0, False
    least = first if asked.foreign else max(0, first - _REACH)
    while first > least and asked.roles[first - 1] != Role.BREAK:
        first -= 1
        if asked.roles[first] == Role.THING or (is_linked and asked.roles[first] > Role.LIGHT):
            return _MODIFIER
        is_linked |= asked.roles[first] == Role.LINK
        if asked.roles[first] == Role.VESSEL:
            factor = _HELD
    return factor
