"""Plain answers about law and fines, and finding the one that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bot.asking import Ask, Questions, repeated_asks, repeated_ids
from bot.content.fields import Code, Entry, Label, Text
from bot.content.files import ContentError, read_yaml
from bot.search import Words, load_words

_QUESTIONS = (
    "[có/sẽ] [bị] phạt [tiền] [bao/mấy/khoảng] [nhiêu/nhiu/triệu/gì/sao/không/hông/k/ko] [tiền/triệu]",
    "[thì/mà/là] có bị (phạt/xử phạt/xử lý/cấm/đi tù) [gì/sao/không/hông/hong/k/ko]",
    "(mức phạt/theo luật/theo quy định/luật nào/luật gì/vi phạm luật/vi phạm gì/bị xử lý sao)",
    "(khi nào/bao giờ/chừng nào/từ khi nào) [thì] cấm",
    "(fine for/is it illegal to)",
)
_ACTS = (
    "vứt/quăng/liệng/bỏ/đổ/xả/thả/để/chôn/bậy/bừa/bãi/lén/trộm/lung/tung"
    "/người/ta/ai/nhà/tui/tôi/mình/hàng/xóm/nếu/mà/mấy/trăm/đồng/bn/công/an/bắt/xài"
)


class Law(Entry):
    """One question and what was read about it; `amount` (of a fine) and `articles` as far as is known.

    `asks` are whole questions, `about` a few words that show the matter in any question about law.
    """

    id: Code
    icon: Text
    title: Label
    asks: Annotated[tuple[Ask, ...], Field(min_length=8, max_length=15)]
    about: tuple[Ask, ...] = ()
    answer: Annotated[Text, Field(max_length=350)]
    amount: Text | None = None
    articles: Text | None = None
    source: Text
    checked: date
    confidence: Literal["high", "medium", "low"]


class _File(Entry):
    laws: tuple[Law, ...] = Field(min_length=1)


class Laws:
    """All of them, in the order of the file."""

    def __init__(self, laws: Sequence[Law], words: Words) -> None:
        self.all = tuple(laws)
        self._by_id = {law.id: law for law in laws}
        self.questions = Questions(laws, words, (_ACTS,), _QUESTIONS)

    def law(self, id: str) -> Law:
        """Raises KeyError."""
        return self._by_id[id]


def load_laws(content_dir: Path) -> Laws:
    """Reads laws.yaml and words.yaml. Raises ContentError."""
    document = read_yaml(content_dir / "laws.yaml")
    laws = document.validate(_File).laws
    faults = [
        *repeated_ids(document, [law.id for law in laws], "laws"),
        *repeated_asks(document, laws, "laws"),
    ]
    if faults:
        raise ContentError(faults)
    return Laws(laws, load_words(content_dir))
