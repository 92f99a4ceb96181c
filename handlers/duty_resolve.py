"""✅ Đã xử lý: asks for a photo of the cleaned place, or for one of the reasons why none is needed.

The draft `resolve` belongs to the officer in that chat. It holds `waiting`, the asked reports as
code → id, and `album`, the group id and report id of an album whose first photo was taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot import photos, reports, staff
from bot.channels.web.visitors import CHANNEL as WEB
from bot.flow import outbox
from bot.pictures import MOST_BYTES
from bot.refusal import N_, Refusal
from bot.reports import OPEN
from bot.reports.changes import was_reopened
from bot.reports.proof import add_after_photo
from bot.say import Button, Rows
from bot.store.tables import Report
from bot.talk import menu
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.cards import refresh_cards
from bot.talk.filters import Label, Question
from bot.talk.news import tell_resolved
from bot.talk.turn import Turn, current_turn
from handlers.duty import number, open_report, pressed, state_line, tell_state
