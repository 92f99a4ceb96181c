"""Whatever content names is there: other content, buttons, pictures, sources; and no telephone is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.content.files import read_front_matter, read_yaml
from bot.knowledge import load_knowledge
from bot.posters.icons import icon_path
from bot.settings import ROOT
from bot.talk.buttons import pack
from handlers import laws
from handlers.faq import ACTIONS
from scripts.reading_sample import Listener, pressed
from tests.contract.test_content import REVIEWED

CONTENT = ROOT / "content"
GROUPS = ("tai_che", "thuc_pham", "khac", "nguy_hai", "cong_kenh", "dac_thu")
UNREAD = frozenset({"cv9368_chua_doc", "bien_tap", "can_bo_tra_loi"})
"""Sources of which nothing was read in print."""

ONLY_FOR_REFERENCE = "mức tham khảo"
TELEPHONES = frozenset({"113", "114", "115"})
SOURCED_TELEPHONES: Set[str] = frozenset()
"""To be listed here, and beside its source in the content, once somebody has called it."""

_DOMAIN = re.compile(r"(?:https?://)?\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/[^\s,;)]*)?")
_WELL_FORMED = re.compile(
    r"(https://)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+(vn|com|net|org|me|info)(/[\w./-]*)?"
)
_LINK = re.compile(r"https?://\S+|www\.\S+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_TELEPHONE = re.compile(r"(?<![\d.,/])((?:\+84|0)(?:[ .-]?\d){8,10}|1[89]00[ .-]?\d{4,6}|1022)(?![\d/])")
_CALL = re.compile(r"(?:gọi|số|call) (1\d\d)\b", re.IGNORECASE)
_FINE = re.compile(r"phạt[^.]*\d[\d.]*(?: đến [\d.]+)? (?:triệu|ngàn|đồng)")


@cache
def yaml(name: str) -> Any:
    return read_yaml(CONTENT / name).value


def items() -> Iterator[dict[str, Any]]:
    for group in GROUPS:
        yield from yaml(f"sorting/{group}.yaml")["items"]


@cache
def tips() -> dict[str, tuple[dict[str, Any], str]]:
    """Front matter and body by id."""
    read = [read_front_matter(path) for path in sorted(CONTENT.glob("tips/*/*.md"))]
    return {document.value["id"]: (document.value, body) for document, body in read}


def quizzes() -> Iterator[dict[str, Any]]:
    for path in sorted(CONTENT.glob("quizzes/*.yaml")):
        yield from read_yaml(path).value["quizzes"]


def ids(listed: list[dict[str, Any]], key: str = "id") -> set[str]:
    return {entry[key] for entry in listed}


def named_ids() -> Iterator[tuple[str, set[str], set[str]]]:
    """Who names, what is named, what there is."""
    item_ids, sources = ids(list(items())), ids(yaml("sorting/sources.yaml")["sources"])
    groups, kinds = set(GROUPS), ids(yaml("kinds.yaml")["kinds"], "code")
    topics = ids(yaml("tips/topics.yaml")["topics"], "code")
    decision = yaml("sorting/decision.yaml")
    yield "sources of items", {source for item in items() for source in item["source"]}, sources
    yield "the province's decision", set(decision["items"]), item_ids
    yield "groups of the decision", set(decision["groups"]), groups
    yield "groups", ids(yaml("sorting/groups.yaml")["groups"], "code"), groups
    yield "kinds of tips", {tip["kind"] for tip, _ in tips().values() if "kind" in tip}, kinds
    yield "topics of tips", {tip["topic"] for tip, _ in tips().values()}, topics
    yield "tips of quizzes", {quiz["tip"] for quiz in quizzes()}, set(tips())
    yield "tips asked for", set(yaml("tips/asks.yaml")["asks"]), set(tips())
    yield (
        "buttons of help",
        {entry["action"] for entry in yaml("help.yaml")["entries"] if "action" in entry},
        set(ACTIONS),
    )
    yield "Khmer items", ids(yaml("khmer/items.yaml")["items"]), item_ids
    yield "Khmer tips", ids(yaml("khmer/tips.yaml")["tips"]), set(tips())
    labels = yaml("khmer/labels.yaml")
    yield "Khmer groups", ids(labels["groups"]), groups
    yield "Khmer topics", ids(labels["topics"]), topics
    yield "Khmer kinds", ids(labels["kinds"]), kinds


def test_every_id_that_is_named_is_there() -> None:
    for who, named, known in named_ids():
        assert named - known == set(), who
        assert known, who


def test_every_icon_of_what_people_leaf_through_has_its_picture() -> None:
    icons = {
        entry["icon"]
        for entry in [*yaml("sorting/groups.yaml")["groups"], *yaml("tips/topics.yaml")["topics"]]
    }
    icons |= {tip["icon"] for tip, _ in tips().values()}
    assert {icon for icon in icons if not icon_path(CONTENT, icon).is_file()} == set()


def told_sources() -> Iterator[str]:
    yield from (tip["source"] for tip, _ in tips().values())
    yield from (quiz["source"] for quiz in quizzes())
    yield from (law["source"] for law in yaml("laws.yaml")["laws"])
    yield from (item["source_note"] for item in items() if "source_note" in item)
    for source in yaml("sorting/sources.yaml")["sources"]:
        yield from (source["title"], source["read"], source["limits"])


def test_every_domain_that_is_named_as_a_source_is_well_formed() -> None:
    domains = {domain.rstrip(".") for source in told_sources() for domain in _DOMAIN.findall(source)}
    assert len(domains) > 20
    assert {domain for domain in domains if not _WELL_FORMED.fullmatch(domain)} == set()


def content_files() -> Iterator[Path]:
    yield from sorted([*CONTENT.rglob("*.yaml"), *CONTENT.rglob("*.md")])


def test_no_content_tells_a_mail_address_or_a_telephone_that_nobody_called() -> None:
    for path in content_files():
        text = path.read_text(encoding="utf-8")
        told = {*_TELEPHONE.findall(text), *_CALL.findall(text)} - TELEPHONES - SOURCED_TELEPHONES
        assert (told, _MAIL.findall(text)) == (set(), []), path


@pytest.mark.parametrize(
    "text", ["0294 3 855 123", "số 1900 1006", "gọi 1022", "+84 91 234 56 78", "086 900 0660", "gọi 119"]
)
def test_telephones_are_recognised(text: str) -> None:
    assert _TELEPHONE.search(text) or _CALL.search(text)


def test_cards_hold_no_links_that_could_break() -> None:
    """Sources are named by their site: what a page's address was tomorrow nobody knows."""
    for path in content_files():
        if path.name != "LICENSE.md":
            assert _LINK.findall(path.read_text(encoding="utf-8")) == [], path


