"""The page's addresses, and what each call goes through before it is served."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.channels.web import assets, posting, reading, uploads, visitors
from bot.channels.web.answers import (
    HEADERS,
    Declined,
    answer,
    cookie_of,
    from_own_page,
    language_of,
    set_cookie,
)
from bot.channels.web.feed import Feed
from bot.channels.web.media import Signer
from bot.channels.web.parts import Brake, Parts
from bot.channels.web.render import Renderer
from bot.channels.web.visitors import Visitor
from bot.clock import Clock
from bot.flow.inbox import Inbox
from bot.flow.wake import Wake
from bot.logs import get_logger
from bot.photos import Shelf
from bot.refusal import N_
from bot.settings import Settings
from bot.store.engine import Store
from bot.talk import texts

log = get_logger(__name__)
Handler = Callable[[Parts, Visitor, web.Request], Awaitable[web.StreamResponse]]
Served = Callable[[web.Request], Awaitable[web.StreamResponse]]
LANGUAGE = web.RequestKey("language", str)
POSTS_AT_ONCE, POSTS_A_SECOND = 40, 2.0
NO_COOKIE = N_("Trình duyệt chưa cho phép cookie của trang này. Bạn cho phép rồi tải lại trang nha.")
FAILED = N_("Máy chủ đang bận. Bạn thử lại sau ít giây nha.")
FOREIGN = N_("Yêu cầu này không đến từ trang trò chuyện.")
SPENT_KEY = N_("Liên kết này đã dùng rồi hoặc không đúng. Khởi động lại bot để có liên kết mới.")


class Site:
    def __init__(
        self,
        settings: Settings,
        store: Store,
        clock: Clock,
        intake: Inbox,
        wake: Wake,
        shelf: Shelf,
        feed: Feed,
    ) -> None:
        self._origin = settings.origin
        self._store = store
        self._clock = clock
        self._shared = (settings, store, clock, intake, wake, shelf, feed)
        self._parts: Parts | None = None
        self._assets = assets.load()
        self._brake = Brake(POSTS_AT_ONCE, POSTS_A_SECOND)

    def open(self, renderer: Renderer, signer: Signer) -> None:
        """Until then every call is answered 503."""
        self._parts = Parts(*self._shared, renderer, signer)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._page),
            web.get("/admin", self._sign_in),
            web.get("/static/{path:.+}", self._static),
            web.get("/api/me", self._answering(self._me)),
            web.get("/api/history", self._read(reading.history)),
            web.get("/api/events", self._read(reading.events)),
            web.get(r"/media/{signature}/photo/{id:\d+}/{size:thumb|full}", self._read(reading.photo)),
            web.get(r"/media/{signature}/file/{id:\d+}", self._read(reading.file)),
            web.post("/api/messages", self._post(posting.message)),
            web.post("/api/press", self._post(posting.press)),
            web.post("/api/photos", self._post(uploads.upload)),
        ]

    async def _page(self, request: web.Request) -> web.StreamResponse:
        response = self._assets["index.html"].answer(request)
        set_cookie(response, cookie_of(request, self._origin) or visitors.new_token(), self._origin)
        return response

    async def _static(self, request: web.Request) -> web.StreamResponse:
        asset = self._assets.get(request.match_info["path"])
        if asset is None:
            raise web.HTTPNotFound
        return asset.answer(request)

    async def _sign_in(self, request: web.Request) -> web.StreamResponse:
        token = cookie_of(request, self._origin) or visitors.new_token()
        language, now = language_of(request), self._clock.now()
        async with self._store.transaction() as connection:
            visitor = await visitors.ensure(connection, token, language, now)
            key = request.query.get("key", "")
            welcome = await visitors.sign_in(connection, visitor, key, now, self._store.is_sqlite)
        if not welcome:
            return web.Response(status=403, text=texts.gettext(language, SPENT_KEY), headers=HEADERS)
        response = web.Response(status=303, headers=HEADERS | {"Location": "/", "Cache-Control": "no-store"})
        set_cookie(response, token, self._origin)
        return response

    async def _me(self, request: web.Request) -> web.StreamResponse:
        token = self._token(request)
        async with self._store.transaction() as connection:
            visitor = await visitors.ensure(connection, token, language_of(request), self._clock.now())
        return answer(reading.me(visitor))

    def _token(self, request: web.Request) -> str:
        token = cookie_of(request, self._origin)
        if token is None:
            raise Declined(401, "no_cookie", NO_COOKIE)
        return token

    def _read(self, handler: Handler) -> Served:
        async def serve(request: web.Request) -> web.StreamResponse:
            return await handler(self._opened(), await self._visitor(request), request)

        return self._answering(serve)

    def _post(self, handler: Handler) -> Served:
        async def serve(request: web.Request) -> web.StreamResponse:
            if not from_own_page(request, self._origin):
                raise Declined(403, "foreign", FOREIGN)
            visitor = await self._visitor(request)
            self._brake.pass_or_decline(visitor.id)
            return await handler(self._opened(), visitor, request)

        return self._answering(serve)

    async def _visitor(self, request: web.Request) -> Visitor:
        async with self._store.read() as connection:
            visitor = await visitors.find(connection, self._token(request), language_of(request))
        if visitor is None:
            raise Declined(401, "no_cookie", NO_COOKIE)
        request[LANGUAGE] = visitor.language
        return visitor

    def _opened(self) -> Parts:
        if self._parts is None:
            raise Declined(503, "starting", FAILED)
        return self._parts

    def _answering(self, serve: Served) -> Served:
        """Whatever goes wrong is told in the person's language; a retry is safe and may help."""

        async def served(request: web.Request) -> web.StreamResponse:
            try:
                return await serve(request)
            except Declined as declined:
                return _declined(request, declined)
            except (web.HTTPException, ConnectionError):
                raise
            except Exception:
                resource = request.match_info.route.resource
                log.exception("web: a call failed", call=resource.canonical if resource else "")
                return _declined(request, Declined(503, "failed", FAILED))

        return served


def _declined(request: web.Request, why: Declined) -> web.Response:
    headers = {"Retry-After": "5"} if why.status in (429, 503) else {}
    return answer(why.body(request.get(LANGUAGE) or language_of(request)), why.status, **headers)
