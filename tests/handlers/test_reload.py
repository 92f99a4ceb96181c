"""/naplai: edited content is live at once, or its faults are told and nothing changes."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.handlers.on_duty import audited, officer
from tests.harness import World, running

CONTENT = Path(__file__).parent.parent.parent / "content"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture
async def editable(settings: Settings, content: Path) -> AsyncIterator[World]:
    """A bot whose content may be edited."""
    async with running(settings.model_copy(update={"content_dir": content})) as world:
        yield world


def edit(content: Path, old: str, new: str) -> None:
    path = content / "sorting" / "khac.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


async def test_what_was_edited_is_live(editable: World, content: Path) -> None:
    edit(content, "name: hộp xốp", "name: hộp xốp trắng ngần")
    admin, lan = editable.admin(), editable.user()
    await admin.sends("/naplai")
    assert "✅ Đã nạp nội dung" in admin.last.text
    await lan.sends("hộp xốp trắng ngần")
    assert "Hộp xốp trắng ngần" in lan.last.text
    assert "content.reload" in await audited(editable)


async def test_faults_are_told_by_file_and_line_and_the_old_content_stays(
    editable: World, content: Path
) -> None:
    edit(content, "name: hộp xốp", "nmae: hộp xốp")
    admin, lan = editable.admin(), editable.user()
    await admin.sends("/naplai")
    assert "vẫn dùng nội dung cũ" in admin.last.text
    assert "sorting/khac.yaml:" in admin.last.text
    assert str(content) not in admin.last.text
    await lan.sends("hộp xốp")
    assert "Hộp xốp" in lan.last.text
    assert "content.reload" not in await audited(editable)


async def test_only_admins_may(editable: World) -> None:
    lan = editable.user()
    await lan.sends("/naplai")
    assert "chỉ dành cho cán bộ" in lan.last.text
    someone = await officer(editable, "Ba")
    await someone.sends("/naplai")
    assert "chỉ dành cho cán bộ" in someone.last.text
