"""Answers to questions about the bot itself, and finding the one that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bot.asking import Ask, Questions, repeated_asks, repeated_ids
from bot.content.fields import Code, Entry, Label, Text
from bot.content.files import ContentError, read_yaml
from bot.search import Words, load_words

_FILLER = (
    "(làm sao/làm thế nào/thế nào/như thế nào/ra sao/cách nào/bằng cách nào/ở đâu/chỗ nào/khi nào/bao giờ)",
    "(được không/được hông/phải không/phải hông/có không/hay không/đúng không/thì sao/là sao/là gì)",
    "(chừng nào/bữa nào/mấy giờ/thứ mấy/bao nhiêu/bao lâu/làm ơn/có ai/có cần/có phải/có bị/không biết)",
    "tôi/tui/mình/em/con/cháu/bot/của/cho/có/là/thì/mà/với/thôi/nữa/đi/rồi/lại/này/ở/hết/giờ/vô/muốn/cần/xin",
    "không/hông/hong/k/ko/được/dc/đc/sao/gì/j/hả/lỡ/giùm/giúp/người/ta/nhà/cái/về/hôm/bữa/chưa",
)

Action = Literal["report", "sort", "tips", "mine", "data", "language", "help", "menu"]


class Faq(Entry):
    """One question. `action` is a button of the conversation that leads on."""

    id: Code
    icon: Text
    title: Label
    asks: Annotated[tuple[Ask, ...], Field(min_length=5, max_length=20)]
    about: tuple[Ask, ...] = ()
    answer: Annotated[Text, Field(max_length=300)]
    action: Action | None = None


class _File(Entry):
    entries: tuple[Faq, ...] = Field(min_length=1)


class Faqs:
    """All of them, in the order of the file."""

    def __init__(self, entries: Sequence[Faq], words: Words) -> None:
        self.all = tuple(entries)
        self._by_id = {entry.id: entry for entry in entries}
        self.questions = Questions(entries, words, _FILLER)

    def entry(self, id: str) -> Faq:
        """Raises KeyError."""
        return self._by_id[id]


def load_faqs(content_dir: Path) -> Faqs:
    """Reads help.yaml and words.yaml. Raises ContentError."""
    document = read_yaml(content_dir / "help.yaml")
    entries = document.validate(_File).entries
    faults = [
        *repeated_ids(document, [entry.id for entry in entries], "entries"),
        *repeated_asks(document, entries, "entries"),
    ]
    if faults:
        raise ContentError(faults)
    return Faqs(entries, load_words(content_dir))
