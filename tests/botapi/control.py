"""The control API on a port of its own: load, faults, outages and counters for another process.

GET  /control/state                     counters, resident memory, CPU seconds of the server
GET  /control/wait?sent=N&confirmed=N&timeout=S   the state once reached (or when the time is over)
GET  /control/sends?since=I             sends and edits from that index on
GET  /control/confirmed?since=I         confirmed update ids
GET  /control/latency?skip=N            p50, p95, worst seconds from update to answer (see `load`)
POST /control/say    {"user", "text", "language_code"?}
POST /control/press  {"user", "chat"?, "message_id", "label"}
POST /control/update {"kind", "payload", "lane"}
POST /control/load   {"chats", "updates", "text", "rate"?, "first_user"?}   text may hold {n}
POST /control/faults {fields of Fault}; DELETE clears; POST /control/latency {"seconds"}
POST /control/webhook {"to": [origins]}
POST /control/down, /control/up, /control/reset
"""

from __future__ import annotations

import asyncio
import itertools
import resource
import time
from dataclasses import asdict
from typing import Any

from aiohttp import web

from tests.botapi.api import BotApi
from tests.botapi.faults import Fault
from tests.botapi.record import Sent
from tests.botapi.users import User


class Control:
    """Serves one BotApi's controls; `load` runs inside the server so that it costs little."""

    def __init__(self, api: BotApi) -> None:
        self.api = api
        self._users: dict[int, User] = {}
        self._load: asyncio.Task[None] | None = None

    def application(self) -> web.Application:
        app = web.Application()
        app.add_routes(
            [
                web.get("/control/state", self._state),
                web.get("/control/wait", self._wait),
                web.get("/control/sends", self._sends),
                web.get("/control/confirmed", self._confirmed),
                web.get("/control/latency", self._latency),
                web.post("/control/say", self._say),
                web.post("/control/press", self._press),
                web.post("/control/update", self._update),
                web.post("/control/load", self._start_load),
                web.post("/control/faults", self._fault),
                web.delete("/control/faults", self._clear),
                web.post("/control/latency", self._slow),
                web.post("/control/webhook", self._reroute),
                web.post("/control/down", self._down),
                web.post("/control/up", self._up),
                web.post("/control/reset", self._reset),
            ]
        )
        return app

    def user(self, id: int, **face: str) -> User:
        if id not in self._users:
            self._users[id] = self.api.user(id, f"Người {id}", **face)
        return self._users[id]

    # Looking

    def state(self) -> dict[str, Any]:
        record = self.api.record
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "url": self.api.url,
            "pending": len(self.api.feed.pending),
            "confirmed": record.confirmed_count,
            "sent": record.sent_count,
            "edits": len(record.edits),
            "first_sent_at": record.send_times[0] if record.send_times else None,
            "last_sent_at": record.send_times[-1] if record.send_times else None,
            "busiest_second": record.busiest(),
            "calls": dict(record.calls),
            "refused": {str(code): count for code, count in record.refused.items()},
            "conflicts": self.api.polling.conflicts,
            "webhook": self.api.webhook.info(),
            "loading": self._load is not None and not self._load.done(),
            "now": time.monotonic(),
            "cpu": usage.ru_utime + usage.ru_stime,
        }

    async def _state(self, _: web.Request) -> web.Response:
        return web.json_response(self.state())

    async def _wait(self, request: web.Request) -> web.Response:
        sent, confirmed = int(request.query.get("sent", 0)), int(request.query.get("confirmed", 0))
        record = self.api.record
        await record.until(
            lambda: record.sent_count >= sent and record.confirmed_count >= confirmed,
            float(request.query.get("timeout", 30)),
        )
        return web.json_response(self.state())

    async def _sends(self, request: web.Request) -> web.Response:
        since = int(request.query.get("since", 0))
        record = self.api.record
        return web.json_response(
            {"sent": [_shown(one) for one in record.sent[since:]], "edits": [_shown(e) for e in record.edits]}
        )

    async def _confirmed(self, request: web.Request) -> web.Response:
        confirmed = self.api.record.confirmed[int(request.query.get("since", 0)) :]
        return web.json_response([update_id for _, update_id in confirmed])

    async def _latency(self, request: web.Request) -> web.Response:
        times = sorted(self.api.record.answer_times[int(request.query.get("skip", 0)) :])
        if not times:
            return web.json_response({"count": 0})
        return web.json_response(
            {
                "count": len(times),
                "p50": times[len(times) // 2],
                "p95": times[len(times) * 95 // 100],
                "worst": times[-1],
            }
        )

    # Doing

    async def _say(self, request: web.Request) -> web.Response:
        body = await request.json()
        face = {"language_code": body["language_code"]} if "language_code" in body else {}
        return web.json_response(await self.user(body["user"], **face).sends(body["text"]))

    async def _press(self, request: web.Request) -> web.Response:
        body = await request.json()
        chat = self.api.world.chats[body.get("chat", body["user"])]
        message = chat.messages.get(body["message_id"])
        if message is None:
            raise web.HTTPNotFound(text="no such message")
        press = await self.user(body["user"]).presses(message, body["label"])
        return web.json_response({"query": press.id})

    async def _update(self, request: web.Request) -> web.Response:
        body = await request.json()
        update_id = self.api.feed.add(body["kind"], body["payload"], body.get("lane", 0))
        return web.json_response({"update_id": update_id})

    async def _start_load(self, request: web.Request) -> web.Response:
        body = await request.json()
        users = [self.user(body.get("first_user", 1_000_000) + n) for n in range(body["chats"])]
        self._load = asyncio.create_task(
            self._run_load(users, body["updates"], body["text"], float(body.get("rate", 0)))
        )
        if not body.get("rate"):
            await self._load
        return web.json_response(self.state())

    async def _run_load(self, users: list[User], updates: int, text: str, rate: float) -> None:
        """Users write in turn: all at once, or `rate` a second on an even beat."""
        start = time.monotonic()
        for number, user in zip(range(updates), itertools.cycle(users), strict=False):
            if rate and (wait := start + number / rate - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            self.api.record.note_asked(user.id)
            await user.sends(text.replace("{n}", str(number)))

    async def _fault(self, request: web.Request) -> web.Response:
        fault = self.api.faults.add(Fault(**await request.json()))
        return web.json_response(asdict(fault) | {"ends_at": None})

    async def _clear(self, _: web.Request) -> web.Response:
        self.api.faults.clear()
        return web.json_response(True)

    async def _slow(self, request: web.Request) -> web.Response:
        self.api.faults.latency = float((await request.json())["seconds"])
        return web.json_response(True)

    async def _reroute(self, request: web.Request) -> web.Response:
        self.api.webhook.reroute = list((await request.json())["to"])
        return web.json_response(True)

    async def _down(self, _: web.Request) -> web.Response:
        await self.api.down()
        return web.json_response(True)

    async def _up(self, _: web.Request) -> web.Response:
        await self.api.up()
        return web.json_response(True)

    async def _reset(self, _: web.Request) -> web.Response:
        """Forget what was recorded and what waits; people and the webhook stay."""
        self.api.faults.clear()
        self.api.feed.pending.clear()
        self.api.record.clear()
        return web.json_response(True)


def _shown(one: Sent) -> dict[str, Any]:
    return {
        "at": one.at,
        "method": one.method,
        "chat": one.chat_id,
        "message_id": one.message_id,
        "text": one.text,
        "labels": one.labels,
    }
