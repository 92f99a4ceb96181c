"""What the page reads: who am I, history, the event stream, photos and files."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot import photos
from bot.address import Address
from bot.channels.web import messages, visitors
from bot.channels.web.answers import HEADERS, Declined, answer
from bot.channels.web.feed import Stream
from bot.channels.web.messages import SIGNAL, Stored
from bot.channels.web.parts import Parts, chat_of
from bot.channels.web.visitors import Visitor
from bot.logs import get_logger
from bot.refusal import N_
from bot.store import Executor
from bot.talk import texts

log = get_logger(__name__)
BEAT_SECONDS = 15
PAGE = 30
LONGEST_PAGE = 100
MOST_MISSED = 200  # messages replayed to a page that was away; beyond, it loads the history again
MEDIA_HEADERS = HEADERS | {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=86400",
}
GONE = N_("Không còn ảnh hay tệp này.")


def me(visitor: Visitor) -> dict[str, Any]:
    titles = {"chat": visitors.CHAT_TITLE, "duty": visitors.DUTY_TITLE}
    rooms = [{"id": room, "title": texts.gettext(visitor.language, titles[room])} for room in visitor.rooms]
    return {
        "language": visitor.language,
        "admin": visitor.role == "admin",
        "name": visitor.staff_name,
        "rooms": rooms,
    }


async def history(parts: Parts, visitor: Visitor, request: web.Request) -> web.StreamResponse:
    room = request.query.get("room", "")
    chat = chat_of(visitor, room)
    before = _number(request.query.get("before"))
    limit = min(max(_number(request.query.get("limit")) or PAGE, 1), LONGEST_PAGE)
    async with parts.store.read() as connection:
        # The number first: what is written meanwhile is then sent again, never missed.
        number = await messages.seq(connection, chat)
        found = await messages.page(connection, chat, before, limit + 1)
        keyboard = await messages.keyboard(connection, chat) if before is None else None
        shown = await parts.renderer.render(connection, found[-limit:], room, visitor.id)
    return answer({"messages": shown, "more": len(found) > limit, "seq": number, "keyboard": keyboard})


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


async def events(parts: Parts, visitor: Visitor, request: web.Request) -> web.StreamResponse:
    after = _cursors(request.headers.get("Last-Event-ID") or request.query.get("after", ""))
    response = web.StreamResponse(
        headers=HEADERS
        | {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
    async with parts.store.read() as connection:
        newest = await messages.seqs(connection, list(visitor.rooms.values()))
    cursors = {chat: after.get(room, newest.get(chat, 0)) for room, chat in visitor.rooms.items()}
    await response.prepare(request)
    try:
        with parts.feed.open(visitor.id, cursors) as stream:
            await _serve(parts, visitor, stream, response)
    except ConnectionError:
        pass  # the page was closed
    except Exception as error:
        log.warning("web: an event stream ended, the page will reconnect", error=str(error))
    return response


def _cursors(text: str) -> dict[str, int]:
    """`chat:12,duty:30`; what is not understood is left out."""
    pairs = (part.partition(":") for part in text.split(","))
    return {room: number for room, _, seen in pairs if (number := _number(seen)) is not None}


async def _serve(parts: Parts, visitor: Visitor, stream: Stream, response: web.StreamResponse) -> None:
    while not stream.closed:
        if not await stream.wait(BEAT_SECONDS):
            await response.write(_event("beat", {}))
            continue
        async with parts.store.read() as connection:
            now = await visitors.again(connection, visitor)
            if now is None:
                return
            news = [event async for event in _news(parts, connection, now, stream)]
        if now != visitor:
            news.insert(0, _event("me", me(now)))
            visitor = now
        passing, stream.passing = stream.passing, []
        news += [_event(name, data) for name, data in passing]
        if news:
            await response.write(b"".join(news))


async def _news(parts: Parts, executor: Executor, visitor: Visitor, stream: Stream) -> AsyncIterator[bytes]:
    for room, chat in visitor.rooms.items():
        seen = stream.cursors.setdefault(chat, 0)
        found = await messages.since(executor, chat, seen, MOST_MISSED + 1)
        if not found:
            continue
        if len(found) > MOST_MISSED:
            stream.cursors[chat] = await messages.seq(executor, chat)
            yield _event("reset", {}, _cursor(visitor, stream))
            continue
        shown = await parts.renderer.render(
            executor, [m for m in found if m.author != SIGNAL], room, visitor.id
        )
        drawn = {message["id"]: message for message in shown}
        for message in found:
            stream.cursors[chat] = message.seq
            name, data = _drawn(message, drawn, visitor.id)
            if name:
                yield _event(name, data, _cursor(visitor, stream))


def _drawn(
    message: Stored, drawn: dict[int, dict[str, Any]], reader: int
) -> tuple[str | None, dict[str, Any]]:
    if message.author != SIGNAL:
        return "message", drawn[message.id]
    if message.payload.get("to") not in (None, reader):
        return None, {}
    return message.payload["event"], {
        name: value for name, value in message.payload.items() if name not in ("event", "to")
    }


def _cursor(visitor: Visitor, stream: Stream) -> str:
    return ",".join(
        f"{room}:{stream.cursors[chat]}" for room, chat in visitor.rooms.items() if chat in stream.cursors
    )


def _event(name: str, data: dict[str, Any], cursor: str | None = None) -> bytes:
    head = f"id: {cursor}\n" if cursor else ""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{head}event: {name}\ndata: {body}\n\n".encode()


async def photo(parts: Parts, visitor: Visitor, request: web.Request) -> web.StreamResponse:
    number, size = request.match_info["id"], request.match_info["size"]
    _check(parts, visitor, request, f"photo/{number}/{size}")
    async with parts.store.read() as connection:
        found = await photos.of(connection, [int(number)])
    path = found and (parts.shelf.thumb if size == "thumb" else parts.shelf.full)(found[0].token)
    if not path or not path.is_file():
        raise Declined(404, "gone", GONE)
    return web.FileResponse(path, headers=MEDIA_HEADERS)


async def file(parts: Parts, visitor: Visitor, request: web.Request) -> web.StreamResponse:
    number = request.match_info["id"]
    chats = _check(parts, visitor, request, f"file/{number}")
    async with parts.store.read() as connection:
        found = [await messages.one(connection, chat, int(number)) for chat in chats]
    kept = next((message.payload.get("file") for message in found if message), None)
    path = parts.settings.data_dir / kept["path"] if kept else None
    if not kept or not path or not path.is_file():
        raise Declined(404, "gone", GONE)
    disposition = f"attachment; filename*=UTF-8''{quote(kept['name'], safe='')}"
    return web.FileResponse(path, headers=MEDIA_HEADERS | {"Content-Disposition": disposition})


def _check(parts: Parts, visitor: Visitor, request: web.Request, what: str) -> list[Address]:
    chats = list(visitor.rooms.values())
    if len(request.match_info["id"]) > 18 or not parts.signer.holds(
        request.match_info["signature"], chats, what
    ):
        raise Declined(404, "gone", GONE)
    return chats
