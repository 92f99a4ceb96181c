"""An answer of staff as lines ready for content/: an item to sort, or a frequent question.

Each lacks one thing the bot cannot know: an item its English name (`en` is empty), a question other ways
of asking it (`asks` has one). `python -m bot content check` refuses the lines until an editor has filled
that in, so that nothing half-done goes live.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from textwrap import indent
from typing import Any

import yaml

from bot.fold import fold
from bot.sorting.lengths import MOST as CARD_MOST

SOURCE = "can_bo_tra_loi"  # of content/sorting/sources.yaml
_FILL_IN = {
    "en": "điền tên tiếng Anh, còn trống thì chưa nạp được",
    "asks": "thêm cách hỏi khác cho đủ 5, thiếu thì chưa nạp được",
}
_ID_MOST = 32
_SENTENCE_MOST = 240
_ANSWER_MOST = 300
_OPEN = re.compile(r"^  (en|asks): .*$", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines to be pasted at the end of a file of content/. `file`: its path, for example `help.yaml`."""

    id: str
    file: str
    text: str


def item_entry(group: str, telling: Iterable[str], answer: str, taken: Collection[str]) -> Entry:
    """`telling`: what the thing is called; `taken`: ids in use. The first sentence is how to prepare it."""
    name = _cut(" ".join(telling), 60)
    id = _free(_id(name) or "mon_moi", taken)
    prep, *rest = _SENTENCE_END.split(answer, maxsplit=1)
    where = " ".join("".join(rest).split())
    fields: dict[str, Any] = {"id": id, "name": name, "en": "", "prep": _cut(prep, _SENTENCE_MOST)}
    if where:
        room = CARD_MOST - len(name) - len(fields["prep"])
        fields["where"] = _cut(where, min(room, _SENTENCE_MOST))
    lines = _yaml(fields | {"source": [SOURCE], "confidence": "medium"})
    is_cut = (prep, where) != (fields["prep"], fields.get("where", ""))
    return Entry(id, f"sorting/{group}.yaml", _laid_out(lines, whole=answer if is_cut else ""))


def help_entry(
    question: str, telling: Iterable[str], answer: str, today: date, taken: Collection[str]
) -> Entry:
    id = _free(_id(" ".join(telling)) or "cau_hoi", taken)
    fields = {
        "id": id,
        "icon": "💬",
        "title": _cut(question[:1].upper() + question[1:], 40),
        "asks": [_cut(question, 60)],
        "answer": _cut(answer, _ANSWER_MOST),
    }
    head = f"# Cán bộ trả lời ngày {today:%d/%m/%Y}\n"
    lines = head + _yaml(fields)
    is_cut = len(answer) > _ANSWER_MOST
    return Entry(id, "help.yaml", _laid_out(lines, whole=answer if is_cut else ""))


def _laid_out(lines: str, *, whole: str) -> str:
    """Indented as in the files; what had to be cut stands `whole` as a remark above."""
    remark = indent(f"Nguyên câu trả lời: {whole}\n", "# ", lambda line: True) if whole else ""
    return indent(remark + lines, "  ")


def _yaml(fields: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(
        [fields], allow_unicode=True, sort_keys=False, width=100, default_flow_style=None
    )
    return _OPEN.sub(lambda line: f"{line[0]}  # {_FILL_IN[line[1]]}", text)


def _id(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", fold(name))
    return _cut_words(words, _ID_MOST)


def _cut_words(words: list[str], most: int) -> str:
    id = ""
    for word in words:
        longer = f"{id}_{word}" if id else word[:most]
        if len(longer) > most:
            break
        id = longer
    return id


def _free(id: str, taken: Collection[str]) -> str:
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id[: _ID_MOST - 4].rstrip('_')}_{number}"
    return free


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
