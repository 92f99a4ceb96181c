"""The commands as other programs call them: output, exit codes, clear lines instead of tracebacks."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import ROOT, Settings
from tests.test_logs import logging_kept

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """`code, out, err = run("sort", "pin", stdin="…")`, with nothing set but DATA_DIR."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))

    def call(*words: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="ascii"))
        try:
            code = main(words)
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        out, err = capfd.readouterr()
        return code, out, err

    with logging_kept():
        yield call


def test_sort_answers_in_json(run: Run) -> None:
    code, out, _ = run("sort", "pin cũ", "--json")
    (line,) = out.splitlines()
    answer = json.loads(line)
    assert code == 0 and set(answer) == {"items", "confident"}
    assert set(answer["items"][0]) == {"id", "name", "group", "score"}
    assert answer["items"][0]["group"] == "nguy_hai"


def test_sort_reads_one_question_a_line_also_empty_and_broken_ones(run: Run) -> None:
    code, out, _ = run("sort", "--json", stdin="pin\n\nchai nhựa\r\n".encode() + b"\xff\xfe\n" + b"x" * 5000)
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and len(answers) == 5
    assert answers[0]["items"] and answers[1] == {"items": [], "confident": False} and answers[2]["items"]


def test_place_answers_with_one_array_a_line(run: Run) -> None:
    code, out, _ = run("place", "Cầu Ngang", "--json")
    (line,) = out.splitlines()
    first = json.loads(line)[0]
    assert code == 0 and set(first) == {"code", "name", "why"} and first["name"] == "Xã Cầu Ngang"
    code, out, _ = run("place", "--json", stdin=b"9.8044,106.4496\n\n999,999\n")
    arrays = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and len(arrays) == 3 and arrays[0] and arrays[1] == []


def test_content_check_is_silent_when_all_is_well(run: Run) -> None:
    assert run("content", "check") == (0, "", "")


def test_content_check_names_file_and_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    kinds = tmp_path / "content" / "kinds.yaml"
    kinds.write_text(kinds.read_text(encoding="utf-8") + "\nnonsense: true\n", encoding="utf-8")
    monkeypatch.setenv("CONTENT_DIR", str(tmp_path / "content"))
    code, out, _ = run("content", "check")
    assert code == 1
    assert all(line.count(":") >= 2 and line.split(":")[1].isdigit() for line in out.splitlines())
    assert "kinds.yaml" in out
    code, _, err = run("sort", "pin")
    assert code in (0, 1) and "Traceback" not in err


def test_migrate_says_where_it_is_and_may_be_repeated(run: Run) -> None:
    assert run("migrate")[:2] == (0, "database at revision 0002\n")
    assert run("migrate")[:2] == (0, "database at revision 0002 already\n")


def test_export_needs_no_running_bot(run: Run) -> None:
    run("migrate")
    code, out, _ = run("export", "reports", "--format", "csv")
    header = "code,state,kind,commune_code,commune,lat,lon,voices,created_at,due_at\n"
    assert (code, out) == (0, header)
    code, out, _ = run("export", "reports", "--format", "geojson")
    assert (code, json.loads(out)) == (0, {"type": "FeatureCollection", "features": []})


def test_wrong_words_exit_2(run: Run) -> None:
    for words in (
        [],
        ["dance"],
        ["content"],
        ["export", "secrets"],
        ["export", "reports", "--format", "xml"],
    ):
        code, _, err = run(*words)
        assert code == 2 and "usage" in err


def test_wrong_settings_are_named_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTEN", "8080")
    monkeypatch.setenv("TIMEZONE", "Mars/Phobos")
    code, _, err = run("migrate")
    assert code == 1
    assert "LISTEN: " in err and "TIMEZONE: " in err and "Traceback" not in err


def test_doctor_is_content_without_telegram(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTEN", "127.0.0.1:1")
    code, out, _ = run("doctor")
    assert code == 0
    assert "Telegram is off" in out and "MISSING" not in out


def test_doctor_exits_1_when_something_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:1")
    code, out, err = run("doctor")
    assert code == 1 and "MISSING Telegram" in out
    assert "abcdefghijklmnop" not in out + err


@pytest.mark.parametrize("words", [["migrate"], ["export", "reports"], ["doctor"], ["run"]])
def test_a_data_dir_that_cannot_be_is_said_in_words(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "data"))
    code, out, err = run(*words)
    assert code == 1 and "Traceback" not in err
    assert "DATA_DIR" in out + err


@pytest.mark.parametrize("words", [["migrate"], ["export", "reports"], ["doctor"], ["run"]])
def test_a_database_that_does_not_answer_is_said_in_words(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:hidden-password@127.0.0.1:1/nothing")
    monkeypatch.setenv("LISTEN", "127.0.0.1:0")
    code, out, err = run(*words)
    assert code == 1 and "Traceback" not in err
    assert "DATABASE_URL" in out + err and "hidden-password" not in out + err
