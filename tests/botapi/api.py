"""The server: `/bot<token>/<method>` and `/file/bot<token>/<path>` over HTTP on the loopback."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from types import CoroutineType
from typing import Any, Self
from urllib.parse import unquote

from aiohttp import web
from aiohttp.http_parser import RawRequestMessage
from aiohttp.streams import StreamReader

from tests.botapi.faults import FILE_METHOD, Fault, Faults, enact, reset_connection
from tests.botapi.feed import Feed
from tests.botapi.methods import METHODS, Server
from tests.botapi.polling import Polling
from tests.botapi.record import Record
from tests.botapi.rooms import Group
from tests.botapi.users import User
from tests.botapi.webhook import Webhook
from tests.botapi.wire import ApiError, Call, JsonObject, failure, read_call, success
from tests.botapi.world import World

TOKEN = "123456789:AAF-local-test-server-token-0000000"
MAX_BODY = 64 * 1024 * 1024
_JSON = {"Content-Type": "application/json"}


class BotApi:
    """`async with BotApi() as api:` serves on `api.url`.

    token: the only one accepted. webhook_to: origins that replace the origin of the registered webhook,
    in turn. lean: count instead of recording, remember few messages (for load).
    """

    def __init__(
        self,
        *,
        port: int = 0,
        token: str = TOKEN,
        username: str = "travinhxanh_bot",
        webhook_to: Iterable[str] = (),
        lean: bool = False,
    ) -> None:
        self.port = port
        self.token = token
        self.record = Record(lean)
        self.world = World(username, int(token.partition(":")[0]), keep=8 if lean else None)
        self.feed = Feed(self.record.note_confirmed)
        self.polling = Polling(self.feed)
        self.webhook = Webhook(self.feed)
        self.webhook.reroute = list(webhook_to)
        self.webhook.keep_attempts = not lean
        self.faults = Faults()
        self._parts = Server(self.world, self.feed, self.polling, self.webhook, self.record)
        self._http: web.Server | None = None
        self._listener: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The value of TELEGRAM_API_URL."""
        return f"http://127.0.0.1:{self.port}"

    # Life cycle

    async def __aenter__(self) -> Self:
        await self.up()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.down()

    async def up(self) -> None:
        """Open the port (the same one again after `down`) and deliver what waits."""
        loop = asyncio.get_running_loop()
        self._http = web.Server(
            self._handle, request_factory=_request, access_log=None, keepalive_timeout=3600
        )
        self._listener = await loop.create_server(self._http, "127.0.0.1", self.port, backlog=512)
        self.port = self._listener.sockets[0].getsockname()[1]
        self.webhook.resume()

    async def down(self) -> None:
        """Close the port and every connection; what is stored stays."""
        await self.webhook.pause()
        if self._listener is not None:
            self._listener.close()
            await self._listener.wait_closed()
            self._listener = None
        if self._http is not None:
            await self._http.shutdown(0.01)
            self._http = None

    @contextlib.asynccontextmanager
    async def outage(self) -> AsyncIterator[None]:
        """The platform is down inside this block."""
        await self.down()
        try:
            yield
        finally:
            await self.up()

    # People, groups, odd updates

    def user(self, id: int, first_name: str = "Lan", **face: str) -> User:
        """A person who has opened the chat; `username` and `language_code` are optional."""
        return User(self._parts, {"id": id, "is_bot": False, "first_name": first_name, **face})

    def group(
        self, id: int, *members: User, title: str = "Tổ trực", supergroup: bool = False, bot_in: bool = True
    ) -> Group:
        """A group with these members; the first one is its creator."""
        group = Group(self._parts, id, title, "supergroup" if supergroup else "group")
        for number, user in enumerate(members):
            group.has(user.face, "member" if number else "creator")
        group.has(self.world.bot, "member" if bot_in else "left")
        group.chat.standing = "open" if bot_in else "kicked"
        return group

    def malformed_update(self, fields: bytes = b'"message":{"message_id":"not a number"}') -> int:
        """Queue an update no client can parse; returns its update_id."""
        return self.feed.add_raw(fields)

    def channel_post(self, text: str, id: int = -1_009_000_000_001) -> JsonObject:
        """Somebody writes in a channel the bot is in."""
        chat = self.world.chats.get(id) or self.world.add_chat(
            {"id": id, "type": "channel", "title": "Tin xã"}
        )
        message = chat.new_message({"text": text, "sender_chat": chat.face}, None)
        self.feed.add("channel_post", message, id)
        return message

    # HTTP

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.raw_path.partition("?")[0]
        if "%" in path:
            path = unquote(path)
        try:
            if path.startswith("/bot"):
                return await self._method(request, path[4:])
            if path.startswith("/file/bot"):
                return await self._file(request, path[9:])
            raise ApiError(404, "Not Found")
        except ApiError as error:
            return _refusal(error)

    async def _method(self, request: web.BaseRequest, rest: str) -> web.StreamResponse:
        name, handler = METHODS.get(self._authorised(rest).lower(), ("", None))
        if handler is None:
            raise ApiError(404, "Not Found: method not found")
        call = await read_call(request, name)
        chat = _chat_number(call)
        code = 0
        try:
            response = await self._answer(request, call, chat, handler)
            code = 0 if _is_cut(request) else response.status
            return response
        except ApiError as error:
            code = error.code
            raise
        finally:
            self.record.note_call(name, chat, code)

    async def _answer(
        self, request: web.BaseRequest, call: Call, chat: int | None, handler: Any
    ) -> web.StreamResponse:
        faults = self.faults
        if faults.latency:
            await asyncio.sleep(faults.latency)
        fault = faults.take(call.method, chat) if faults.rules else None
        if fault is not None and not fault.accepted and (early := await enact(fault, request)) is not None:
            return early
        result = handler(self._parts, call)
        if type(result) is CoroutineType:
            result = await result
        if fault is not None and fault.accepted and (late := await enact(fault, request)) is not None:
            return late
        return web.Response(body=success(result), headers=_JSON)

    def _authorised(self, rest: str) -> str:
        """What follows the token; a token that only looks right is 401, anything else 404."""
        token, slash, tail = rest.partition("/")
        if token == self.token and slash:
            return tail
        if slash and token.partition(":")[0].isdigit():
            raise ApiError(401, "Unauthorized")
        raise ApiError(404, "Not Found")

    async def _file(self, request: web.BaseRequest, rest: str) -> web.StreamResponse:
        path = self._authorised(rest)
        fault = self.faults.take(FILE_METHOD, None) if self.faults.rules else None
        if fault is not None and fault.action != "cut" and (early := await enact(fault, request)) is not None:
            return early
        stored = self.world.files.by_path.get(path)
        self.record.note_call(FILE_METHOD, None, 200 if stored else 404)
        if stored is None:
            raise ApiError(404, "Not Found")
        if fault is not None and fault.action == "cut":
            return await _half(request, stored.content, fault)
        return web.Response(body=stored.content, headers={"Content-Type": "application/octet-stream"})


async def _half(request: web.BaseRequest, content: bytes, fault: Fault) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": str(len(content))})
    await response.prepare(request)
    await response.write(content[: len(content) // 2])
    await asyncio.sleep(fault.seconds)
    reset_connection(request)
    return response


def _refusal(error: ApiError) -> web.Response:
    return web.Response(body=failure(error), status=error.code, headers=_JSON)


def _is_cut(request: web.BaseRequest) -> bool:
    return request.transport is None or request.transport.is_closing()


def _chat_number(call: Call) -> int | None:
    try:
        return int(call.params["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None


def _request(
    message: RawRequestMessage, payload: StreamReader, protocol: Any, writer: Any, task: asyncio.Task[None]
) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=MAX_BODY)
