"""Every emoji that the content uses as an icon ships as a small picture, and nothing else does."""

from __future__ import annotations

from PIL import Image

from bot.posters.icons import FOLDER, icon_path
from scripts.icons import CONTENT, SIDE, used

MOST_BYTES = 12_000


def test_all_icons_are_there_and_used() -> None:
    wanted = {icon_path(CONTENT, emoji): emoji for emoji in used(CONTENT)}
    assert len(wanted) > 40
    missing = {emoji for path, emoji in wanted.items() if not path.is_file()}
    assert not missing, "python -m scripts.icons"
    assert set((CONTENT / FOLDER).glob("*.png")) == wanted.keys()


def test_they_are_small_and_clear_around() -> None:
    for path in (CONTENT / FOLDER).glob("*.png"):
        assert path.stat().st_size <= MOST_BYTES, path.name
        with Image.open(path) as icon:
            assert icon.size == (SIDE, SIDE) and icon.mode == "P" and "transparency" in icon.info, path.name