def test_what_is_sure_rests_on_something_that_was_read() -> None:
    assert [
        item["id"] for item in items() if item["confidence"] == "high" and UNREAD.issuperset(item["source"])
    ] == []


def test_a_fine_is_never_told_without_saying_that_it_is_for_reference() -> None:
    texts = [f"{body} {tip['source']}" for tip, body in tips().values()]
    texts += [f"{quiz['question']} {quiz['why']} {quiz['source']}" for quiz in quizzes()]
    texts += [f"{item.get('hazard', '')} {item['prep']}" for item in items()]
    fines = [text for text in texts if _FINE.search(text)]
    assert len(fines) > 5
    assert [text for text in fines if ONLY_FOR_REFERENCE not in text] == []


async def test_a_law_card_says_where_it_stands_and_when_it_was_checked() -> None:
    turn = Listener(load_knowledge(CONTENT))
    for law in turn.knowledge.laws.all:
        card = await pressed(turn, laws.open_card, pack("law.card", law.id))
        assert law.checked <= REVIEWED and f"Kiểm ngày {law.checked:%d/%m/%Y}" in card, law.id
        assert law.source in card and ONLY_FOR_REFERENCE in card.lower(), law.id
        assert law.articles or re.search("chưa (kiểm|đọc) được", law.answer), law.id
        if law.amount or "000 đồng" in law.answer:
            assert law.articles and re.match(r"Điều \d+ ", law.articles), law.id
