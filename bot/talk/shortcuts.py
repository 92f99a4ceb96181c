"""Three inline buttons into the main things, for whoever is lost."""

from __future__ import annotations

from bot.say import Button, Rows
from bot.talk import menu
from bot.talk.buttons import pack
from bot.talk.turn import Turn

REPORT = "report.start"
SORT = "sort.ask"
TIPS = "tips.topics"
CANCEL = "cancel"


def label(turn: Turn, text: str, action: str) -> Button:
    return Button(str(turn.t(text)), pack(action))


def shortcuts(turn: Turn, third: Button | None = None) -> Rows:
    """Exactly three; while something is open the third leaves it."""
    if turn.draft:
        third = label(turn, menu.CANCEL, CANCEL)
    elif third is None:
        third = label(turn, menu.TIPS, TIPS)
    return ((label(turn, menu.REPORT, REPORT),), (label(turn, menu.SORT, SORT),), (third,))
