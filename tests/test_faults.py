"""Short errors: where and what, never whom."""

from __future__ import annotations

import traceback

import pytest

from bot.faults import SHORT, counts, short_error
from tests.handlers.on_duty import filed
from tests.harness import World


def trace(error: BaseException) -> str:
    try:
        raise error
    except type(error) as raised:
        return "".join(traceback.format_exception(raised))[-2000:]


def test_an_exception_is_named_with_its_place_and_without_its_words() -> None:
    short = short_error(trace(ValueError("Nguyễn Văn A, 0912 345 678")))
    assert short.startswith("ValueError (tests/test_faults.py:")
    assert "Nguyễn" not in short and "0912" not in short


def test_words_on_several_lines_do_not_show() -> None:
    class OddError(Exception):
        pass

    short = short_error(trace(OddError("first\n[SQL: INSERT]\n[parameters: ('Lan',)]")))
    assert short.startswith("OddError (") and "Lan" not in short


def test_a_cut_trace_still_shows_nothing_private() -> None:
    assert short_error("parameters: ('Lan', 'xã Cầu Ngang')]\n(Background on this error)") == "?"


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        ("the turn took over 10 s", "the turn took over 10 s"),
        ('BadRequest: can\'t parse entities: unsupported start tag "lan" at byte 5', None),
        ("Forbidden: user 123456789 is gone", "Forbidden: user … is gone"),
        (None, "?"),
        ("", "?"),
    ],
)
def test_one_line(error: str | None, shown: str | None) -> None:
    short = short_error(error)
    assert short == shown if shown else "lan" not in short and "can't parse" in short


def test_it_is_short() -> None:
    assert len(short_error("x " * 500)) <= SHORT


async def test_counts(world: World) -> None:
    lan = world.user()
    await filed(world, lan)
    async with world.app.store.read() as connection:
        names = ("inbox", "outbox", "dead", "unknown", "questions", "missed")
        assert (await counts(connection)).shown() == dict.fromkeys(names, 0)
