"""The catalogues say what the Vietnamese source says; dates and numbers follow the language."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Message

from bot.people import LANGUAGES
from bot.sorting import load_sorting
from bot.talk import menu, texts
from handlers import unknown
from handlers.report_steps import HERE, WITHOUT_PHOTO
from scripts import locales

TWINS = {
    "baocao": "report",
    "phanloai": "sort",
    "meo": "tips",
    "dovui": "quiz",
    "theodoi": "status",
    "nhac": "reminders",
    "ngonngu": "language",
    "dulieu": "privacy",
    "trogiup": "help",
    "huy": "cancel",
}
ON_CARDS = {"✋ Nhận xử lý", "✅ Đã xử lý", "🚫 Từ chối"}
"""Buttons of the cards, which are Vietnamese for every officer: named as they are there."""

MENU = {
    menu.REPORT: "📸 Report rubbish",
    menu.SORT: "♻️ Where does it go?",
    menu.TIPS: "🌱 Green tips",
    menu.MY_REPORTS: "📋 My reports",
    menu.REMINDERS: "🔔 Reminders",
    menu.MORE: "⚙️ More",
}
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
translated = pytest.mark.parametrize("language", locales.LANGUAGES)
LATE = datetime(2026, 11, 3, 18, 5, tzinfo=UTC)  # the next day in Trà Vinh


def _messages(language: str) -> list[Message]:
    return [message for message in locales.read(language) if message.id]


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Singular and plural, or the one form there is."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def _pairs(language: str) -> Iterator[tuple[str, str]]:
    """Each source form with each translated form that may be shown for it."""
    for message in _messages(language):
        for said in _forms(message.string):
            yield _forms(message.id)[0], said


def _commands(text: str) -> list[str]:
    return re.findall(r"(?<![\w<])/([a-z]+)", text)


def test_every_language_but_the_source_has_a_catalogue() -> None:
    assert set(locales.LANGUAGES) == set(LANGUAGES) - {"vi"}


@translated
def test_nothing_is_missing_unused_or_has_other_placeholders_or_tags(language: str) -> None:
    assert list(locales.check(language, locales.extract())) == []


@translated
def test_no_translation_is_left_out(language: str) -> None:
    """What is marked fuzzy is not shown."""
    assert [message.id for message in _messages(language) if message.fuzzy] == []


@translated
def test_every_message_really_comes_out(language: str) -> None:
    for message in _messages(language):
        if isinstance(message.id, str):
            assert texts.gettext(language, message.id) == message.string
        else:
            one, many = message.id
            shown = {texts.ngettext(language, one, many, number) for number in (1, 2)}
            assert shown == set(_forms(message.string))


@translated
@pytest.mark.parametrize("part", [r"{\w*}", r"</?[a-z]+>", r"\n", r"^\s+|\s+$", r"[“”]"])
def test_form_is_kept(language: str, part: str) -> None:
    """Placeholders, tags, line breaks, quotes and the spaces at both ends: as often as in the source."""
    for source, said in _pairs(language):
        assert sorted(re.findall(part, said)) == sorted(re.findall(part, source)), source


@translated
def test_signs_in_front_are_kept(language: str) -> None:
    for source, said in _pairs(language):
        sign = re.match(r"[^\w\s<{(/]+", source)
        assert sign is None or said.startswith(sign[0]) or sign[0] == "“", source


@pytest.mark.parametrize(("language", "twins"), [("en", TWINS), ("km", {})])
def test_commands_are_the_english_twins_or_stay(language: str, twins: dict[str, str]) -> None:
    for source, said in _pairs(language):
        assert _commands(said) == [twins.get(name, name) for name in _commands(source)], source


@translated
def test_buttons_named_in_a_text_are_called_as_on_the_button(language: str) -> None:
    pairs = list(_pairs(language))
    labels = {source: said for source, said in pairs if re.match(r"\W+ \w[^<>{}.:?]{0,28}$", source)}
    assert labels.keys() > {menu.CANCEL, "➕ Mời", "👍 Đúng chỗ này"}
    for source, said in pairs:
        for label, called in labels.items():
            if label in source and not source.startswith(label):
                assert (label if label in ON_CARDS else called) in said, source


def test_what_is_unsure_or_fined_stays_vietnamese_beside_the_khmer() -> None:
    """A machine translated it; nobody may come to harm or pay for its mistakes."""
    for source, said in _pairs("km"):
        for words in ("hỏi đơn vị thu gom", "Coi chừng", "Mức phạt", "Mức tham khảo"):
            if words in source:
                assert words in said, source


def test_khmer_lines_can_break() -> None:
    """Not every phone knows Khmer words: a run without a space between them must fit a narrow bubble."""
    runs = [run for _, said in _pairs("km") for run in re.findall("[\u1780-\u17ff]+", said)]
    assert len(runs) > 1000
    assert [run for run in runs if len(run) > 30] == []


def test_labels_have_no_invisible_spaces() -> None:
    """They come back as the text of a pressed key, and are looked for in catalogues by reviewers."""
    for label in (*MENU, menu.CANCEL, HERE, WITHOUT_PHOTO):
        assert "\u200b" not in texts.gettext("km", label)


def test_only_names_and_cards_stay_vietnamese() -> None:
    names = re.compile(r"Trà Vinh( Xanh)?|Vĩnh Long|Bến Tre|chợ Cầu Ngang|✅ Đã xử lý|🚫 Từ chối")
    for source, said in _pairs("en"):
        letters = unicodedata.normalize("NFD", names.sub("", said))
        assert not re.search(r"[đĐ\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b]", letters), source


def test_plural_forms() -> None:
    plural = [message for message in _messages("en") if not isinstance(message.id, str)]
    assert plural
    for message in plural:
        one, many = _forms(message.string)
        assert one != many
    assert texts.ngettext("en", "📷 {n} ảnh", "📷 {n} ảnh", 1) == "📷 {n} photo"
    for number in (0, 2, 5):
        assert texts.ngettext("en", "📷 {n} ảnh", "📷 {n} ảnh", number) == "📷 {n} photos"
        assert texts.ngettext("vi", "📷 {n} ảnh", "📷 {n} ảnh", number) == "📷 {n} ảnh"
        assert texts.ngettext("km", "📷 {n} ảnh", "📷 {n} ảnh", number) == "📷 {n} រូប"


@pytest.mark.parametrize(("label", "english"), MENU.items())
def test_menu_labels(label: str, english: str) -> None:
    assert texts.gettext("en", label) == english
    assert texts.gettext("vi", label) == label


def test_the_menu_holds_these_labels() -> None:
    assert [label for row in menu.ROWS for label in row] == list(MENU)


def test_keys_of_reply_keyboards_differ_in_all_languages() -> None:
    """A pressed key arrives as its text alone."""
    keys = [*MENU, menu.CANCEL, HERE, WITHOUT_PHOTO]
    said = [texts.gettext(language, key) for language in LANGUAGES for key in keys]
    assert len(set(said)) == len(said)
    assert all(len(label) <= 28 for label in said)


@pytest.mark.parametrize(("vietnamese", "english"), [("pin cũ", "used battery"), ("hộp xốp", "foam box")])
def test_things_given_as_examples_are_known(vietnamese: str, english: str) -> None:
    sorting = load_sorting(locales.ROOT / "content")
    told = [(source, said) for source, said in _pairs("en") if vietnamese in source]
    assert told
    for source, said in told:
        assert english in said, source
    khmer = {"pin cũ": "ថ្មពិលចាស់", "hộp xốp": "ប្រអប់ស្នោ"}[vietnamese]
    assert any(khmer in said for _, said in _pairs("km"))
    for example in (vietnamese, english, khmer):
        assert [found.confident for found in sorting.find_many(example)] == [True]


def test_what_is_not_understood_gets_one_short_line() -> None:
    for line in (unknown.COMMAND, unknown.TEXT, unknown.OTHER, unknown.BUSY, unknown.EDITED):
        for language in LANGUAGES:
            said = texts.gettext(language, line)
            assert len(said) <= 160
            assert "\n" not in said


@translated
def test_translations_are_normalised(language: str) -> None:
    for _, said in _pairs(language):
        assert unicodedata.is_normalized("NFC", said)


def test_an_unknown_language_speaks_vietnamese() -> None:
    assert texts.gettext("lo", menu.REPORT) == menu.REPORT


def test_khmer_says_that_a_machine_made_it() -> None:
    assert texts.is_machine_made("km")
    assert not texts.is_machine_made("en")
    assert not texts.is_machine_made("vi")


def test_update_keeps_the_head_that_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(locales.LOCALES, tmp_path / "locales")
    monkeypatch.setattr(locales, "LOCALES", tmp_path / "locales")
    head = locales.path("km").read_text(encoding="utf-8").partition("\n\n")[0]
    assert "machine translation" in head
    locales.update("km", locales.extract())
    assert locales.path("km").read_text(encoding="utf-8").startswith(head + "\n\n#: ")


def test_dates_are_those_of_tra_vinh() -> None:
    assert texts.date("vi", LATE, ZONE) == "04/11/2026"
    assert texts.date("en", LATE, ZONE) == "Nov 4, 2026"
    assert texts.date("km", LATE, ZONE) == "04/11/2026"


def test_times_are_those_of_tra_vinh() -> None:
    assert texts.date_time("vi", LATE, ZONE) == "01:05, 04/11/2026"
    assert texts.date_time("en", LATE, ZONE) == "Nov 4, 2026, 01:05"
    assert texts.date_time("km", LATE, ZONE) == "01:05, 04/11/2026"


@pytest.mark.parametrize(
    ("past", "vietnamese", "english", "khmer"),
    [
        (timedelta(hours=1), "1 giờ trước", "1 hour ago", "1 ម៉ោង\u200bមុន"),
        (timedelta(hours=3), "3 giờ trước", "3 hours ago", "3 ម៉ោង\u200bមុន"),
        (timedelta(days=3), "3 ngày trước", "3 days ago", "3 ថ្ងៃ\u200bមុន"),
    ],
)
def test_relative_times(past: timedelta, vietnamese: str, english: str, khmer: str) -> None:
    assert texts.ago("vi", past) == vietnamese
    assert texts.ago("en", past) == english
    assert texts.ago("km", past) == khmer


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [(7, "7", "7"), (1240, "1.240", "1,240"), (1234.5, "1.234,5", "1,234.5")],
)
def test_numbers(value: float, vietnamese: str, english: str) -> None:
    assert texts.number("vi", value) == vietnamese
    assert texts.number("en", value) == english
    assert texts.number("km", value) == vietnamese
