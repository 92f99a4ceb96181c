"""Every setting, from the environment or `.env`. `.env.example` is checked against this file."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.address import Address, address

ROOT = Path(__file__).resolve().parent.parent


class Listen(NamedTuple):
    host: str
    port: int


class QuietHours(NamedTuple):
    """Start included, end excluded, over midnight allowed; equal ends mean none."""

    start: time
    end: time

    def covers(self, moment: time) -> bool:
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True, frozen=True)

    telegram_token: SecretStr = Field(SecretStr(""), description="BotFather token; empty = no Telegram")
    telegram_api_url: str = Field("https://api.telegram.org", description="Bot API server")
    telegram_webhook_url: str = Field(
        "", description="public https origin of this bot, without a path; empty = polling"
    )
    telegram_webhook_secret: SecretStr = Field(
        SecretStr(""), description="secret token for the webhook; empty = random, stored in DATA_DIR"
    )
    admins: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="Telegram user ids, comma-separated, who are admins from the first start"
    )
    database_url: SecretStr = Field(
        SecretStr(""), description="sqlite:///path or postgresql://…; empty = sqlite:///<DATA_DIR>/bot.db"
    )
    data_dir: Path = Field(Path("data"), description="database and media")
    listen: Annotated[Listen, NoDecode] = Field(
        Listen("127.0.0.1", 8080), description="host:port of the web page, webhooks and health"
    )
    public_url: str = Field("", description="where people reach the web page; empty = derived from LISTEN")
    timezone: Annotated[ZoneInfo, NoDecode] = Field(
        ZoneInfo("Asia/Ho_Chi_Minh"), description="zone in which times are shown"
    )
    send_limit: int = Field(30, ge=1, description="all messages per second, replies included")
    send_rate: int = Field(25, ge=1, description="the share of SEND_LIMIT for campaigns and reminders")
    chat_limit: float = Field(1, gt=0, description="messages per second to one private chat (burst 3)")
    group_limit: int = Field(20, ge=1, description="messages per minute to one group")
    approve_above: int = Field(
        1000, ge=0, description="recipients above which a second admin must approve a campaign"
    )
    quiet_hours: Annotated[QuietHours, NoDecode] = Field(
        QuietHours(time(22), time(7)), description="no campaign or reminder in this span"
    )
    content_dir: Path = Field(ROOT / "content", description="what the bot knows")
    areas_geojson: Path | None = Field(None, description="commune boundaries, if the operator has them")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="how much is logged")
    log_format: Literal["", "console", "json"] = Field(
        "", description="console or json; empty = console on a terminal, else json"
    )

    @field_validator("admins", mode="before")
    @classmethod
    def _parse_admins(cls, value: Any) -> Any:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @field_validator("listen", mode="before")
    @classmethod
    def _parse_listen(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        host, colon, port = value.rpartition(":")
        if not colon or not port.isdecimal() or int(port) > 65_535:
            raise ValueError("must be host:port, for example 127.0.0.1:8080")
        return Listen(host.strip("[]") or "0.0.0.0", int(port))  # noqa: S104 (":8080" asks for all)

    @field_validator("timezone", mode="before")
    @classmethod
    def _parse_timezone(cls, value: Any) -> Any:
        try:
            return ZoneInfo(value) if isinstance(value, str) else value
        except KeyError:
            raise ValueError("unknown zone; for example Asia/Ho_Chi_Minh") from None

    @field_validator("quiet_hours", mode="before")
    @classmethod
    def _parse_quiet_hours(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        start, _, end = value.partition("-")
        try:
            return QuietHours(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()))
        except ValueError:
            raise ValueError("must be two times of day, for example 22:00-07:00") from None

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value()
        if url and not url.startswith(("sqlite:///", "postgresql://", "postgresql+asyncpg://")):
            raise ValueError("must be sqlite:///path or postgresql://user@host/name")
        return value

    @field_validator("telegram_api_url", "telegram_webhook_url", "public_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @property
    def admin_addresses(self) -> tuple[Address, ...]:
        return tuple(address("telegram", user_id) for user_id in self.admins)

    @property
    def has_telegram(self) -> bool:
        return bool(self.telegram_token.get_secret_value())

    @property
    def database(self) -> str:
        """The URL as given, or SQLite in DATA_DIR. May hold a password: never log it."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir / 'bot.db'}"

    @property
    def media_dir(self) -> Path:
        return self.data_dir / "media"

    @property
    def origin(self) -> str:
        """Where people reach the web page, without a trailing slash."""
        if self.public_url:
            return self.public_url
        host = "127.0.0.1" if self.listen.host in {"0.0.0.0", "::"} else self.listen.host  # noqa: S104
        return f"http://[{host}]:{self.listen.port}" if ":" in host else f"http://{host}:{self.listen.port}"

    def webhook_secret(self) -> str:
        """The secret as set, or one made once and kept in DATA_DIR."""
        return self.telegram_webhook_secret.get_secret_value() or _kept_secret(
            self.data_dir / "webhook_secret"
        )


def _kept_secret(path: Path) -> str:
    """Copies that share a directory agree on the first secret written; nobody reads half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        own = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        own.touch(mode=0o600)
        own.write_text(secrets.token_urlsafe(32), encoding="ascii")
        with suppress(FileExistsError):
            path.hardlink_to(own)
        own.unlink()
    return path.read_text(encoding="ascii").strip()
