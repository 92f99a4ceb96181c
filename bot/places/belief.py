"""Whether a name in a text is meant as a place at all: "hòa bình" in talk is not, "xã Hòa Bình" is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.places.mentions import Mention
from bot.places.names import PROVINCE, Meaning, Region, UnitName
from bot.places.spelling import Agreement
from bot.places.tokens import KINDS, Token, joined
from bot.places.words import Words

_FILLERS = frozenset(KINDS) | {
    *("o", "tai", "day", "nay", "do", "kia", "nhe", "nha", "a", "ne", "nghen", "da", "viet", "nam", "vn"),
    *("cu", "moi", "truoc", "la", "so", "to", "trung", "tam", "khu", "vuc", "dia", "ban", "thuoc"),
}
"""Words that leave a name as good as alone: "ở Càng Long nha"."""

_LONE_SLIP_FROM, _LONE_CAPITAL_SLIP_FROM = 9, 6
"""Letters from which a misspelt name without kind or district is believed; the second when capitalised."""


class Belief:
    """Judges the mentions of one text."""

    def __init__(self, tokens: Sequence[Token], mentions: Sequence[Mention], words: Words) -> None:
        self._tokens = tokens
        self._mentions = mentions
        self._words = words
        self._named = {at for mention in mentions for at in range(mention.start, mention.end)}

    def believed(self, mention: Mention) -> bool:
        if mention.aside:
            return False
        if mention.typos:
            return self._believed_misspelt(mention)
        if mention.kind or self._supported(mention):
            return True
        if mention.name in self._words.everyday:
            return self._believed_everyday(mention)
        if mention.best_agreement is Agreement.OTHER:
            return self._alone(mention)
        return self._alone(mention) or self.after_place_word(mention) or self._stands_out(mention)

    def _believed_misspelt(self, mention: Mention) -> bool:
        if mention.kind or self._supported(mention, closely=True):
            return True
        lowest = _LONE_CAPITAL_SLIP_FROM if self._capitalised(mention) else _LONE_SLIP_FROM
        return mention.typos == 1 and len(mention.name) >= lowest and self._alone(mention)

    def _believed_everyday(self, mention: Mention) -> bool:
        if mention.best_agreement < Agreement.BARE:
            return False
        alone = self._alone(mention) or self.after_place_word(mention)
        return alone or (mention.start > 0 and self._capitalised(mention))

    def _stands_out(self, mention: Mention) -> bool:
        long = mention.end - mention.name_start >= 3
        spelt = mention.best_agreement is Agreement.FULL and any(mention.marks)
        return long or spelt or self._capitalised(mention) or self._ends_segment(mention)

    def _supported(self, mention: Mention, *, closely: bool = False) -> bool:
        """Whether another name fits this one; `closely`: not only that of a province."""
        return any(
            fits(one, other) and not (closely and "tỉnh" in {one.type, other.type})
            for beside in self._mentions
            if not (beside.overlaps(mention) or beside.aside)
            for one in mention.meanings
            for other in beside.meanings
        )

    def after_place_word(self, mention: Mention) -> bool:
        for length in (1, 2, 3):
            begin = mention.start - length
            if begin < 0 or self._tokens[begin].segment != self._tokens[mention.start].segment:
                return False
            if joined(self._tokens[begin : mention.start]) in self._words.place_words:
                return True
        return False

    def _filler(self, at: int) -> bool:
        token = self._tokens[at]
        known = token.key in _FILLERS or token.key in self._words.place_words or token.key.isdigit()
        return at in self._named or known

    def _segment(self, mention: Mention) -> list[int]:
        segment = self._tokens[mention.start].segment
        return [at for at, token in enumerate(self._tokens) if token.segment == segment]

    def _alone(self, mention: Mention) -> bool:
        return all(map(self._filler, self._segment(mention)))

    def _ends_segment(self, mention: Mention) -> bool:
        return all(self._filler(at) for at in self._segment(mention) if at >= mention.end)

    def _capitalised(self, mention: Mention) -> bool:
        words = [token.word for token in self._tokens]
        if all(word.isupper() for word in words):
            return False
        return all(word[0].isupper() for word in words[mention.name_start : mention.end])


def fits(one: Meaning, other: Meaning) -> bool:
    """Whether two meanings speak of the same place, one perhaps more closely: a commune and its district."""
    if isinstance(one, UnitName) and isinstance(other, UnitName):
        return one.commune.code == other.commune.code and one.name != other.name
    if isinstance(one, Region) and isinstance(other, Region):
        return one.province == other.province and (one.type == "tỉnh") != (other.type == "tỉnh")
    unit, region = (one, other) if isinstance(one, UnitName) else (other, one)
    assert isinstance(unit, UnitName)
    assert isinstance(region, Region)
    return covers(region, unit)


def covers(region: Region, unit: UnitName) -> bool:
    if region.province != unit.commune.former_province:
        # since 2025 every commune is in this province
        return region.type == "tỉnh" and region.name == PROVINCE
    return region.type == "tỉnh" or region.full in unit.districts
