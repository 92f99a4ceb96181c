"""What an error of the Bot API means for the message that met it."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.address import Address, address, is_group
from bot.channels.base import Outcome, State
from bot.channels.telegram.request import NotSent

TOKEN_REFUSED_SECONDS = 30.0
UNCLEAR = ("Unknown error in HTTP implementation",)  # it may have been on its way
GONE = ("chat not found", "user is deactivated", "bot was kicked", "peer_id_invalid")


def outcome_of(error: TelegramError, chat: Address) -> Outcome:  # noqa: PLR0911 (one line a case)
    reason = f"{type(error).__name__}: {error.message}"
    match error:
        case RetryAfter():
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            return Outcome(State.LATER, reason=reason, wait=seconds, everywhere=not is_group(chat))
        case ChatMigrated():
            return Outcome(State.MIGRATED, reason=reason, moved_to=address("telegram", error.new_chat_id))
        case Forbidden():
            return Outcome(State.BLOCKED, reason=reason)
        case InvalidToken():
            return Outcome(State.LATER, reason=reason, wait=TOKEN_REFUSED_SECONDS, everywhere=True)
        case BadRequest():
            return _refused(error.message, reason)
        case NotSent():
            return Outcome(State.LATER, reason=reason, everywhere=True)
        case TimedOut():
            return Outcome(State.UNKNOWN, reason=reason)
        case NetworkError() if any(words in error.message for words in UNCLEAR):
            return Outcome(State.UNKNOWN, reason=reason)
        case NetworkError() if "too large" in error.message.lower():
            return Outcome(State.FAILED, reason=reason)
        case NetworkError():  # an answer came: 5xx
            return Outcome(State.LATER, reason=reason)
        case _ if "Invalid server response" in error.message:
            return Outcome(State.UNKNOWN, reason=reason)
        case _:
            return Outcome(State.FAILED, reason=reason)


def _refused(message: str, reason: str) -> Outcome:
    lower = message.lower()
    if any(words in lower for words in GONE):
        return Outcome(State.BLOCKED, reason=reason)
    return Outcome(State.FAILED, reason=reason)
