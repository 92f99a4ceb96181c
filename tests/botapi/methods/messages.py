"""Methods that send a message without a file: text, places, contacts, and forwarding of old ones."""

from __future__ import annotations

from typing import Any

from tests.botapi.html import parse_html
from tests.botapi.markup import inline_part, read_markup
from tests.botapi.methods.registry import Handler, Server
from tests.botapi.wire import Call, JsonObject, bad_request
from tests.botapi.world import Chat

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


def deliver(server: Server, call: Call, chat: Chat, content: JsonObject) -> JsonObject:
    """Accept one message: check markup and reply, store, record."""
    markup = read_markup(call)
    replied = _replied(chat, call)
    if replied is not None:
        content["reply_to_message"] = replied
    if thread := call.integer("message_thread_id"):
        content["message_thread_id"] = thread
    keyboard = inline_part(markup)
    if keyboard is not None:
        content["reply_markup"] = keyboard
    message = chat.new_message(content, server.world.bot)
    params = call.params if markup is None else call.params | {"reply_markup": markup}
    server.record.note_send(call.method, params, message)
    return message


def _replied(chat: Chat, call: Call) -> JsonObject | None:
    parameters = call.data("reply_parameters") or {}
    wanted = parameters.get("message_id") or call.integer("reply_to_message_id")
    if not wanted:
        return None
    message = chat.messages.get(int(wanted))
    may_miss = parameters.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply")
    if message is None and not may_miss:
        raise bad_request("message to be replied not found")
    return None if message is None else {k: v for k, v in message.items() if k != "reply_to_message"}


def formatted(call: Call, source: str, entities: str = "entities") -> tuple[str, list[JsonObject]]:
    """Apply parse_mode or the given entities, and trim as the platform does."""
    if (call.text("parse_mode") or "").lower() != "html":
        return source.strip(), call.data(entities) or []
    text, found = parse_html(source)
    shift = len(text) - len(text.lstrip())
    return text.strip(), [one | {"offset": one["offset"] - shift} for one in found] if shift else found


def text_content(call: Call) -> JsonObject:
    """The `text` and `entities` of a message, within the platform's limits."""
    text, entities = formatted(call, call.text("text") or "")
    if not text:
        raise bad_request("message text is empty")
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_content(call: Call) -> JsonObject:
    caption, entities = formatted(call, call.text("caption") or "", "caption_entities")
    if len(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    content: JsonObject = {"caption": caption} if caption else {}
    return content | {"caption_entities": entities} if entities else content


def send_message(server: Server, call: Call) -> JsonObject:
    chat = server.world.open_chat_of(call)
    return deliver(server, call, chat, text_content(call))


def _point(call: Call) -> JsonObject:
    latitude, longitude = call.number("latitude"), call.number("longitude")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong latitude/longitude specified")
    return {"latitude": latitude, "longitude": longitude}


def send_location(server: Server, call: Call) -> JsonObject:
    return deliver(server, call, server.world.open_chat_of(call), {"location": _point(call)})


def send_venue(server: Server, call: Call) -> JsonObject:
    chat = server.world.open_chat_of(call)
    venue = {
        "location": _point(call),
        "title": _required(call, "title"),
        "address": _required(call, "address"),
    }
    return deliver(server, call, chat, {"venue": venue, "location": venue["location"]})


def send_contact(server: Server, call: Call) -> JsonObject:
    chat = server.world.open_chat_of(call)
    contact = {
        "phone_number": _required(call, "phone_number"),
        "first_name": _required(call, "first_name"),
    }
    return deliver(server, call, chat, {"contact": contact})


def _required(call: Call, name: str) -> str:
    value = call.text(name)
    if not value:
        raise bad_request(f"parameter {name} is required")
    return value


def copied_content(server: Server, call: Call) -> JsonObject:
    source = server.world.chats.get(call.integer("from_chat_id") or 0)
    message = source.messages.get(call.integer("message_id") or 0) if source else None
    if message is None:
        raise bad_request("message to copy not found")
    own = {"message_id", "from", "chat", "date", "reply_markup", "reply_to_message"}
    return {key: value for key, value in message.items() if key not in own}


def copy_message(server: Server, call: Call) -> JsonObject:
    chat = server.world.open_chat_of(call)
    message = deliver(server, call, chat, copied_content(server, call) | caption_content(call))
    return {"message_id": message["message_id"]}


def forward_message(server: Server, call: Call) -> JsonObject:
    chat = server.world.open_chat_of(call)
    return deliver(server, call, chat, copied_content(server, call))


def send_chat_action(server: Server, call: Call) -> Any:
    server.world.open_chat_of(call)
    _required(call, "action")
    return True


METHODS: dict[str, Handler] = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
    "sendChatAction": send_chat_action,
}
