"""The transport against real sockets: what surely was not sent, what may have been, and uploads."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import InputFile, InputMediaPhoto

from bot.channels.telegram.request import AiohttpRequest, Api, NoAnswer, NotSent, form

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    request = AiohttpRequest()
    yield request
    await request.shutdown()


@asynccontextmanager
async def served(serve: Serve) -> AsyncIterator[str]:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot1:SECRET/sendMessage"
    finally:
        server.close()


async def send(request: AiohttpRequest, url: str, read_timeout: float | None = None) -> tuple[int, bytes]:
    return await request.do_request(url, "POST", form({"chat_id": 1, "text": "x"}), read_timeout)


async def test_a_refused_connection_was_surely_not_sent(request_: AiohttpRequest) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(NotSent) as raised:
            await send(request_, f"http://127.0.0.1:{port}/bot1:SECRET/sendMessage")
    assert "SECRET" not in repr(raised.value)


@pytest.mark.parametrize(
    "url", ["http://nowhere.invalid/bot1:SECRET/x", "not a url", "http:///x", "http://[/x"]
)
async def test_an_address_that_leads_nowhere_was_surely_not_sent(request_: AiohttpRequest, url: str) -> None:
    with pytest.raises(NotSent) as raised:
        await send(request_, url)
    assert "SECRET" not in repr(raised.value)


async def test_a_connection_that_is_never_accepted_was_surely_not_sent(
    request_: AiohttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.request.CONNECT_SECONDS", 0.2)

    async def never(*_: Any, **__: Any) -> Any:
        await asyncio.sleep(60)

    monkeypatch.setattr(asyncio.get_running_loop(), "sock_connect", never)
    with pytest.raises(NotSent):
        await send(request_, "http://127.0.0.1:1/bot1:SECRET/x")


async def _read_and_reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def _read_and_close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


async def _half_an_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok": tr')
    await writer.drain()


async def _no_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"220 smtp ready\r\n\r\n")
    await writer.drain()


@pytest.mark.parametrize("serve", [_read_and_reset, _read_and_close, _half_an_answer, _no_http])
async def test_a_connection_that_breaks_before_the_answer_may_have_been_sent(
    request_: AiohttpRequest, serve: Serve
) -> None:
    async with served(serve) as url:
        with pytest.raises(NoAnswer) as raised:
            await send(request_, url)
    assert "SECRET" not in repr(raised.value)


async def test_a_silent_server_may_have_received_it(request_: AiohttpRequest) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(-1)

    async with served(silent) as url:
        with pytest.raises(NoAnswer):
            await asyncio.wait_for(send(request_, url, 0.2), 3)
        await request_.shutdown()


@asynccontextmanager
async def echoing() -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
    """A server that keeps what it was sent: JSON, or fields and files."""
    got: list[dict[str, Any]] = []

    async def handle(request: web.Request) -> web.Response:
        if request.content_type == "application/json":
            got.append(await request.json())
        else:
            fields = await request.post()
            got.append({
                name: value.file.read() if isinstance(value, web.FileField) else value
                for name, value in fields.items()
            })  # fmt: skip
        return web.json_response({"ok": True, "result": {"message_id": len(got)}})

    application = web.Application(client_max_size=64 * 1024 * 1024)
    application.router.add_post("/{tail:.*}", handle)
    async with TestServer(application) as server:
        yield str(server.make_url("/bot1:SECRET")), got


async def test_plain_values_arrive_as_a_form(request_: AiohttpRequest) -> None:
    async with echoing() as (url, got):
        api = Api(request_, url)
        sent = await api("sendMessage", chat_id=1, text="Chào bà con 🌿", reply_markup={"a": [1]}, none=None)
    assert sent == {"message_id": 1}
    assert got == [{"chat_id": "1", "text": "Chào bà con 🌿", "reply_markup": '{"a": [1]}'}]


async def test_half_a_surrogate_pair_reaches_the_platform_somehow(request_: AiohttpRequest) -> None:
    async with echoing() as (url, got):
        api = Api(request_, url)
        await api("sendMessage", text="a \ud83d b")
        await api("sendDocument", document=InputFile(b"x"), caption="a \ud83d b")
    assert [one.get("text") or one.get("caption") for one in got] == ["a ? b", "a ? b"]


async def test_a_file_and_an_album_are_uploaded_whole(request_: AiohttpRequest) -> None:
    large = bytes(range(256)) * 4 * 4096  # 4 MB
    async with echoing() as (url, got):
        api = Api(request_, url)
        await api("sendPhoto", chat_id=1, caption="<b>ảnh</b>", photo=InputFile(large))
        await api("sendMediaGroup", chat_id=1, media=[InputMediaPhoto(large), InputMediaPhoto("file-id")])
    photo, album = got
    assert (photo["chat_id"], photo["caption"], photo["photo"]) == ("1", "<b>ảnh</b>", large)
    first, second = json.loads(album["media"])
    assert second["media"] == "file-id"
    assert album[first["media"].removeprefix("attach://")] == large


async def test_one_connection_is_used_again_and_many_at_once_are_bounded() -> None:
    request = AiohttpRequest(connections=2)
    open_now = most = 0

    async def handle(_: web.Request) -> web.Response:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        await asyncio.sleep(0.01)
        open_now -= 1
        return web.json_response({"ok": True, "result": True})

    application = web.Application()
    application.router.add_post("/{tail:.*}", handle)
    async with TestServer(application) as server:
        url = str(server.make_url("/bot1:S/x"))
        await asyncio.gather(*(send(request, url) for _ in range(10)))
        assert most == 2
        await request.shutdown()
        assert (await send(request, url))[0] == 200, "a session that was closed opens anew"
        await request.shutdown()
