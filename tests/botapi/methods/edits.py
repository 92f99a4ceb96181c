"""Methods that change or remove a message, and the answer to a pressed button."""

from __future__ import annotations

import time

from tests.botapi.markup import inline_part, read_markup
from tests.botapi.methods.media import media_content
from tests.botapi.methods.messages import caption_content, text_content
from tests.botapi.methods.registry import Handler, Server
from tests.botapi.wire import Call, JsonObject, bad_request
from tests.botapi.world import Chat

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
DELETE_WITHIN = 48 * 3600  # seconds
ANSWER_LIMIT = 200
_WORDS = ("text", "entities", "caption", "caption_entities")
_MEDIA = ("photo", "document")


def _own_message(server: Server, call: Call) -> tuple[Chat, JsonObject]:
    chat = server.world.open_chat_of(call)
    message = chat.messages.get(call.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to edit not found")
    if message.get("from") is not server.world.bot:
        raise bad_request("message can't be edited")
    return chat, message


def _apply(server: Server, call: Call, drop: tuple[str, ...], content: JsonObject) -> JsonObject:
    """Replace the dropped members and the inline keyboard; refuse a change that changes nothing."""
    chat, message = _own_message(server, call)
    markup = read_markup(call)
    keyboard = inline_part(markup)
    edited = {key: value for key, value in message.items() if key not in {*drop, "reply_markup", "edit_date"}}
    edited |= content
    if keyboard is not None:
        edited["reply_markup"] = keyboard
    if edited == {key: value for key, value in message.items() if key != "edit_date"}:
        raise bad_request(NOT_MODIFIED)
    edited["edit_date"] = int(time.time())
    chat.messages[message["message_id"]] = edited
    params = call.params if markup is None else call.params | {"reply_markup": markup}
    server.record.note_edit(call.method, params, edited)
    return edited


def edit_text(server: Server, call: Call) -> JsonObject:
    _, message = _own_message(server, call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _apply(server, call, _WORDS, text_content(call))


def edit_caption(server: Server, call: Call) -> JsonObject:
    _, message = _own_message(server, call)
    if not any(kind in message for kind in _MEDIA):
        raise bad_request("there is no caption in the message to edit")
    return _apply(server, call, _WORDS, caption_content(call))


def edit_media(server: Server, call: Call) -> JsonObject:
    item = call.data("media")
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia")
    return _apply(server, call, (*_WORDS, *_MEDIA), media_content(server, call, item))


def edit_markup(server: Server, call: Call) -> JsonObject:
    return _apply(server, call, (), {})


def delete_message(server: Server, call: Call) -> bool:
    chat = server.world.open_chat_of(call)
    number = call.integer("message_id") or 0
    message = chat.messages.get(number)
    if message is None:
        raise bad_request("message to delete not found")
    if time.time() - message["date"] > DELETE_WITHIN:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[number]
    server.record.deleted.append((chat.id, number))
    return True


def delete_messages(server: Server, call: Call) -> bool:
    """Like the platform, unknown ids are skipped."""
    chat = server.world.open_chat_of(call)
    for number in call.data("message_ids") or []:
        if chat.messages.pop(int(number), None) is not None:
            server.record.deleted.append((chat.id, int(number)))
    return True


def answer_query(server: Server, call: Call) -> bool:
    query = server.world.queries.get(call.text("callback_query_id") or "")
    if query is None or time.monotonic() - query.at > server.world.query_lifetime:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(call.text("text") or "") > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if query.answer is None:
        query.answer = call.params
    return True


METHODS: dict[str, Handler] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_query,
}
