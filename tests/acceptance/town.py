"""A running bot, its platform, its admin, and ever new people who walk through a whole report."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from pathlib import Path

from tests.botapi import BotApi, Group, Sent, User
from tests.processes import Bot

ADMIN = 900
UNLIMITED = dict.fromkeys(("SEND_LIMIT", "SEND_RATE", "CHAT_LIMIT", "GROUP_LIMIT"), "100000")
MENU = [
    *("📸 Báo điểm rác", "♻️ Rác này bỏ đâu?", "🌱 Mẹo sống xanh"),
    *("📋 Phản ánh của tôi", "🔔 Nhắc nhở", "⚙️ Khác"),
]
TAKE, RESOLVE, REJECT = "✋ Nhận xử lý", "✅ Đã xử lý", "🚫 Từ chối"
AGREE, SEND = "✅ Đồng ý và gửi phản ánh", "✅ Gửi phản ánh"
_CODE = re.compile(r"TV-\d{4}-\d{4,}")


def code_in(message: Sent) -> str:
    found = _CODE.search(message.text)
    assert found, message.text
    return found[0]


@dataclass
class Town:
    api: BotApi
    bot: Bot
    folder: Path
    admin: User = field(init=False)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _places: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.admin = self.api.user(ADMIN, "Sếp")

    def newcomer(self, name: str = "Lan", language: str = "vi") -> User:
        return self.api.user(10_000 + next(self._numbers), name, language_code=language)

    def group(self, *members: User) -> Group:
        return self.api.group(-10_000 - next(self._numbers), self.admin, *members)

    def place(self) -> tuple[float, float]:
        """A point in xã Cầu Ngang, 390 m from any other: further than every kind's radius."""
        row, column = divmod(next(self._places), 8)
        return 9.7919 + 0.0035 * row, 106.4371 + 0.0035 * column

    async def summary(
        self, user: User, place: tuple[float, float] | None = None, kind: str = "Rác sinh hoạt"
    ) -> Sent:
        """A photo, a place and a kind: what is shown before it is sent."""
        await user.sends_photo()
        await user.hears("Rác ở đâu")
        await user.sends_location(*(place or self.place()))
        question = await user.hears("Đây là rác gì")
        await user.presses(question, kind)
        return await user.hears(lambda one: one.method == "sendMessage" and bool(one.labels))

    async def report(
        self, user: User, place: tuple[float, float] | None = None, kind: str = "Rác sinh hoạt"
    ) -> str:
        """Sends a report and returns its code."""
        summary = await self.summary(user, place, kind)
        await user.presses(summary, AGREE if AGREE in summary.labels else SEND)
        return code_in(await user.hears("Mã phản ánh"))

    async def summary_of_alike(self, user: User, place: tuple[float, float], kind: str) -> Sent:
        """The message about the report that is there already."""
        await self.summary(user, place, kind)
        return next(one for one in user.heard if "👍 Đúng chỗ này" in one.labels)

    async def officer(self, name: str, *, commune: str | None = None) -> User:
        """Somebody whom the admin invites as an officer, for all communes or for one by its name."""
        officer = self.newcomer(name)
        await officer.sends(f"/start {await self.invitation(commune=commune)}")
        await officer.hears("Cán bộ xử lý")
        return officer

    async def invitation(self, role: str = "Cán bộ xử lý", commune: str | None = None) -> str:
        """The payload of a one-time link."""
        admin = self.admin
        await admin.sends("/canbo")
        await admin.presses(await admin.hears(lambda one: "➕ Mời" in one.labels), "➕ Mời")
        await admin.presses(await admin.hears(lambda one: role in one.labels), role)
        area = await admin.hears(lambda one: "Tất cả xã" in one.labels)
        await admin.presses(area, "Chọn xã" if commune else "Tất cả xã")
        if commune:
            await admin.presses(await admin.hears(lambda one: "Trà Vinh" in one.labels), "Trà Vinh")
            await admin.presses(await admin.hears(lambda one: f"☐ {commune}" in one.labels), f"☐ {commune}")
            await admin.presses(await admin.hears(lambda one: f"☑ {commune}" in one.labels), "✅ Xong (1)")
        sent = await admin.hears("https://t.me/travinhxanh_bot?start=s_")
        return sent.text.partition("?start=")[2].split()[0]


async def toast(user: User, message: Sent, label: str) -> str:
    """Presses and returns what the bot answers to the press."""
    press = await user.presses(message, label)
    return str((await press.answer()).get("text", ""))
