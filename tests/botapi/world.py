"""Who and what exists on the platform: the bot, people, groups, their messages and the bot's profile."""

from __future__ import annotations

import itertools
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Literal

from tests.botapi.files import FileStore
from tests.botapi.wire import Call, JsonObject, bad_request, forbidden

Standing = Literal["open", "not_started", "blocked", "deactivated", "kicked"]


@dataclass(slots=True)
class Chat:
    """`face` is the chat as Message objects show it; `members` maps user id to status (groups only)."""

    id: int
    face: JsonObject
    standing: Standing = "open"
    migrated_to: int | None = None
    members: dict[int, str] = field(default_factory=dict)
    people: dict[int, JsonObject] = field(default_factory=dict)
    messages: OrderedDict[int, JsonObject] = field(default_factory=OrderedDict)
    last_message_id: int = 0
    keep: int | None = None

    @property
    def type(self) -> str:
        return str(self.face["type"])

    def new_message(self, content: JsonObject, sender: JsonObject | None) -> JsonObject:
        """Give the content an id and a date and remember it, oldest forgotten first when `keep` is set."""
        self.last_message_id += 1
        message: JsonObject = {"message_id": self.last_message_id}
        if sender is not None:
            message["from"] = sender
        message |= {"chat": self.face, "date": int(time.time())} | content
        self.messages[self.last_message_id] = message
        if self.keep is not None and len(self.messages) > self.keep:
            self.messages.popitem(last=False)
        return message

    def check_open(self) -> None:
        """Refuse as the platform refuses a bot that may not write here."""
        if self.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.migrated_to
            )
        if self.standing != "open":
            raise forbidden(self._refusal())

    def _refusal(self) -> str:
        return {
            "blocked": "bot was blocked by the user",
            "deactivated": "user is deactivated",
            "not_started": "bot can't initiate conversation with a user",
            "kicked": f"bot was kicked from the {self.type} chat",
        }[self.standing]


@dataclass(slots=True)
class Query:
    """A pressed inline button; `answer` is what the bot answered, `at` is monotonic seconds."""

    id: str
    at: float
    answer: JsonObject | None = None


class World:
    """`keep`: messages remembered per chat (None = all)."""

    def __init__(self, username: str, bot_id: int, *, keep: int | None = None) -> None:
        self.bot: JsonObject = {
            "id": bot_id,
            "is_bot": True,
            "first_name": "Trà Vinh Xanh",
            "username": username,
        }
        self.keep = keep
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.queries: dict[str, Query] = {}
        self.query_lifetime = 15.0
        self.profile: dict[tuple[str, ...], object] = {}
        self.numbers = itertools.count(1)

    def add_chat(self, face: JsonObject, standing: Standing = "open") -> Chat:
        chat = Chat(int(face["id"]), face, standing, keep=self.keep)
        self.chats[chat.id] = chat
        return chat

    def chat_of(self, call: Call) -> Chat:
        """The chat a call names (id or @username), whether or not the bot may write there."""
        name = call.text("chat_id")
        if not name:
            raise bad_request("chat_id is empty")
        if name.startswith("@"):
            return self._by_username(name[1:])
        try:
            return self.chats[int(name)]
        except (ValueError, KeyError):
            raise bad_request("chat not found") from None

    def _by_username(self, username: str) -> Chat:
        for chat in self.chats.values():
            if chat.face.get("username") == username and chat.type != "private":
                return chat
        raise bad_request("chat not found")

    def open_chat_of(self, call: Call) -> Chat:
        chat = self.chat_of(call)
        chat.check_open()
        return chat

    def new_query(self) -> Query:
        query = Query(f"{self.bot['id']}{next(self.numbers):09d}", time.monotonic())
        self.queries[query.id] = query
        return query
