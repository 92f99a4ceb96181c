"""How the page is answered: JSON, safe headers, and refusals in the person's own language."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.talk import texts

COOKIE_DAYS = 400  # browsers keep no cookie longer
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
        " font-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
        " require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Declined(Exception):
    """`message` is a Vietnamese source string; `code` is for the page."""

    def __init__(self, status: int, code: str, message: str, **arguments: object) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.arguments = arguments

    def text(self, language: str) -> str:
        return texts.gettext(language, self.message).format(**self.arguments)

    def body(self, language: str) -> dict[str, str]:
        return {"error": self.code, "text": self.text(language)}


def answer(body: Any, status: int = 200, **headers: str) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(
        text=text,
        status=status,
        content_type="application/json",
        headers=HEADERS | {"Cache-Control": "no-store"} | headers,
    )


def language_of(request: web.Request) -> str:
    """Vietnamese, unless the browser asks for other languages only, Khmer or else English among them."""
    asked = re.findall(
        r"\b([a-z]{2})\b(?:-\w+)?(?:;q=[\d.]+)?", request.headers.get("Accept-Language", "").lower()
    )
    others = [language for language in ("km", "en") if language in asked]
    return others[0] if others and "vi" not in asked else "vi"


def from_own_page(request: web.Request, origin: str) -> bool:
    """Whether a POST comes from the page itself. Something that says neither is not a browser on our page."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    sent = request.headers.get("Origin")
    return sent is not None and (sent == origin or urlsplit(sent).netloc == request.host)


def cookie_name(origin: str) -> str:
    return "__Host-tvx" if origin.startswith("https:") else "tvx"


def cookie_of(request: web.Request, origin: str) -> str | None:
    token = request.cookies.get(cookie_name(origin), "")
    return token if _TOKEN.fullmatch(token) else None


def set_cookie(response: web.StreamResponse, token: str, origin: str) -> None:
    response.set_cookie(
        cookie_name(origin),
        token,
        max_age=COOKIE_DAYS * 86_400,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=origin.startswith("https:"),
    )
