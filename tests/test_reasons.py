from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.content.files import ContentError
from bot.reasons import Reasons, load_reasons

CONTENT = Path(__file__).parents[1] / "content"


@pytest.fixture(scope="module")
def reasons() -> Reasons:
    return load_reasons(CONTENT)


def faults_after(folder: Path, old: str, new: str) -> list[str]:
    """What is said of reasons.yaml once `old` is `new`, as 'line: message'."""
    path = Path(shutil.copy(CONTENT / "reasons.yaml", folder))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_reasons(folder)
    return [f"{fault.line}: {fault.message}" for fault in error.value.faults]


def line_of(text: str) -> int:
    lines = (CONTENT / "reasons.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_a_refusal_says_why_and_where_to_go_instead(reasons: Reasons) -> None:
    refusal = reasons.rejecting("outside")
    assert refusal.label.vi == "Ngoài địa bàn"
    assert "UBND" in refusal.where.of("vi")
    assert "police" in refusal.where.of("en")
    assert {reason.code for reason in reasons.reject} >= {
        "outside",
        "not_waste",
        "unclear",
        "dispute",
        "complaint",
    }


def test_closing_without_a_photo_has_reasons_of_its_own(reasons: Reasons) -> None:
    assert reasons.without_photo("collector").text.en.startswith("The collector")
    assert len(reasons.no_photo) >= 4


@pytest.mark.parametrize("code", ["none", "collector"])
def test_an_unknown_code_is_refused(reasons: Reasons, code: str) -> None:
    with pytest.raises(KeyError):
        reasons.rejecting(code)


def test_the_lists_are_not_mixed(reasons: Reasons) -> None:
    with pytest.raises(KeyError):
        reasons.without_photo("outside")


def test_no_number_but_113_114_115_is_told(reasons: Reasons) -> None:
    told = " ".join(
        f"{reason.text.vi} {reason.text.en} {reason.where.vi} {reason.where.en}" for reason in reasons.reject
    )
    assert set(re.findall(r"\d{3,}", told)) <= {"113", "114", "115"}


def test_labels_fit_a_button(reasons: Reasons) -> None:
    labels = [reason.label for reason in (*reasons.reject, *reasons.no_photo)]
    assert max(len(text) for label in labels for text in (label.vi, label.en)) <= 40


def test_an_overlong_label_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults_after(tmp_path, '"Ngoài địa bàn"', f'"{"dài " * 11}"')
    assert fault.startswith(f"{line_of('Ngoài địa bàn')}: reject.0.label.vi")


def test_a_repeated_code_is_a_fault_within_its_own_list(tmp_path: Path) -> None:
    assert faults_after(tmp_path, "code: hamlet", "code: collector") == [
        f"{line_of('code: hamlet')}: code 'collector' is used twice"
    ]


def test_a_refusal_without_another_way_is_a_fault(tmp_path: Path) -> None:
    faults = faults_after(tmp_path, "    where:\n", "    elsewhere:\n")
    assert any("reject.0.where" in fault for fault in faults)
