"""States as codes, and what citizens are told."""

from __future__ import annotations

from enum import StrEnum

from bot.refusal import N_


class State(StrEnum):
    NEW = "new"
    ACCEPTED = "accepted"  # routed to a duty group, not yet taken
    DUPLICATE = "duplicate"
    IN_PROGRESS = "in_progress"
    REOPENED = "reopened"
    NEEDS_INFO = "needs_info"
    RESOLVED = "resolved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


CLOSED = frozenset({State.DUPLICATE, State.RESOLVED, State.REJECTED, State.WITHDRAWN})
OPEN = frozenset(State) - CLOSED

_RECEIVED = N_("Đã tiếp nhận")
_HANDLING = N_("Đang xử lý")
CITIZEN_WORDS: dict[str, str] = {
    State.NEW: _RECEIVED,
    State.ACCEPTED: _RECEIVED,
    State.DUPLICATE: _RECEIVED,
    State.IN_PROGRESS: _HANDLING,
    State.REOPENED: _HANDLING,
    State.NEEDS_INFO: N_("Cần bổ sung"),
    State.RESOLVED: N_("Đã xử lý"),
    State.REJECTED: N_("Từ chối"),
    State.WITHDRAWN: N_("Đã rút"),
}
