"""The content in use: renewed whole when files change, kept when they are wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content.files import ContentError
from bot.library import Library

CONTENT = Path(__file__).parent.parent / "content"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Content that a test may change."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def rename(content: Path, new: str) -> None:
    path = content / "sorting" / "khac.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    name: hộp xốp\n", f"    name: {new}\n"), encoding="utf-8")


def name(library: Library) -> str:
    return library.knowledge.sorting.item("hop_xop").name


async def test_files_that_came_to_rest_are_read_again(content: Path) -> None:
    library = Library(content)
    assert not await library.renew_if_changed()
    rename(content, "hộp xốp trắng")
    assert not await library.renew_if_changed()  # somebody may still be writing
    assert await library.renew_if_changed()
    assert name(library) == "hộp xốp trắng"
    assert not await library.renew_if_changed()


async def test_a_bad_file_keeps_everything_as_it_was_and_is_told_once(content: Path) -> None:
    library = Library(content)
    before = library.knowledge
    rename(content, "hộp xốp trắng")
    kinds = content / "kinds.yaml"
    good = kinds.read_text(encoding="utf-8")
    kinds.write_text("kinds: [\n", encoding="utf-8")
    await library.renew_if_changed()
    with pytest.raises(ContentError) as caught:
        await library.renew_if_changed()
    assert any(fault.path.name == "kinds.yaml" for fault in caught.value.faults)
    assert library.knowledge is before
    assert not await library.renew_if_changed()
    kinds.write_text(good, encoding="utf-8")
    await library.renew_if_changed()
    assert await library.renew_if_changed()
    assert name(library) == "hộp xốp trắng"


async def test_the_faults_of_all_parts_are_told(content: Path) -> None:
    library = Library(content)
    (content / "kinds.yaml").write_text("kinds: 3\n", encoding="utf-8")
    (content / "holidays.yaml").unlink()
    with pytest.raises(ContentError) as caught:
        await library.renew()
    assert {"kinds.yaml", "holidays.yaml"} <= {fault.path.name for fault in caught.value.faults}


def test_there_is_no_start_without_content(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        Library(tmp_path)
