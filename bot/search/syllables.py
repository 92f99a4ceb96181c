"""What a Vietnamese syllable may be built of, and how one is taken apart and put together."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

TONES = {"\u0301": "acute", "\u0300": "grave", "\u0309": "hook", "\u0303": "tilde", "\u0323": "dot"}
_MARK_OF = {name: mark for mark, name in TONES.items()}
VOWELS = frozenset("aăâeêioôơuưy")
_MARKED_VOWELS = frozenset("ăâêôơư")

_ONSET_LIST = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_ONSETS = frozenset(("", *_ONSET_LIST.split()))
_RIME_LIST = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
"""
_RIMES = frozenset(_RIME_LIST.split())
_BARE_OF = str.maketrans("ăâêôơưđ", "aaeooud")
_BARE_RIMES = frozenset(rime.translate(_BARE_OF) for rime in _RIMES)
_STOPS = ("c", "ch", "p", "t")
_FRONT = frozenset("eêiy")  # behind k, gh, ngh stand only these, behind c, ng never


@dataclass(frozen=True, slots=True)
class Syllable:
    """`letters` with their own marks (ă â ê ô ơ ư đ) but no tone."""

    letters: str
    tone: str = ""

    @classmethod
    def of(cls, word: str) -> Syllable:
        """The parts of a lower-case word, wherever in it the tone stands; the last tone counts."""
        tone, letters = "", []
        for char in unicodedata.normalize("NFD", word):
            if char in TONES:
                tone = TONES[char]
            else:
                letters.append(char)
        return cls(unicodedata.normalize("NFC", "".join(letters)), tone)

    def is_possible(self) -> bool:
        """Whether Vietnamese has such a syllable; letters without own marks may stand for those that have."""
        onset, rime = split(self.letters)
        if onset == "gi" and rime.startswith("ê"):
            rime = f"i{rime}"  # giếng: the two i are written once
        known = _BARE_RIMES if self.letters.translate(_BARE_OF) == self.letters else _RIMES
        if onset not in _ONSETS or rime not in known:
            return False
        if rime.endswith(_STOPS) and self.tone not in ("", "acute", "dot"):
            return False
        if onset in ("k", "gh", "ngh"):
            return rime[0] in _FRONT
        return onset not in ("c", "ng") or rime[0] not in _FRONT

    def written(self) -> str:
        """The tone placed the traditional way: hòa, thủy, quý, giữ."""
        if not self.tone:
            return self.letters
        onset, rime = split(self.letters)
        at = len(onset) + _tone_place(rime)
        marked = unicodedata.normalize("NFC", self.letters[at] + _MARK_OF[self.tone])
        return self.letters[:at] + marked + self.letters[at + 1 :]


def split(letters: str) -> tuple[str, str]:
    """The consonants in front and the rest: ("qu", "ân"), ("gi", "ây"), ("g", "i"), ("ngh", "iên")."""
    at = next((place for place, letter in enumerate(letters) if letter in VOWELS), len(letters))
    if letters[:2] in ("qu", "gi") and letters[2:3] in VOWELS:
        at = 2
    return letters[:at], letters[at:]


def _tone_place(rime: str) -> int:
    marked = [place for place, letter in enumerate(rime) if letter in _MARKED_VOWELS]
    if marked:
        return marked[-1]
    vowels = next((place for place, letter in enumerate(rime) if letter not in VOWELS), len(rime))
    if vowels == 1:
        return 0
    if vowels < len(rime):
        return vowels - 1
    return 1 if vowels == 3 else 0
