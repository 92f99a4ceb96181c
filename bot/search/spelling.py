"""Slips of typing undone: keys of Telex and VNI left standing, letters held down, look-alike letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.search.foreign import FOREIGN
from bot.search.keys import decode
from bot.search.syllables import Syllable

_JUNK = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_LOOK_ALIKE = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕԁһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοаνıðÐƉɖ",
    "ABEKMHOPCTYXIJSaeopcyxijsdhlABEZHIKMNOPTYXoavi" + "đĐĐđ",
) | str.maketrans("ǎǍ", "ăĂ")
_LOOK_ALIKE |= str.maketrans("\u0342\u030c\u0358", "\u0303\u0306\u031b")
_HELD = re.compile(r"([^\W\d_])\1{2,}")
_LONGEST = 12  # letters and keys of one syllable; longer words are none


def restore(text: str) -> str:
    """`text` as it was meant: lower case, composed, slips undone.

    What is no slip of a Vietnamese syllable stays, as do punctuation, numbers and other scripts.
    """
    return _WORD.sub(lambda word: _restored(word[0]), plain(text))


def plain(text: str) -> str:
    """Lower case, composed, in the usual letters, without invisible characters."""
    usual = unicodedata.normalize("NFKC", _JUNK.sub("", text).translate(_LOOK_ALIKE))
    return unicodedata.normalize("NFC", usual.translate(_LOOK_ALIKE).casefold())


@lru_cache(maxsize=2048)
def _restored(word: str) -> str:
    calm = _HELD.sub(r"\1", word)
    if word.isdigit() or len(calm) > _LONGEST or is_word(calm):
        return calm
    decoded = decode(calm)
    if decoded:
        return decoded
    single = re.sub(r"([^\W\d_])\1", r"\1", calm)
    return single if Syllable.of(single).is_possible() else calm


def is_word(word: str) -> bool:
    """Whether `word` (lower case) needs no help: a possible syllable or a known foreign word."""
    return word in FOREIGN or Syllable.of(word).is_possible()
