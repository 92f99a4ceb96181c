"""Honest words about translations: what a machine made, and what is there in Vietnamese only."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from bot.refusal import N_
from bot.talk import texts
from bot.talk.turn import Turn
from bot.translations import Translation

MACHINE = N_("<i>bản dịch máy</i>")
UNREVIEWED = N_(
    "Bản dịch này do máy làm, chưa có người bản ngữ duyệt nên có thể sai. "
    "Chuyện nguy hiểm và mức phạt vẫn ghi bằng tiếng Việt."
)
ONLY_VIETNAMESE = N_("<i>Chi tiết mới có tiếng Việt.</i>")


def only_vietnamese(turn: Turn, khmer: Translation | None) -> Iterator[Markup]:
    """To stand above content that a Khmer reader gets in Vietnamese."""
    if turn.language == "km" and khmer is None:
        yield turn.t(ONLY_VIETNAMESE)


def machine_made(turn: Turn, khmer: Translation | None) -> Iterator[Markup]:
    """To stand below content in Khmer that nobody has reviewed."""
    if turn.language == "km" and khmer and not khmer.reviewed:
        yield turn.t(MACHINE)


def machine_line(turn: Turn) -> Markup:
    """To stand below what the bot says of itself; empty once the language has been reviewed."""
    return "\n\n" + turn.t(MACHINE) if texts.is_machine_made(turn.language) else Markup()


def warning(turn: Turn) -> Markup:
    """In the language chosen and in Vietnamese, for who reads that better than a bad translation."""
    if not texts.is_machine_made(turn.language):
        return Markup()
    return Markup("\n\n") + turn.t(UNREVIEWED) + "\n\n" + turn.t_in("vi", UNREVIEWED)
