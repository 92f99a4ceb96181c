"""Logs: no token in any shape, both styles, arguments and tracebacks included."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
import structlog

from bot.logs import get_logger, redact, set_up_logs

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123"


@contextmanager
def logging_kept() -> Iterator[None]:
    """Whatever the block sets up, other tests find logging as it was."""
    root, kept = logging.getLogger(), structlog.get_config()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in list(root.manager.loggerDict)}
    try:
        yield
    finally:
        root.handlers, root.level = handlers, level
        for name, before in levels.items():
            logging.getLogger(name).setLevel(before)
        structlog.configure(**kept)


@pytest.fixture(autouse=True)
def _logging_kept() -> Iterator[None]:
    with logging_kept():
        yield


@pytest.mark.parametrize(
    "text",
    [
        TOKEN,
        f"https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"a token {TOKEN}.",
        f"{{'token': '{TOKEN}'}}",
        f"bot{TOKEN}",
    ],
)
def test_tokens_are_redacted(text: str) -> None:
    assert TOKEN.partition(":")[2] not in redact(text)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg"])
def test_passwords_of_databases_are_redacted(scheme: str) -> None:
    shown = redact(f"cannot connect to {scheme}://user:pa:ss%40word@host:5432/db now")
    assert "pa:ss" not in shown and "host:5432/db now" in shown


def test_other_text_stays() -> None:
    text = "12:30 at 9.8044, 106.4496: update 123456789 of https://x.vn/a:b"
    assert redact(text) == text


@pytest.mark.parametrize("style", ["json", "console"])
def test_nothing_leaks_through_fields_arguments_or_tracebacks(
    style: Literal["json", "console"], capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs("DEBUG", style)
    log = get_logger("test")
    log.debug("event", url=f"x/bot{TOKEN}/y", nested={"a": [TOKEN]})
    logging.getLogger("foreign").warning("with %s", TOKEN)
    try:
        raise RuntimeError(f"failed at {TOKEN}")
    except RuntimeError:
        log.exception("an error")
        logging.getLogger("foreign").exception("another")
    written = capsys.readouterr().err
    assert written.count("<token>") >= 5
    assert TOKEN not in written and "abcdefghijklmnopqrstuvwxyz_" not in written


def test_json_lines_are_whole_and_keep_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO", "json")
    log = get_logger("test")
    log.info("đã nhận", count=3)
    log.debug("not shown")
    (line,) = capsys.readouterr().err.splitlines()
    shown = json.loads(line)
    assert (shown["event"], shown["count"], shown["level"]) == ("đã nhận", 3, "info")
    assert "đã nhận" in line and shown["timestamp"].endswith("Z")
