"""The conversation: one file per thing a person can do, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from bot.talk.application import Handler

FEATURES = ("cancel", "language", "unknown", "stale")

handlers: Sequence[Handler] = tuple(
    handler for feature in FEATURES for handler in import_module(f"handlers.{feature}").handlers
)
