"""People: they write, send pictures and places, press buttons, block the bot, and hear its answers."""

from __future__ import annotations

import time
from collections.abc import Sequence

from tests.botapi.files import small_jpeg
from tests.botapi.methods.registry import Server
from tests.botapi.record import Sent
from tests.botapi.rooms import Group, Room, text_entities
from tests.botapi.wire import JsonObject
from tests.botapi.world import Query

Target = Sent | JsonObject
_CHAT_NAMES = ("id", "first_name", "last_name", "username")


class Press:
    """A pressed inline button (`id` is the callback query's)."""

    def __init__(self, server: Server, query: Query) -> None:
        self.id = query.id
        self._server = server
        self._query = query

    @property
    def answered(self) -> JsonObject | None:
        """What the bot answered to the press, if it did."""
        return self._query.answer

    async def answer(self, timeout: float = 5.0) -> JsonObject:
        """The parameters of the bot's answerCallbackQuery; AssertionError when none comes."""
        await self._server.record.until(lambda: self._query.answer is not None, timeout)
        assert self._query.answer is not None, "the press was not answered"
        return self._query.answer


class User(Room):
    """A person and their private chat with the bot; `to=group` sends elsewhere.

    Every `sends…` returns the Message object as the bot gets it.
    """

    def __init__(self, server: Server, face: JsonObject) -> None:
        shown: JsonObject = {key: face[key] for key in _CHAT_NAMES if key in face}
        existing = server.world.chats.get(face["id"])
        super().__init__(server, existing or server.world.add_chat(shown | {"type": "private"}))
        self.face = face
        self.chat.people[face["id"]] = face
        self.chat.members[face["id"]] = "member"

    # Writing

    async def sends(
        self, text: str, *, to: Group | None = None, reply_to: Target | None = None
    ) -> JsonObject:
        content: JsonObject = {"text": text}
        if entities := text_entities(text):
            content["entities"] = entities
        return self._post(content, to, reply_to)

    async def replies(self, message: Target, text: str, *, to: Group | None = None) -> JsonObject:
        return await self.sends(text, to=to, reply_to=message)

    async def edits(self, message: JsonObject, text: str) -> JsonObject:
        """Change one's own text; the bot gets `edited_message` if it asked for it."""
        chat = self.server.world.chats[message["chat"]["id"]]
        edited = message | {"text": text, "edit_date": int(time.time())}
        chat.messages[message["message_id"]] = edited
        self.server.feed.add("edited_message", edited, chat.id)
        return edited

    # Files and places

    async def sends_photo(
        self,
        content: bytes | None = None,
        *,
        caption: str = "",
        size: int | None = None,
        to: Group | None = None,
        reply_to: Target | None = None,
    ) -> JsonObject:
        """A picture (a small one unless given); `size` declares another file size."""
        return self._post(self._photo(content, caption, size), to, reply_to)

    def _photo(self, content: bytes | None, caption: str, size: int | None = None) -> JsonObject:
        sizes = self.server.world.files.keep_photo(small_jpeg() if content is None else content, size)
        return {"photo": sizes} | _caption(caption)

    async def sends_album(
        self, pictures: Sequence[bytes | None], *, caption: str = "", to: Group | None = None
    ) -> list[JsonObject]:
        """Pictures as one album: one update each, the caption on the first."""
        group = {"media_group_id": str(14_000_000_000 + next(self.server.world.numbers))}
        return [
            self._post(self._photo(content, "" if number else caption) | group, to, None)
            for number, content in enumerate(pictures)
        ]

    async def sends_document(
        self,
        content: bytes,
        name: str = "anh.jpg",
        mime: str = "image/jpeg",
        *,
        caption: str = "",
        size: int | None = None,
        to: Group | None = None,
        reply_to: Target | None = None,
    ) -> JsonObject:
        """A file; `size` may claim more bytes than there are."""
        suffix = name[name.rfind(".") :] if "." in name else ""
        stored = self.server.world.files.keep("documents", suffix, content, size)
        document = stored.face() | {"file_name": name, "mime_type": mime}
        return self._post({"document": document} | _caption(caption), to, reply_to)

    async def sends_location(
        self,
        latitude: float,
        longitude: float,
        *,
        accuracy: float | None = None,
        live_period: int | None = None,
        to: Group | None = None,
    ) -> JsonObject:
        point: JsonObject = {"latitude": latitude, "longitude": longitude}
        if accuracy is not None:
            point["horizontal_accuracy"] = accuracy
        if live_period is not None:
            point["live_period"] = live_period
        return self._post({"location": point}, to)

    async def sends_venue(self, latitude: float, longitude: float, title: str, address: str) -> JsonObject:
        point = {"latitude": latitude, "longitude": longitude}
        venue = {"location": point, "title": title, "address": address}
        return self._post({"venue": venue, "location": point})

    # Odd things

    async def sends_sticker(self) -> JsonObject:
        stored = self.server.world.files.keep("stickers", ".webp", b"RIFF")
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._post({"sticker": stored.face() | shape | {"emoji": "🌱"}})

    async def sends_voice(self, seconds: int = 3) -> JsonObject:
        stored = self.server.world.files.keep("voice", ".oga", b"OggS")
        return self._post({"voice": stored.face() | {"duration": seconds, "mime_type": "audio/ogg"}})

    async def sends_video(self, seconds: int = 5) -> JsonObject:
        stored = self.server.world.files.keep("videos", ".mp4", b"\x00\x00\x00\x18ftyp")
        return self._post({"video": stored.face() | {"width": 640, "height": 480, "duration": seconds}})

    async def sends_contact(self, phone: str = "+84901234567") -> JsonObject:
        contact = {"phone_number": phone, "first_name": self.face["first_name"], "user_id": self.id}
        return self._post({"contact": contact})

    async def sends_poll(self, question: str = "Đi không?") -> JsonObject:
        options = [
            {"persistent_id": str(n), "text": t, "voter_count": 0} for n, t in enumerate(("Có", "Không"))
        ]
        poll = {
            "id": str(next(self.server.world.numbers)),
            "question": question,
            "options": options,
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
        return self._post({"poll": poll})

    async def sends_anything(self, content: JsonObject, *, to: Group | None = None) -> JsonObject:
        """A message with these members, for kinds that have no method here."""
        return self._post(content, to)

    def _post(
        self, content: JsonObject, to: Group | None = None, reply_to: Target | None = None
    ) -> JsonObject:
        room = to or self
        assert room.chat.standing != "blocked", "this user blocked the bot: unblock first"
        if to is None and room.chat.standing == "not_started":
            room.chat.standing = "open"
        if reply_to is not None:
            content["reply_to_message"] = _plain(_message_of(reply_to))
        message = room.chat.new_message(content, self.face)
        if to is None or to.bot_sees(message):
            self.server.feed.add("message", message, room.chat.id)
        return message

    # Buttons

    async def presses(self, message: Target, label: str) -> Press:
        """Press the inline button of this label, also on an outdated message.

        The label may be a part of the button's text if only one button has it.
        """
        rows = _message_of(message).get("reply_markup", {}).get("inline_keyboard", [])
        button = _find([button for row in rows for button in row], label)
        assert "callback_data" in button, f"{label!r} is not a callback button: {button}"
        return self.presses_data(message, button["callback_data"])

    def presses_data(self, message: Target, data: str) -> Press:
        """A press with this callback data, as a forged or stale button would send it."""
        shown = _message_of(message)
        chat = self.server.world.chats[shown["chat"]["id"]]
        gone = {"chat": chat.face, "message_id": shown["message_id"], "date": 0}
        query = self.server.world.new_query()
        payload = {
            "id": query.id,
            "from": self.face,
            "message": chat.messages.get(shown["message_id"], gone),
            "chat_instance": str(chat.id * 7919),
            "data": data,
        }
        self.server.feed.add("callback_query", payload, chat.id)
        return Press(self.server, query)

    async def taps(
        self, message: Sent, label: str, *, location: tuple[float, float] | None = None
    ) -> JsonObject:
        """Tap a button of the reply keyboard: it sends its label, or `location` if it asks for one."""
        button = _find(message.keyboard, label)
        if button.get("request_location"):
            assert location is not None, f"{label!r} asks for a location"
            return await self.sends_location(*location)
        return await self.sends(button["text"])

    # Membership

    async def blocks(self) -> None:
        """Block the bot: sends are refused with 403, the bot hears `my_chat_member`."""
        self._bot_becomes("kicked", "member")
        self.chat.standing = "blocked"

    async def unblocks(self) -> None:
        self.chat.standing = "open"
        self._bot_becomes("member", "kicked")

    def deactivates(self) -> None:
        """The account is deleted; the bot is not told, sends are refused with 403."""
        self.chat.standing = "deactivated"

    def has_not_started(self) -> None:
        """The bot may not write first."""
        self.chat.standing = "not_started"

    def _bot_becomes(self, new: str, old: str) -> None:
        bot = self.server.world.bot
        change = {
            "chat": self.chat.face,
            "from": self.face,
            "date": int(time.time()),
            "old_chat_member": {"user": bot, "status": old} | ({"until_date": 0} if old == "kicked" else {}),
            "new_chat_member": {"user": bot, "status": new} | ({"until_date": 0} if new == "kicked" else {}),
        }
        self.server.feed.add("my_chat_member", change, self.id)


def _caption(caption: str) -> JsonObject:
    if not caption:
        return {}
    entities = text_entities(caption)
    return {"caption": caption, "caption_entities": entities} if entities else {"caption": caption}


def _message_of(target: Target) -> JsonObject:
    return target.message if isinstance(target, Sent) else target


def _plain(message: JsonObject) -> JsonObject:
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def _find(buttons: list[JsonObject], label: str) -> JsonObject:
    exact = [button for button in buttons if button["text"] == label]
    near = exact or [button for button in buttons if label in button["text"]]
    assert len(exact) == 1 or len(near) == 1, f"no button {label!r} among {[one['text'] for one in buttons]}"
    return near[0]
