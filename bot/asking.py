"""Entries that answer whole questions (law, help): the ways of asking, their index, their faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Protocol

from pydantic import Field

from bot.content.fields import Wording
from bot.content.files import Document, Fault
from bot.fold import fold
from bot.search import Entry, Index, Ranked, Words

Ask = Annotated[Wording, Field(max_length=60)]

_SPELLING = frozenset({"spellings", "teencode", "same"})
_PARTICLES = "ạ/à/ơi/dạ/vậy/vầy/hả/ha/hen/nha/nhen/nghen/nhé/nhỉ/ta/đó/ad/admin/shop/em/anh/chị/bạn"
_OPENING = "cho [em/mình/tôi/tui/con/cháu/bác] hỏi/xin/biết [chút/xíu]"


class Answer(Protocol):
    """What has a name, ways of being asked for, and a few words that show that it is the matter."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def asks(self) -> tuple[str, ...]: ...
    @property
    def about(self) -> tuple[str, ...]: ...


class Questions:
    """Finds the answers that a message asks for; at most three ids each time, best first."""

    def __init__(
        self, answers: Sequence[Answer], words: Words, filler: Sequence[str], frames: Sequence[str] = ()
    ) -> None:
        """`filler` and `frames` (what shows that something is asked at all) of messages about the matters."""
        asked = (Entry(one.id, (one.title, *one.asks)) for one in answers)
        self._asked = Index(asked, whole_questions(words))
        matters = (Entry(one.id, one.about) for one in answers if one.about)
        self._matters = Index(matters, whole_questions(words, *filler, frames=frames))

    def find(self, text: str) -> Ranked:
        """Those that `text` asks for nearly in their own words."""
        return self._asked.find(text)

    def find_matter(self, text: str) -> Ranked:
        """Those whose matter is named in `text`: beside filler, or, if it has a frame, beside anything."""
        return self._matters.find(text)


def whole_questions(words: Words, *filler: str, frames: Sequence[str] = ()) -> Words:
    """`words` for an index of whole questions: of the lists only those that undo slips and ways of writing.

    There "bỏ đâu", a vessel or a price mean nothing special. `filler` beside the usual particles, and
    `frames` that show that something is asked for at all, both in the notation of words.yaml.
    """
    nothing: dict[str, object] = {name: () for name in Words.model_fields if name not in _SPELLING}
    own = {"frames": tuple(frames), "filler": (_PARTICLES, _OPENING, *filler)}
    return words.model_copy(update=nothing | own)


def repeated_asks(document: Document, answers: Sequence[Answer], key: str) -> Iterator[Fault]:
    """Faults of two entries under `key` that are asked for with the same words."""
    owners: dict[str, str] = {}
    for number, answer in enumerate(answers):
        for place, ask in enumerate(answer.asks):
            owner = owners.setdefault(fold(ask), answer.id)
            if owner != answer.id:
                yield document.fault(f"'{ask}' already asks for '{owner}'", key, number, "asks", place)


def repeated_ids(document: Document, ids: Sequence[str], key: str) -> Iterator[Fault]:
    for number, id in enumerate(ids):
        if id in ids[:number]:
            yield document.fault(f"id '{id}' is used twice", key, number, "id")
