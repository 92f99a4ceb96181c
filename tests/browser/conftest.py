"""A running bot, and Chromium to look at it. Without a Chromium these tests are named as skipped."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bot.channels.web import visitors
from bot.store.engine import Store

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOT = Path(__file__).parents[2]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}

Open = Callable[..., Awaitable[Page]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = str(Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="module"), append=False)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium: install it or set CHROMIUM"))


class Bot:
    """`python -m <words>` as a process of its own, started when it has printed its links."""

    def __init__(self, directory: Path, *words: str) -> None:
        self._words = words
        self._directory = directory
        self._port = _free_port()
        self._process: asyncio.subprocess.Process | None = None
        self.printed: dict[str, str] = {}

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        with (self._directory / "log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", *self._words),
                cwd=self._directory,  # away from the .env of who runs the tests
                env=self._environment(),
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout
        async for line in self._process.stdout:
            label, _, link = line.decode().partition(":")
            self.printed[label.strip()] = link.strip()
            if "/admin?key=" in link:
                return
        raise RuntimeError((self._directory / "log").read_text())

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | {
            "PYTHONPATH": str(ROOT),
            "DATA_DIR": str(self._directory),
            "LISTEN": f"127.0.0.1:{self._port}",
        }

    async def admin_link(self) -> str:
        """A new one each time, because each works once."""
        store = Store(f"sqlite:///{self._directory / 'bot.db'}")
        key = await store.write(visitors.new_key)
        await store.close()
        return f"{self.origin}/admin?key={key}"

    async def stop(self) -> None:
        if self._process and self._process.returncode is None:
            self._process.terminate()
            await self._process.communicate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    """One for all tests of a module: each of them is a visitor of its own."""
    process = Bot(tmp_path_factory.mktemp("bot"), "tests.browser.talk")
    await process.start()
    yield process
    await process.stop()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="module")
async def visit(bot: Bot, browser: Browser) -> AsyncIterator[Open]:
    """Opens the page as a new visitor. At the end no page may have complained on its console."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    async def open_page(path: str = "/", *, phone: bool = False, **options: object) -> Page:
        wanted = {"locale": "vi-VN", **(PHONE if phone else DESKTOP), **options}
        context = await browser.new_context(**wanted)  # type: ignore[arg-type]
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if _bad(message.type, message.text) else None,
        )
        await page.goto(path if path.startswith("http") else bot.origin + path)
        await page.wait_for_selector(".room")
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert complaints == []


def _bad(kind: str, text: str) -> bool:
    # Lost connections and refused calls are part of some tests; the browser reports them by itself.
    expected = "net::ERR" in text or text.startswith("Failed to load resource")
    return kind in ("error", "warning") and not expected
