"""Photos from the page: read to disk, cleaned, then one bubble and one update for each."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from aiohttp import BodyPartReader, web
from pydantic import BaseModel, ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import photos
from bot.channels.web import messages
from bot.channels.web.answers import Declined
from bot.channels.web.media import size_of
from bot.channels.web.messages import Payload
from bot.channels.web.parts import Json, Parts, chat_of, tokens
from bot.channels.web.posting import BAD, LONGEST_TEXT, ClientId, Id, Room, clean, take
from bot.channels.web.render import own_html
from bot.channels.web.updates import photo_size
from bot.channels.web.visitors import CHANNEL, Visitor
from bot.pictures import MOST_BYTES, BadPictureError
from bot.refusal import N_

MOST_PHOTOS = 10
MOST_FORM_BYTES = MOST_PHOTOS * MOST_BYTES + 1024 * 1024
AT_ONCE = 2  # pictures decoded at the same time; each may take 150 MB while it lasts
TOO_BIG = N_("Ảnh “{name}” lớn quá 20 MB nên chưa nhận được. Bạn chọn ảnh nhỏ hơn nha.")
NOT_A_PHOTO = N_("“{name}” không phải là ảnh mở được. Bạn thử ảnh khác nha.")
TOO_MANY = N_("Mỗi lần gửi nhiều nhất 10 ảnh, ảnh “{name}” chưa được gửi.")

_decoding = asyncio.Semaphore(AT_ONCE)


class PhotoPost(BaseModel):
    room: Room
    client_id: ClientId
    reply_to: Id | None = None
    caption: str = ""


@dataclass
class Form:
    fields: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, IO[bytes]]] = field(default_factory=list)  # name as the person knows it
    rejected: list[tuple[str, Declined]] = field(default_factory=list)

    def reject(self, name: str, status: int, code: str, message: str) -> None:
        self.rejected.append((name, Declined(status, code, message, name=name)))

    def close(self) -> None:
        for _, file in self.files:
            file.close()


async def upload(parts: Parts, visitor: Visitor, request: web.Request) -> web.StreamResponse:
    if (request.content_length or 0) > MOST_FORM_BYTES:
        raise Declined(413, "too_big", N_("Các ảnh lớn quá. Bạn gửi ít ảnh hơn mỗi lần nha."))
    form = await _read(request)
    try:
        post = _post(form)
        chat_of(visitor, post.room)
        return await _take(parts, visitor, post, form)
    finally:
        form.close()


def _post(form: Form) -> PhotoPost:
    try:
        return PhotoPost.model_validate(form.fields)
    except ValidationError as error:
        raise Declined(400, "bad_request", BAD) from error


async def _read(request: web.Request) -> Form:
    """Raises Declined when it is no form."""
    form = Form()
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                continue
            if part.name == "photo":
                await _read_file(form, part)
            elif part.name in PhotoPost.model_fields:
                form.fields[part.name] = await _read_field(part)
    except (ValueError, AssertionError) as error:
        form.close()
        raise Declined(400, "bad_request", BAD) from error
    except BaseException:
        form.close()
        raise
    return form


async def _read_field(part: BodyPartReader) -> str:
    content = bytearray()
    while (chunk := await part.read_chunk()) and len(content) < LONGEST_TEXT * 4:
        content += chunk
    return content.decode(errors="replace")


async def _read_file(form: Form, part: BodyPartReader) -> None:
    """To the disk, because ten big photos of many people do not fit in memory."""
    name = clean(part.filename or "")[:80] or "ảnh"
    too_many = len(form.files) >= MOST_PHOTOS
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the form)
    size = 0
    while chunk := await part.read_chunk(256 * 1024):
        size += len(chunk)
        if size <= MOST_BYTES and not too_many:
            file.write(chunk)
    if size <= MOST_BYTES and not too_many:
        form.files.append((name, file))
        return
    file.close()
    form.reject(name, 413, *(("too_many", TOO_MANY) if too_many else ("too_big", TOO_BIG)))


async def _take(parts: Parts, visitor: Visitor, post: PhotoPost, form: Form) -> web.Response:
    chat = chat_of(visitor, post.room)
    async with parts.store.read() as connection:
        known = await messages.sent_as(connection, chat, post.client_id)
    if known is None:
        payload = await _keep_all(parts, form)
    else:
        payload = known.payload  # the answer was lost on its way; the photos are here
    caption = clean(post.caption)[:1024]
    if caption:
        payload = {"html": own_html(caption)} | payload
    contents = await _contents(parts, post.client_id, payload, caption)
    rejected = [{"name": name, **why.body(visitor.language)} for name, why in form.rejected]
    return await take(parts, visitor, post.room, post.client_id, payload, contents, post.reply_to, rejected)


async def _keep_all(parts: Parts, form: Form) -> Payload:
    """Raises Declined when nothing usable came."""
    kept: list[tuple[str, tuple[float, float] | None]] = []
    for name, file in form.files:
        try:
            kept.append(await _keep(parts, file))
        except BadPictureError:
            form.reject(name, 415, "not_a_photo", NOT_A_PHOTO)
    if not kept:
        raise form.rejected[0][1] if form.rejected else Declined(400, "empty", BAD)
    shown = [size_of(parts.shelf.thumb(token)) for token, _ in kept]
    async with parts.store.transaction() as connection:
        ids = [await _store(parts, connection, token, gps) for token, gps in kept]
    return {"photos": [_entry(photo_id, size) for photo_id, size in zip(ids, shown, strict=True)]}


async def _keep(parts: Parts, file: IO[bytes]) -> tuple[str, tuple[float, float] | None]:
    token = secrets.token_urlsafe(24)
    async with _decoding:
        file.seek(0)
        return token, await parts.shelf.keep(token, await asyncio.to_thread(file.read))


async def _store(
    parts: Parts, connection: AsyncConnection, token: str, gps: tuple[float, float] | None
) -> int:
    await photos.add_ready(connection, token, gps, parts.clock.now())
    photo_id = await photos.by_file(connection, CHANNEL, token)
    assert photo_id is not None
    return photo_id


def _entry(photo_id: int, size: tuple[int, int] | None) -> dict[str, int]:
    return {"id": photo_id} | ({"width": size[0], "height": size[1]} if size else {})


async def _contents(parts: Parts, client_id: str, payload: Payload, caption: str) -> Sequence[Json]:
    ids: list[dict[str, Any]] = payload["photos"]
    async with parts.store.read() as connection:
        names = await tokens(connection, [photo["id"] for photo in ids])
    album = {"media_group_id": client_id} if len(names) > 1 else {}
    contents: list[Json] = [{"photo": [photo_size(token, 1280, 960)], **album} for token in names.values()]
    if caption and contents:
        contents[0]["caption"] = caption
    return contents
