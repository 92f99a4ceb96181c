"""Methods that send or hand out files: photos, documents, albums, getFile."""

from __future__ import annotations

from pathlib import PurePath

from tests.botapi.methods.messages import caption_content, deliver
from tests.botapi.methods.registry import Handler, Server
from tests.botapi.wire import Call, JsonObject, Upload, bad_request

ALBUM_SIZES = range(2, 11)
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024


def _upload_of(call: Call, value: str | None, field: str) -> Upload | None:
    """The upload a parameter means: the part of that name, or the one behind `attach://`."""
    if value is not None and value.startswith("attach://"):
        upload = call.uploads.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return upload
    return call.uploads.get(field) if value is None else None


def photo_content(server: Server, call: Call, value: str | None, field: str = "photo") -> JsonObject:
    """The `photo` of a message from a file_id or an upload (addresses are not fetched here)."""
    upload = _upload_of(call, value, field)
    files = server.world.files
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > PHOTO_LIMIT:
            raise bad_request("file is too big for a photo")
        return {"photo": files.keep_photo(upload.content)}
    if value is None:
        raise bad_request("there is no photo in the request")
    if value not in files.photos:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return {"photo": files.photos[value]}


def document_content(server: Server, call: Call, value: str | None, field: str = "document") -> JsonObject:
    upload = _upload_of(call, value, field)
    files = server.world.files
    if upload is None:
        if value is None:
            raise bad_request("there is no document in the request")
        if value not in files.by_id or value in files.photos:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return {"document": files.by_id[value].face()}
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > UPLOAD_LIMIT:
        raise bad_request("file is too big")
    stored = files.keep("documents", PurePath(upload.filename).suffix, upload.content)
    return {"document": stored.face() | {"file_name": upload.filename}}


def send_photo(server: Server, call: Call) -> JsonObject:
    chat = server.world.open_chat_of(call)
    content = photo_content(server, call, call.text("photo")) | caption_content(call)
    return deliver(server, call, chat, content)


def send_document(server: Server, call: Call) -> JsonObject:
    chat = server.world.open_chat_of(call)
    content = document_content(server, call, call.text("document")) | caption_content(call)
    return deliver(server, call, chat, content)


def media_content(server: Server, call: Call, item: JsonObject) -> JsonObject:
    """One InputMedia of an album or an edit, with its own caption."""
    build = {"photo": photo_content, "document": document_content}.get(item.get("type", ""))
    if build is None:
        raise bad_request(f"can't parse InputMedia: media type {item.get('type')} is not supported here")
    caption = Call(call.method, {k: item.get(k) for k in ("caption", "parse_mode", "caption_entities")})
    return build(server, call, item.get("media")) | caption_content(caption)


def send_media_group(server: Server, call: Call) -> list[JsonObject]:
    chat = server.world.open_chat_of(call)
    items = call.data("media")
    if not isinstance(items, list) or not items:
        raise bad_request("there are no messages to send")
    if len(items) not in ALBUM_SIZES:
        raise bad_request("an album must have 2-10 items")
    if len({item.get("type") for item in items}) > 1:
        raise bad_request("document can't be mixed with other media types")
    group = {"media_group_id": str(13_000_000_000 + next(server.world.numbers))}
    contents = [media_content(server, call, item) | group for item in items]
    return [deliver(server, call, chat, content) for content in contents]


def get_file(server: Server, call: Call) -> JsonObject:
    stored = server.world.files.get(call.text("file_id") or "")
    return stored.face() | {"file_path": stored.path}


METHODS: dict[str, Handler] = {
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
