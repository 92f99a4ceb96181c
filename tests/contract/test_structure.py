"""The house: who may import whom, how large files and functions may be, what they may not say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import handlers
from bot.settings import ROOT
from tests.contract.source import imports, modules, tracked, tree, uses

BOT = tuple(modules("bot"))
HANDLERS = tuple(modules("handlers"))
EDGES = {"bot/__main__.py", "bot/app.py", "bot/doctor.py", "bot/http.py"}  # where the parts meet
MACHINE = ("bot/talk/", "bot/flow/", "bot/channels/", "bot/store/")
TELEGRAM_SEAM = {
    "bot/app.py": "hands a test's transport on",
    "bot/doctor.py": "asks Telegram who the bot is",
    "bot/flow/worker.py": "parses updates",
    "bot/talk/application.py": "the library's dispatcher",
    "bot/talk/filters.py": "the library's filters",
    "bot/talk/turn.py": "holds the update",
}
MOST_LINES = 350
MOST_FUNCTION_LINES = 60


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.as_posix() for path in paths]


def domain() -> list[Path]:
    return [
        path
        for path in BOT
        if path.as_posix() not in EDGES and not path.as_posix().startswith(MACHINE)
    ]  # fmt: skip


def test_only_the_composition_root_knows_the_handlers() -> None:
    assert [path.as_posix() for path in BOT if uses(path, "handlers")] == ["bot/__main__.py"]


ABOVE = ("bot.talk", "bot.flow", "bot.channels", "bot.app")


@pytest.mark.parametrize("package", [*ABOVE, "telegram", "aiohttp"])
def test_the_domain_knows_no_conversation_no_machine_and_no_platform(package: str) -> None:
    assert domain(), "there is a domain"
    assert [path.as_posix() for path in domain() if uses(path, package)] == []


@pytest.mark.parametrize("package", ABOVE)
def test_the_store_knows_nothing_above_it(package: str) -> None:
    store = [path for path in BOT if path.as_posix().startswith("bot/store/")]
    assert [path.as_posix() for path in store if uses(path, package)] == []


def test_telegram_stays_in_its_seam() -> None:
    users = {path.as_posix() for path in BOT if uses(path, "telegram")}
    outside = {name for name in users if not name.startswith("bot/channels/telegram/")}
    assert outside == set(TELEGRAM_SEAM)


def test_a_channel_does_not_know_the_others() -> None:
    for path in BOT:
        name = path.as_posix()
        if name.startswith("bot/channels/telegram/"):
            assert not uses(path, "bot.channels.web"), name
        if name.startswith("bot/channels/web/"):
            assert not uses(path, "bot.channels.telegram"), name
        if name.startswith(("bot/flow/", "bot/talk/")):
            channels = {one for one in imports(path) if one.startswith("bot.channels.")}
            assert all(one.startswith("bot.channels.base") for one in channels), name


OUTBOX = {"bot.flow.outbox"}  # what was said here


@pytest.mark.parametrize("package", ["sqlalchemy", "aiohttp", "bot.store.engine", "bot.app"])
def test_handlers_hold_no_sql_and_no_network(package: str) -> None:
    assert [path.as_posix() for path in HANDLERS if uses(path, package)] == []


@pytest.mark.parametrize("package", ["bot.flow", "bot.channels"])
def test_handlers_know_no_machine_but_what_was_said(package: str) -> None:
    for path in HANDLERS:
        known = {name for name in imports(path) if name.startswith(f"{package}.")}
        assert {".".join(name.split(".")[:3]) for name in known} <= OUTBOX, path


def test_every_handler_file_that_has_handlers_is_in_the_table_of_contents() -> None:
    with_handlers = {
        path.stem
        for path in HANDLERS
        if path.name != "__init__.py"
        and any(
            isinstance(node, ast.AnnAssign | ast.Assign) and _assigns(node, "handlers")
            for node in tree(path).body
        )
    }
    used = set(handlers.FEATURES)
    for path in HANDLERS:  # a feature may gather the handlers of its steps
        used |= {
            name.split(".")[1]
            for name in imports(path)
            if name.startswith("handlers.")
            and name.count(".") == 2
            and name.endswith((".handlers", ".first"))
        }
        used |= {
            node.value.id
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Attribute)
            and node.attr in ("handlers", "first")
            and isinstance(node.value, ast.Name)
        }
    assert with_handlers <= used, f"never asked: {sorted(with_handlers - used)}"
    assert len(set(handlers.FEATURES)) == len(handlers.FEATURES)


def _assigns(node: ast.AnnAssign | ast.Assign, name: str) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)


def test_files_and_functions_stay_small() -> None:
    too_large = []
    for path in modules("bot", "handlers", "tests", "scripts", "bench"):
        lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES:
            too_large.append(f"{path}: {lines} lines")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MOST_FUNCTION_LINES:
                    too_large.append(f"{path}:{node.lineno}: {node.name} has {length} lines")
    assert too_large == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        path.as_posix()
        for path in modules("bot", "handlers", "scripts", "bench")
        if (ROOT / path).read_text(encoding="utf-8").strip() and not ast.get_docstring(tree(path))
    ]
    assert silent == []


# Spelled in parts, so that this file does not find itself.
FORBIDDEN = (
    r"https?://[\w.-]*(?:arti" + r"factory|nex" + r"us|dev" + r"pi|pypi" + r"\.org/simple)",
    r"files\." + "pythonhosted",
    r"--(?:extra-)?index" + "-url [^ ]*http",
    r"(?<![\w/])/work" + r"/\w+",
    r"(?i)\bclau" + r"de\b|\banthro" + r"pic\b|\bchat" + r"gpt\b|\bco" + r"pilot\b",
    r"(?i)\bissue " + r"\d+\b(?!.*github)",
)  # fmt: skip
BINARY = {".png", ".jpg", ".jpeg", ".ico", ".woff2", ".db", ".gz"}


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_files_speak_of_the_project_alone(pattern: str) -> None:
    found = []
    for path in tracked():
        if path.suffix not in BINARY:
            text = (ROOT / path).read_text(encoding="utf-8", errors="replace")
            found += [f"{path}: {match[0]!r}" for match in re.finditer(pattern, text)]
    assert found == []


def test_nothing_private_is_tracked() -> None:
    private = [path.as_posix() for path in tracked() if path.name in {".env", "webhook_secret"}]
    private += [path.as_posix() for path in tracked() if path.suffix in {".db", ".mo", ".pyc"}]
    assert private == []


def test_changes_are_told() -> None:
    fragments = [path for path in (ROOT / "changes").glob("*.md") if path.name != "README.md"]
    assert fragments and all(fragment.read_text(encoding="utf-8").strip() for fragment in fragments)
