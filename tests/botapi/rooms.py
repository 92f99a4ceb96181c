"""Chats as people see them: what is heard there, and groups with their members."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from tests.botapi.html import utf16_length
from tests.botapi.methods.chats import member_face
from tests.botapi.methods.registry import Server
from tests.botapi.record import Sent
from tests.botapi.wire import JsonObject
from tests.botapi.world import Chat

Wanted = str | Callable[[Sent], bool] | None

_ENTITIES = re.compile(
    r"(?P<bot_command>(?<!\S)/[A-Za-z0-9_]{1,64}(?:@\w+)?)"
    r"|(?P<url>https?://\S+)|(?P<mention>(?<!\S)@\w{4,32})|(?P<hashtag>(?<!\S)#\w+)"
)


def text_entities(text: str) -> list[JsonObject]:
    """The entities a client marks by itself: commands, links, mentions, hashtags."""
    return [
        {
            "type": match.lastgroup,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match[0]),
        }
        for match in _ENTITIES.finditer(text)
    ]


class Room:
    """A chat and a reading position in it: `hears` finds the next message that fits."""

    def __init__(self, server: Server, chat: Chat) -> None:
        self.server = server
        self.chat = chat
        self._read = len(self.heard)

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def heard(self) -> list[Sent]:
        """Everything the bot sent or edited here, in order."""
        return self.server.record.heard.setdefault(self.chat.id, [])

    @property
    def unread(self) -> list[Sent]:
        return self.heard[self._read :]

    async def hears(self, wanted: Wanted = None, timeout: float = 5.0) -> Sent:
        """The next message or edit that contains the words (or fits the predicate); reads up to it.

        Raises AssertionError with what was heard instead when the time (seconds) is over.
        """
        fits = _fits(wanted)
        await self.server.record.until(lambda: any(fits(one) for one in self.unread), timeout)
        for position, one in enumerate(self.heard[self._read :], self._read):
            if fits(one):
                self._read = position + 1
                return one
        texts = [one.text for one in self.unread]
        raise AssertionError(f"chat {self.id} did not hear {wanted!r} in {timeout} s, but {texts}")

    async def hears_nothing(self, seconds: float = 0.3) -> None:
        """Assert that nothing new comes for so long."""
        count = len(self.heard)
        await self.server.record.until(lambda: len(self.heard) > count, seconds)
        assert len(self.heard) == count, f"chat {self.id} heard {[one.text for one in self.heard[count:]]}"

    def forget(self) -> None:
        """Skip what was heard so far."""
        self._read = len(self.heard)

    def message(self, message_id: int) -> JsonObject | None:
        """A message as it stands now; None when it was deleted."""
        return self.chat.messages.get(message_id)


def _fits(wanted: Wanted) -> Callable[[Sent], bool]:
    if wanted is None:
        return lambda _: True
    if isinstance(wanted, str):
        return lambda one: wanted in one.text
    return wanted


class Group(Room):
    """A group. `private_bot` is the platform's default: the bot sees only what is meant for it."""

    def __init__(self, server: Server, id: int, title: str, kind: str) -> None:
        super().__init__(server, server.world.add_chat({"id": id, "type": kind, "title": title}))
        self.private_bot = True

    def has(self, face: JsonObject, status: str = "member") -> None:
        """Set a member's status without an update."""
        self.chat.people[face["id"]] = face
        self.chat.members[face["id"]] = status

    def bot_sees(self, message: JsonObject) -> bool:
        """Whether the platform shows this message to the bot."""
        bot = self.server.world.bot
        if self.chat.standing != "open" or self.chat.members.get(bot["id"]) in {None, "left", "kicked"}:
            return False
        if not self.private_bot or self.chat.members[bot["id"]] == "administrator":
            return True
        replied = message.get("reply_to_message", {}).get("from", {}).get("id")
        return replied == bot["id"] or not _is_chatter(message, str(bot["username"]))

    def adds_bot(self, by: JsonObject, status: str = "member") -> None:
        """Somebody (a user's face) adds the bot; the bot hears it as `my_chat_member`."""
        self.chat.standing = "open"
        self._bot_becomes(status, by)

    def removes_bot(self, by: JsonObject) -> None:
        self._bot_becomes("kicked", by)
        self.chat.standing = "kicked"

    def _bot_becomes(self, status: str, by: JsonObject) -> None:
        bot = self.server.world.bot
        old = member_face(self.chat, bot)
        self.has(bot, status)
        self._tell("my_chat_member", by, old, member_face(self.chat, bot))

    def _tell(self, kind: str, by: JsonObject, old: JsonObject, new: JsonObject) -> None:
        change = {
            "chat": self.chat.face,
            "from": by,
            "date": int(time.time()),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        self.server.feed.add(kind, change, self.id)

    def becomes_supergroup(self, new_id: int | None = None) -> Group:
        """Migrate: both service messages are sent, the old id answers with the new one."""
        server, old = self.server, self.chat
        target = new_id or int(f"-100{abs(old.id)}")
        new = Group(server, target, str(old.face["title"]), "supergroup")
        new.chat.members, new.chat.people = dict(old.members), dict(old.people)
        sender = next(iter(old.people.values()))
        there = old.new_message({"migrate_to_chat_id": target}, sender)
        server.feed.add("message", there, old.id)
        here = new.chat.new_message({"migrate_from_chat_id": old.id}, sender)
        server.feed.add("message", here, target)
        old.migrated_to = target
        return new


def _is_chatter(message: JsonObject, username: str) -> bool:
    """Neither a command nor a mention of the bot nor a service message."""
    if not ({"text", "caption"} & message.keys()):
        return not any(key.startswith(("new_chat", "left_chat", "migrate_")) for key in message)
    words = str(message.get("text") or message.get("caption"))
    entities: list[Any] = message.get("entities") or message.get("caption_entities") or []
    commands = any(entity["type"] == "bot_command" for entity in entities)
    return not commands and f"@{username}" not in words
