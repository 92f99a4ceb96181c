"""What the page sends: texts, places, pressed buttons. All is in the inbox before it is answered."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeVar

from aiohttp import web
from pydantic import BaseModel, Field, StringConstraints

from bot.address import Address
from bot.channels.web import messages, updates
from bot.channels.web.answers import Declined, answer
from bot.channels.web.messages import Payload, Stored
from bot.channels.web.parts import Json, Parts, chat_of
from bot.channels.web.render import own_html, quote_of
from bot.channels.web.visitors import CHANNEL, Visitor
from bot.flow.inbox import InboxFull, incoming
from bot.refusal import N_
from bot.say import CALLBACK_DATA_BYTES

LONGEST_TEXT = 4096
MOST_JSON_BYTES = 64 * 1024
TYPING_SECONDS = 5
BAD = N_("Trang gửi dữ liệu chưa đúng. Bạn tải lại trang rồi thử lại nha.")
BUSY = N_("Đang đông người quá. Tin của bạn sẽ được gửi lại sau ít giây.")

ClientId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Room = Literal["chat", "duty"]
Id = Annotated[int, Field(gt=0, lt=2**62)]
Model = TypeVar("Model", bound=BaseModel)


class Place(BaseModel):
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    accuracy: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None


class MessagePost(BaseModel):
    room: Room
    client_id: ClientId
    text: str | None = None
    location: Place | None = None
    reply_to: Id | None = None


class PressPost(BaseModel):
    room: Room
    client_id: ClientId
    message_id: Id
    data: str


async def read(request: web.Request, model: type[Model]) -> Model:
    """The body as `model`. Raises Declined."""
    if (request.content_length or 0) > MOST_JSON_BYTES:
        raise Declined(413, "too_long", N_("Tin dài quá, bạn chia ra nhiều tin nha."))
    try:
        # Half a character (a lone surrogate) is legal in JSON, but in no string we can keep.
        body = json.loads(await request.read())
        return model.model_validate_json(_whole(json.dumps(body, ensure_ascii=False)))
    except ValueError as error:
        raise Declined(400, "bad_request", BAD) from error


def clean(text: str) -> str:
    """NFC, without characters that no database takes and no person types."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFC", _whole(text))
        if letter in "\n\t" or ord(letter) >= 32
    ).strip()


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


async def message(parts: Parts, visitor: Visitor, request: web.Request) -> web.StreamResponse:
    post = await read(request, MessagePost)
    chat_of(visitor, post.room)
    text = clean(post.text or "")
    if len(text) > LONGEST_TEXT:
        raise Declined(413, "too_long", N_("Tin dài quá, bạn chia ra nhiều tin nha."))
    if post.location:
        payload: Payload = {"location": {"lat": post.location.lat, "lon": post.location.lon}}
        content: Json = {"location": _location(post.location)}
    elif text:
        payload, content = {"html": own_html(text)}, {"text": text}
    else:
        raise Declined(400, "empty", BAD)
    return await take(parts, visitor, post.room, post.client_id, payload, [content], post.reply_to)


def _location(place: Place) -> Json:
    accuracy = {} if place.accuracy is None else {"horizontal_accuracy": min(place.accuracy, 1500.0)}
    return {"latitude": place.lat, "longitude": place.lon, **accuracy}


async def press(parts: Parts, visitor: Visitor, request: web.Request) -> web.StreamResponse:
    post = await read(request, PressPost)
    chat = chat_of(visitor, post.room)
    if not post.data or len(post.data.encode(errors="replace")) > CALLBACK_DATA_BYTES:
        raise Declined(400, "bad_request", BAD)
    async with parts.store.read() as connection:
        pressed = await messages.one(connection, chat, post.message_id)
    if pressed is None or pressed.author is not None:
        raise Declined(404, "gone", N_("Không còn tin nhắn này."))
    number = updates.update_id(visitor, post.client_id)
    await put(parts, [updates.press_update(number, visitor, post.room, pressed, clean(post.data))])
    return answer({}, 202)


async def take(
    parts: Parts,
    visitor: Visitor,
    room: str,
    client_id: str,
    payload: Payload,
    contents: Sequence[Json],
    reply_to: int | None,
    rejected: Sequence[Json] = (),
) -> web.Response:
    """Stores the bubble, then hands its updates to the inbox. The page repeats what was not answered."""
    chat = chat_of(visitor, room)
    now = parts.clock.now()
    async with parts.store.transaction() as connection:
        replied = await messages.one(connection, chat, reply_to) if reply_to else None
        if quote := quote_of(replied):
            payload = payload | {"reply_to": quote}
        stored = await messages.add(
            parts.store, connection, chat, payload, now, author=visitor.id, client_id=client_id
        )
        await parts.wake.announce(connection)
    await put(parts, _updates(visitor, room, client_id, stored, contents, replied))
    announce(parts, visitor, room, chat)
    async with parts.store.read() as connection:
        [shown] = await parts.renderer.render(connection, [stored], room, visitor.id)
    return answer({"message": shown, "rejected": list(rejected)})


def _updates(
    visitor: Visitor,
    room: str,
    client_id: str,
    stored: Stored,
    contents: Sequence[Json],
    replied: Stored | None,
) -> list[Json]:
    about: Json = {"reply_to_message": updates.quoted(visitor, room, replied)} if replied else {}
    return [
        updates.message_update(
            updates.update_id(visitor, client_id, part), visitor, room, stored, content | about
        )
        for part, content in enumerate(contents)
    ]


def announce(parts: Parts, visitor: Visitor, room: str, chat: Address) -> None:
    parts.feed.touch(chat)
    if room == "chat":  # in the duty room the bot may have nothing to answer
        parts.feed.tell(visitor.id, "typing", {"room": room, "seconds": TYPING_SECONDS})


async def put(parts: Parts, raw: Sequence[dict[str, Any]]) -> None:
    try:
        await parts.intake.put(CHANNEL, [incoming(CHANNEL, update) for update in raw])
    except InboxFull as error:
        raise Declined(503, "full", BUSY) from error
