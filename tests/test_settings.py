"""Settings from the environment: defaults of the contract, clear faults, secrets kept."""

from __future__ import annotations

import re
import stat
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.settings import ROOT, Listen, QuietHours, Settings

CONTRACT = {
    "TELEGRAM_TOKEN": "",
    "TELEGRAM_API_URL": "https://api.telegram.org",
    "TELEGRAM_WEBHOOK_URL": "",
    "TELEGRAM_WEBHOOK_SECRET": "",
    "ADMINS": "",
    "DATABASE_URL": "",
    "DATA_DIR": "./data",
    "LISTEN": "127.0.0.1:8080",
    "PUBLIC_URL": "",
    "TIMEZONE": "Asia/Ho_Chi_Minh",
    "SEND_LIMIT": "30",
    "SEND_RATE": "25",
    "CHAT_LIMIT": "1",
    "GROUP_LIMIT": "20",
    "APPROVE_ABOVE": "1000",
    "QUIET_HOURS": "22:00-07:00",
    "CONTENT_DIR": "",
    "AREAS_GEOJSON": "",
    "LOG_LEVEL": "INFO",
    "LOG_FORMAT": "",
}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in CONTRACT:
        monkeypatch.delenv(name, raising=False)


def settings(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)


def from_environment(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return settings()


def example() -> dict[str, str]:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return dict(re.findall(r"^#?([A-Z_]+)=(.*)$", text, re.MULTILINE))


def test_the_names_are_those_other_programs_rely_on() -> None:
    assert {name.upper() for name in Settings.model_fields} == set(CONTRACT)


def test_the_example_names_every_setting_with_its_default() -> None:
    assert example() == CONTRACT


def test_the_example_describes_every_setting() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if re.match(r"^#?[A-Z_]+=", line):
            comment = lines[number - 1]
            assert comment.startswith("# ") and len(comment) > 15, f"line {number + 1} has no description"


def test_the_example_used_as_it_is_gives_the_defaults(tmp_path: Path) -> None:
    copy = tmp_path / ".env"
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    copy.write_text(re.sub(r"^#([A-Z_]+=)", r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    assert Settings(_env_file=copy).model_dump() == settings().model_dump()


def test_defaults() -> None:
    default = settings()
    assert default.database == "sqlite:///data/bot.db"
    assert default.origin == "http://127.0.0.1:8080"
    assert default.quiet_hours == QuietHours(time(22), time(7))
    assert not default.has_telegram


def test_values(monkeypatch: pytest.MonkeyPatch) -> None:
    given = from_environment(
        monkeypatch,
        ADMINS=" 1, 22 ,,333",
        LISTEN=":9000",
        QUIET_HOURS="12:00 - 13:30",
        LOG_LEVEL="debug",
        TELEGRAM_API_URL="http://x/",
        DATABASE_URL="postgresql://u:pw@h/d",
    )
    assert given.admins == (1, 22, 333)
    assert given.listen == Listen("0.0.0.0", 9000)
    assert given.quiet_hours == QuietHours(time(12), time(13, 30))
    assert (given.log_level, given.telegram_api_url) == ("DEBUG", "http://x")
    assert given.database == "postgresql://u:pw@h/d"
    assert given.origin == "http://127.0.0.1:9000"


@pytest.mark.parametrize("listen", ["[::1]:80", "::1:80"])
def test_an_ipv6_origin_is_bracketed(listen: str) -> None:
    assert settings(listen=listen).origin == "http://[::1]:80"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ADMINS", "1,lan"),
        ("LISTEN", "8080"),
        ("LISTEN", "localhost:http"),
        ("LISTEN", "localhost:65536"),
        ("TIMEZONE", "Mars/Phobos"),
        ("TIMEZONE", "../../etc/passwd"),
        ("QUIET_HOURS", "22:00"),
        ("QUIET_HOURS", "25:00-07:00"),
        ("SEND_LIMIT", "0"),
        ("CHAT_LIMIT", "0"),
        ("GROUP_LIMIT", "-1"),
        ("APPROVE_ABOVE", "-1"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_value_is_a_fault_that_names_its_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(ValidationError) as raised:
        from_environment(monkeypatch, **{name: value})
    assert raised.value.errors()[0]["loc"][0] == name.lower()


@pytest.mark.parametrize(
    ("span", "inside", "outside"),
    [
        ("22:00-07:00", ["22:00", "23:59", "00:00", "06:59"], ["07:00", "12:00", "21:59"]),
        ("12:00-13:00", ["12:00", "12:59"], ["11:59", "13:00", "00:00"]),
        ("07:00-07:00", [], ["06:59", "07:00", "23:00"]),
    ],
)
def test_quiet_hours(span: str, inside: list[str], outside: list[str]) -> None:
    quiet = settings(quiet_hours=span).quiet_hours
    assert [moment for moment in inside + outside if quiet.covers(time.fromisoformat(moment))] == inside


def test_no_secret_shows() -> None:
    given = settings(
        telegram_token="123456789:" + "A" * 35,
        telegram_webhook_secret="hidden-secret",
        database_url="postgresql://u:hidden-password@h/d",
    )
    for shown in (repr(given), str(given), given.model_dump_json()):
        assert "AAAA" not in shown and "hidden" not in shown


def test_the_webhook_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    made = settings(data_dir=tmp_path / "new" / "data")
    secret = made.webhook_secret()
    assert re.fullmatch(r"[A-Za-z0-9_-]{32,256}", secret), "what Telegram accepts"
    assert made.webhook_secret() == secret
    (file,) = (tmp_path / "new" / "data").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert settings(data_dir=tmp_path, telegram_webhook_secret="own").webhook_secret() == "own"
