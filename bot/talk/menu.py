"""The persistent menu of UX: six labels, exact in Vietnamese."""

from __future__ import annotations

from functools import cache

from bot.refusal import N_
from bot.say import Key, Keyboard
from bot.talk import texts
from bot.talk.turn import Turn

REPORT = N_("📸 Báo điểm rác")
SORT = N_("♻️ Rác này bỏ đâu?")
TIPS = N_("🌱 Mẹo sống xanh")
MY_REPORTS = N_("📋 Phản ánh của tôi")
REMINDERS = N_("🔔 Nhắc nhở")
MORE = N_("⚙️ Khác")
CANCEL = N_("❌ Huỷ")

ROWS = ((REPORT, SORT), (TIPS, MY_REPORTS), (REMINDERS, MORE))


def menu(turn: Turn) -> Keyboard:
    return _menu(turn.language)


@cache
def _menu(language: str) -> Keyboard:
    rows = (tuple(Key(texts.gettext(language, label)) for label in row) for row in ROWS)
    return Keyboard(tuple(rows), persistent=True)
