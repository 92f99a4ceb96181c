"""What ships is whole: content without faults, every source string translated."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

from bot.channels.telegram.introduction import COMMANDS, DESCRIPTION, SHORT
from bot.content.check import check
from bot.people import LANGUAGES
from bot.settings import ROOT

REVIEWED = date(2026, 11, 22)  # `make check` asks for today: what has grown old since is the editors' work


def test_the_content_has_no_faults() -> None:
    assert [str(fault) for fault in check(ROOT / "content", REVIEWED)] == []


def test_every_source_string_is_translated() -> None:
    command = [sys.executable, "-m", "scripts.locales", "check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_what_telegram_shows_is_within_its_limits_in_every_language() -> None:
    assert set(COMMANDS) == set(DESCRIPTION) == set(SHORT) == set(LANGUAGES)
    for commands in COMMANDS.values():
        assert len({name for name, _ in commands}) == len(commands) <= 100
        for name, text in commands:
            assert name.isascii() and name.islower() and len(name) <= 32
            assert 1 <= len(text) <= 256
    assert all(len(text) <= 512 for text in DESCRIPTION.values())
    assert all(len(text) <= 120 for text in SHORT.values())


def test_every_shipped_json_file_can_be_read() -> None:
    for path in (ROOT / "content").rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
