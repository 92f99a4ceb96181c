"""The Bot API methods this server knows, by lower-case name (the platform ignores case)."""

from tests.botapi.methods import chats, edits, media, messages, profile, updates
from tests.botapi.methods.registry import Handler, Server

METHODS: dict[str, tuple[str, Handler]] = {
    name.lower(): (name, handler)
    for module in (chats, edits, media, messages, profile, updates)
    for name, handler in module.METHODS.items()
}

__all__ = ["METHODS", "Handler", "Server"]
