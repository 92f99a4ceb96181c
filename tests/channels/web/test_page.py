"""The page itself: strict headers, nothing from elsewhere, every file served."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from bot.channels.web import assets
from bot.channels.web.answers import HEADERS
from tests.channels.web.conftest import Web

ASSETS = assets.load()


class _Inline(HTMLParser):
    """Finds what a strict policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith("on")]


def test_no_inline_scripts_or_styles() -> None:
    reader = _Inline()
    reader.feed(ASSETS["index.html"].raw.decode())
    assert reader.found == []


@pytest.mark.parametrize("name", sorted(ASSETS))
def test_nothing_is_loaded_from_elsewhere(name: str) -> None:
    text = ASSETS[name].raw.decode(errors="replace")  # fonts are no text
    loads = re.findall(r"""(?:src|@import|url\(|from|import)\s*[=(]?\s*["'(]?(https?://[^"')\s]+)""", text)
    assert loads == []


@pytest.mark.parametrize("name", [name for name in sorted(ASSETS) if name.endswith(".js")])
def test_scripts_never_parse_markup(name: str) -> None:
    text = ASSETS[name].raw.decode()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text)


def test_every_reference_is_a_file() -> None:
    page = ASSETS["index.html"].raw.decode()
    named = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page))
    for script in (name for name in ASSETS if name.endswith(".js")):
        imports = re.findall(r'from "\./([^"]+)"', ASSETS[script].raw.decode())
        named |= {f"js/{imported}" for imported in imports}
    for sheet in (name for name in ASSETS if name.endswith(".css")):
        named |= set(re.findall(r'url\("?/static/([^")]+)', ASSETS[sheet].raw.decode()))
    assert named <= set(ASSETS)
    assert {name for name in ASSETS if name.endswith((".js", ".css", ".woff2"))} <= named


def test_all_languages_say_the_same_things() -> None:
    source = ASSETS["js/i18n.js"].raw.decode() + ASSETS["js/khmer.js"].raw.decode()
    tables = dict(re.findall(r"const (vi|en|km) = \{\n(.*?)\n\};", source, re.S))
    keys = {
        language: {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in _entries(table)}
        for language, table in tables.items()
    }
    assert keys["vi"] == keys["en"] == keys["km"]
    used = set()
    for name in ASSETS:
        text = ASSETS[name].raw.decode(errors="replace")
        used |= set(re.findall(r"\bt\(\"(\w+)\"", text)) | set(
            re.findall(r'data-i18n(?:-label)?="(\w+)"', text)
        )
    assert used <= set(keys["vi"])


def _entries(table: str) -> list[tuple[str, str]]:
    return re.findall(r"^  (\w+): \"(.*)\",$", table, re.M)


async def test_files_are_packed_and_revalidated(site: Web) -> None:
    page = await site.visitor()
    async with page.session.get(site.base + "/static/js/main.js") as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.content_type == "text/javascript"
        etag = answer.headers["ETag"]
    async with page.session.get(site.base + "/static/js/main.js", headers={"If-None-Match": etag}) as answer:
        assert answer.status == 304


@pytest.mark.parametrize(
    "path", ["/static/../channel.py", "/static/%2e%2e/channel.py", "/static/js", "/static/nein"]
)
async def test_nothing_else_is_served(site: Web, path: str) -> None:
    page = await site.visitor()
    assert (await page.get(path))[0] == 404


async def test_the_policy_is_on_every_answer(site: Web) -> None:
    page = await site.visitor()
    for path in ("/", "/static/icon.svg", "/api/me", "/api/history?room=x", "/admin?key=x"):
        async with page.session.get(site.base + path) as answer:
            assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_khmer_letters_are_small_and_may_be_loaded(site: Web) -> None:
    fonts = [name for name in ASSETS if name.endswith(".woff2")]
    assert len(fonts) == 2
    assert sum(len(ASSETS[name].raw) for name in fonts) < 80_000
    page = await site.visitor("km")
    async with page.session.get(site.base + f"/static/{fonts[0]}") as answer:
        assert answer.content_type == "font/woff2"
        assert await answer.read() == ASSETS[fonts[0]].raw
        assert "font-src 'self'" in answer.headers["Content-Security-Policy"]
