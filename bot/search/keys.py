"""Telex and VNI decoded: what the keyboard would have written had it been switched on."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.search.syllables import VOWELS, Syllable

_TONE_KEYS = {"s": "acute", "f": "grave", "r": "hook", "x": "tilde", "j": "dot"}
_TONE_KEYS |= {"1": "acute", "2": "grave", "3": "hook", "4": "tilde", "5": "dot"}
_HAT = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư"}
_BREVE = {"a": "ă"}
_HORN_OR_BREVE = _HORN | _BREVE
_HORNED = {"uo": "ươ", "ưo": "ươ", "uơ": "ươ", "ua": "ưa"}
_MARK_KEYS = {"w": _HORN_OR_BREVE, "7": _HORN, "6": _HAT, "8": _BREVE}


@dataclass(slots=True)
class _Typing:
    """A word while its keys are read; `keys` counts those that were no letters."""

    letters: list[str] = field(default_factory=list)
    tone: str = ""
    keys: int = 0
    reached_back: bool = False  # a doubled letter with others between: "dienej"

    def take(self, key: str) -> bool:
        """Reads one key; False when the word cannot have been typed so."""
        if key in _TONE_KEYS and self._has_vowel():
            return self._set_tone(_TONE_KEYS[key])
        if key in _MARK_KEYS:
            return self._horn() if key in "w7" else self._change(_MARK_KEYS[key])
        if key in "d9" and self.letters[:1] == ["d"]:
            return self._stroke()
        if key in _HAT and key in self.letters:
            self.reached_back |= self.letters[-1] != key
            return self._change({key: _HAT[key]})
        self.letters.append(key)
        return key.isalpha()

    def _has_vowel(self) -> bool:
        return any(letter in VOWELS for letter in self.letters)

    def _set_tone(self, tone: str) -> bool:
        free = not self.tone
        self.tone, self.keys = tone, self.keys + 1
        return free

    def _stroke(self) -> bool:
        self.letters[0] = "đ"
        self.keys += 1
        return True

    def _change(self, into: dict[str, str]) -> bool:
        for at in range(len(self.letters) - 1, -1, -1):
            if self.letters[at] in into:
                self.letters[at] = into[self.letters[at]]
                self.keys += 1
                return True
        return False

    def _horn(self) -> bool:
        """w or 7: both letters of uo, the u of ua, else the last letter that can carry it."""
        word = "".join(self.letters)
        if not word.startswith("qu"):
            for pair, horned in _HORNED.items():
                at = word.rfind(pair)
                if at >= 0:
                    self.letters[at : at + 2] = horned
                    self.keys += 1
                    return True
        if self._change(_HORN_OR_BREVE):
            return True
        self.letters.append("ư")  # "nhwa"
        self.keys += 1
        return len(word) > 0


def decode(word: str) -> str | None:
    """The syllable that `word` (lower case, composed) spells in Telex or VNI keys, mixed or in any order.

    None when it holds no such key or spells nothing Vietnamese.
    """
    given = Syllable.of(word)
    typing = _Typing(tone=given.tone)
    if not all(typing.take(key) for key in given.letters):
        return None
    if not typing.keys or (typing.reached_back and typing.keys < 2):
        return None
    letters = "".join(typing.letters)
    if len(letters) == 1 and typing.keys == 1:
        return None  # A4, O2: paper and gas
    decoded = Syllable(letters, typing.tone)
    return decoded.written() if decoded.is_possible() else None
