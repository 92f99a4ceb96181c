"""The English catalogue says what the Vietnamese source says; dates and numbers follow the language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
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
LATE = datetime(2026, 11, 3, 18, 5, tzinfo=UTC)  # the next day in Trà Vinh


def _messages() -> list[Message]:
    return [message for message in locales.read("en") if message.id]


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Singular and plural, or the one form there is."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def _pairs() -> Iterator[tuple[str, str]]:
    """Each source form with each English form that may be shown for it."""
    for message in _messages():
        for said in _forms(message.string):
            yield _forms(message.id)[0], said


def _commands(text: str) -> list[str]:
    return re.findall(r"(?<![\w<])/([a-z]+)", text)


def test_nothing_is_missing_unused_or_has_other_placeholders_or_tags() -> None:
    assert list(locales.check("en", locales.extract())) == []


def test_no_translation_waits_for_review() -> None:
    """What is marked fuzzy is left out of what is shown."""
    assert [message.id for message in _messages() if message.fuzzy] == []


def test_every_message_really_comes_out_in_english() -> None:
    for message in _messages():
        if isinstance(message.id, str):
            assert texts.gettext("en", message.id) == message.string
        else:
            one, many = message.id
            shown = tuple(texts.ngettext("en", one, many, number) for number in (1, 2))
            assert shown == _forms(message.string)


@pytest.mark.parametrize("part", [r"{\w*}", r"</?[a-z]+>", r"\n", r"^\s+|\s+$", r"[“”]"])
def test_form_is_kept(part: str) -> None:
    """Placeholders, tags, line breaks, quotes and the spaces at both ends: as often as in the source."""
    for source, said in _pairs():
        assert sorted(re.findall(part, said)) == sorted(re.findall(part, source)), source


def test_signs_in_front_are_kept() -> None:
    for source, said in _pairs():
        sign = re.match(r"[^\w\s<{(/]+", source)
        assert sign is None or said.startswith(sign[0]) or sign[0] == "“", source


def test_commands_are_the_english_twins() -> None:
    for source, said in _pairs():
        assert _commands(said) == [TWINS.get(name, name) for name in _commands(source)], source


def test_buttons_named_in_a_text_are_called_as_on_the_button() -> None:
    labels = {source: said for source, said in _pairs() if re.match(r"\W+ \w[^<>{}.:?]{0,28}$", source)}
    assert labels.keys() > {menu.CANCEL, "➕ Mời", "👍 Đúng chỗ này"}
    for source, said in _pairs():
        for label, english in labels.items():
            if label in source and not source.startswith(label):
                assert (label if label in ON_CARDS else english) in said, source


def test_only_names_and_cards_stay_vietnamese() -> None:
    names = re.compile(r"Trà Vinh( Xanh)?|Vĩnh Long|Bến Tre|chợ Cầu Ngang|✅ Đã xử lý|🚫 Từ chối")
    for source, said in _pairs():
        letters = unicodedata.normalize("NFD", names.sub("", said))
        assert not re.search(r"[đĐ\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b]", letters), source


def test_plural_forms() -> None:
    plural = [message for message in _messages() if not isinstance(message.id, str)]
    assert plural
    for message in plural:
        one, many = _forms(message.string)
        assert one != many
    assert texts.ngettext("en", "📷 {n} ảnh", "📷 {n} ảnh", 1) == "📷 {n} photo"
    for number in (0, 2, 5):
        assert texts.ngettext("en", "📷 {n} ảnh", "📷 {n} ảnh", number) == "📷 {n} photos"
        assert texts.ngettext("vi", "📷 {n} ảnh", "📷 {n} ảnh", number) == "📷 {n} ảnh"


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
    told = [(source, said) for source, said in _pairs() if vietnamese in source]
    assert told
    for source, said in told:
        assert english in said, source
    for example in (vietnamese, english):
        assert [found.confident for found in sorting.find_many(example)] == [True]


def test_what_is_not_understood_gets_one_short_line() -> None:
    for line in (unknown.COMMAND, unknown.TEXT, unknown.OTHER, unknown.BUSY, unknown.EDITED):
        for language in LANGUAGES:
            said = texts.gettext(language, line)
            assert len(said) <= 160
            assert "\n" not in said


def test_english_is_normalised() -> None:
    for _, said in _pairs():
        assert unicodedata.is_normalized("NFC", said)


def test_an_unknown_language_speaks_vietnamese() -> None:
    assert texts.gettext("km", menu.REPORT) == menu.REPORT


def test_dates_are_those_of_tra_vinh() -> None:
    assert texts.date("vi", LATE, ZONE) == "04/11/2026"
    assert texts.date("en", LATE, ZONE) == "Nov 4, 2026"


def test_times_are_those_of_tra_vinh() -> None:
    assert texts.date_time("vi", LATE, ZONE) == "01:05, 04/11/2026"
    assert texts.date_time("en", LATE, ZONE) == "Nov 4, 2026, 01:05"


@pytest.mark.parametrize(
    ("past", "vietnamese", "english"),
    [
        (timedelta(hours=1), "1 giờ trước", "1 hour ago"),
        (timedelta(hours=3), "3 giờ trước", "3 hours ago"),
        (timedelta(days=3), "3 ngày trước", "3 days ago"),
    ],
)
def test_relative_times(past: timedelta, vietnamese: str, english: str) -> None:
    assert texts.ago("vi", past) == vietnamese
    assert texts.ago("en", past) == english


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [(7, "7", "7"), (1240, "1.240", "1,240"), (1234.5, "1.234,5", "1,234.5")],
)
def test_numbers(value: float, vietnamese: str, english: str) -> None:
    assert texts.number("vi", value) == vietnamese
    assert texts.number("en", value) == english
