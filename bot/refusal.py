"""What a domain function raises when a person may not do a thing: a message and its arguments."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 (the name gettext tools know)
    """Marks a source string for extraction without translating it here."""
    return message


class Refusal(Exception):
    """`message` is a Vietnamese source string; the edge translates it and fills in `arguments`."""

    def __init__(self, message: str, **arguments: object) -> None:
        super().__init__(message)
        self.message = message
        self.arguments = arguments
