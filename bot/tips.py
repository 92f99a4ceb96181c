"""Tips for green living: topics, the tips in them, and finding either by what people type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bot.asking import Ask, whole_questions
from bot.content.fields import BilingualLabel, Code, Entry, Text, Wording, repeated
from bot.content.files import ContentError, Document, Fault, read_front_matter, read_yaml
from bot.fold import fold
from bot.kinds import load_kinds
from bot.search import Entry as Named
from bot.search import Index, Words, load_words
from bot.translations import TipText, Vietnamese, tip_texts, with_names

SHORTEST, LONGEST = 40, 90  # words of a body: read in half a minute on a small screen
_WISHES = (
    "cho [tôi/tui/mình/em/con] xin/coi/xem/biết",
    "(làm sao để/làm sao/làm thế nào/như thế nào/thế nào/ra sao/bằng cách nào)",
    "mẹo/cách/tips/muốn/xin/có/nào/gì/sao/không/hông/về",
)
_CLOSE, _NEAR = 90, 74  # 0..100: named unasked; named by who asks for a tip
_AHEAD = 6  # what is as near and of another topic leaves it open
_MARKUP = re.compile(r"^#|\*\*|__|</?[a-z]+>|\]\(", re.MULTILINE)


class Topic(Entry):
    """A button of the tips menu; `words` are other names people use for it."""

    code: Code
    icon: Text
    name: BilingualLabel
    words: tuple[Wording, ...] = ()

    @property
    def family(self) -> str:
        """The code of the topic it belongs to: its own."""
        return self.code


class Tip(Entry):
    """One action and why it matters. `body` is plain text; paragraphs are parted by an empty line."""

    id: Code
    topic: Code
    title: Annotated[Text, Field(max_length=70)]
    source: Text
    confidence: Literal["high", "medium", "low"]
    season: Literal["all"] | Annotated[tuple[Annotated[int, Field(ge=1, le=12)], ...], Field(min_length=1)]
    audience: Literal["everyone", "household", "farmer", "fisher", "trader", "school"]
    icon: Text
    kind: Code | None = None  # of the reports after which this tip is told
    body: str = ""
    km: TipText | None = None

    @property
    def family(self) -> str:
        return self.topic

    def told_in(self, language: str) -> Tip | TipText:
        """What has `title` and `body` in this language, or in Vietnamese."""
        return self.km if language == "km" and self.km else self

    def fits(self, month: int) -> bool:
        return self.season == "all" or month in self.season


class _Topics(Entry):
    topics: tuple[Topic, ...] = Field(min_length=1)


class _Asks(Entry):
    asks: dict[Code, Annotated[tuple[Ask, ...], Field(min_length=1)]]


Asks = Mapping[str, Sequence[str]]
"""Tip id → ways of asking for it, beside its title."""


class Tips:
    """All tips by topic. Every look-up by code raises KeyError for a code that does not exist."""

    def __init__(self, topics: Sequence[Topic], tips: Iterable[Tip], asks: Asks, words: Words) -> None:
        self.topics = tuple(topics)
        self.all = ordered = tuple(sorted(tips, key=lambda tip: tip.id))
        self._tips = {tip.id: tip for tip in ordered}
        self._by_topic = {
            topic.code: tuple(tip for tip in ordered if tip.topic == topic.code) for topic in topics
        }
        self._by_kind = {tip.kind: tip for tip in ordered if tip.kind is not None}
        self._topics = {topic.code: topic for topic in topics}
        self._index = Index(_named(self.topics, ordered, asks), whole_questions(words, *_WISHES))

    def topic(self, code: str) -> Topic:
        return self._topics[code]

    def tip(self, tip_id: str) -> Tip:
        return self._tips[tip_id]

    def of(self, topic: str, day: date | None = None) -> tuple[Tip, ...]:
        """The tips of a topic, in a fixed order; with a day those in season come first.

        Each day another of them opens the topic, so that who looks in daily is told something new.
        """
        tips = self._by_topic[topic]
        if day is None:
            return tips
        fitting = sorted((tip for tip in tips if tip.fits(day.month)), key=lambda tip: tip.season == "all")
        start = day.toordinal() % max(1, len(fitting))
        return (*fitting[start:], *fitting[:start], *(tip for tip in tips if not tip.fits(day.month)))

    def next(self, after: str, day: date | None = None) -> Tip:
        """The tip after this one in its topic; after the last comes the first."""
        tips = self.of(self.tip(after).topic, day)
        return tips[(tips.index(self.tip(after)) + 1) % len(tips)]

    def for_kind(self, kind: str) -> Tip | None:
        """The tip to tell after a report of this kind."""
        return self._by_kind.get(kind)

    def find(self, text: str, *, wished: bool = False) -> Topic | Tip | None:
        """The topic or the tip that a text names; None unless one is clearly meant.

        `wished`: the text is known to ask for a tip, so that less will do.
        """
        hits = self._index.find(text).hits
        if wished and not hits:
            hits = self._index.find(fold(text)).hits  # wrong accents may be worse than none
        if not hits or hits[0].score < (_NEAR if wished else _CLOSE):
            return None
        best = self._entry(hits[0].id)
        rivals = (hit for hit in hits if hit.score > hits[0].score - _AHEAD)
        return best if len({self._entry(hit.id).family for hit in rivals}) == 1 else None

    def _entry(self, id: str) -> Topic | Tip:
        what, _, code = id.partition(":")
        return self._topics[code] if what == "topic" else self._tips[code]


def _named(topics: Iterable[Topic], tips: Iterable[Tip], asks: Asks) -> Iterator[Named]:
    for topic in topics:
        names = filter(None, (topic.name.vi, topic.name.en, topic.name.km, *topic.words))
        yield Named(f"topic:{topic.code}", tuple(names), family=topic.family)
    for tip in tips:
        yield Named(f"tip:{tip.id}", (tip.title, *asks.get(tip.id, ())), family=tip.family)


def load_tips(content_dir: Path) -> Tips:
    """Reads words.yaml, tips/topics.yaml, asks.yaml and <topic>/<id>.md. Raises ContentError, every fault."""
    folder = content_dir / "tips"
    document = read_yaml(folder / "topics.yaml")
    topics = document.validate(_Topics).topics
    kinds = {kind.code for kind in load_kinds(content_dir).all}
    faults = repeated(document, [topic.code for topic in topics], "topics")
    read: list[tuple[Document, Tip]] = []
    for path in sorted(folder.glob("*/*.md")):
        faults += _gather(read, path)
    faults += _faults_between(document, topics, kinds, read)
    asks_document = read_yaml(folder / "asks.yaml")
    asks = asks_document.validate(_Asks).asks
    faults += _faults_of_asks(asks_document, asks, {path.stem for path in folder.glob("*/*.md")})
    if faults:
        raise ContentError(sorted(faults))
    tips = _with_khmer(content_dir, [tip for _, tip in read])
    return Tips(with_names(content_dir, "topics", topics), tips, asks, load_words(content_dir))


def tip_sources(tips: Iterable[Tip]) -> Vietnamese:
    return {tip.id: {"title": tip.title, "body": tip.body} for tip in tips}


def _with_khmer(content_dir: Path, tips: Sequence[Tip]) -> list[Tip]:
    texts = tip_texts(content_dir, tip_sources(tips))
    return [tip.model_copy(update={"km": texts.get(tip.id)}) for tip in tips]


def _faults_of_asks(document: Document, asks: Asks, tips: Set[str]) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for id, ways in asks.items():
        if id not in tips:
            yield document.fault(f"there is no tip '{id}'", "asks", id)
        for number, way in enumerate(ways):
            if (owner := owners.setdefault(fold(way), id)) != id:
                yield document.fault(f"'{way}' already asks for '{owner}'", "asks", id, number)


def _gather(read: list[tuple[Document, Tip]], path: Path) -> Sequence[Fault]:
    try:
        document, body = read_front_matter(path)
        tip = document.validate(Tip).model_copy(update={"body": body})
    except ContentError as error:
        return error.faults
    read.append((document, tip))
    return _faults_of_body(path, body)


def _faults_of_body(path: Path, body: str) -> list[Fault]:
    wrong = []
    if not SHORTEST <= (length := len(body.split())) <= LONGEST:
        wrong.append(f"the text has {length} words; {SHORTEST} to {LONGEST} are wanted")
    if not unicodedata.is_normalized("NFC", body):
        wrong.append("the text has decomposed letters; save the file as Unicode NFC")
    if _MARKUP.search(body):
        wrong.append("the text must be plain, without markup")
    return [Fault(path, _body_line(path), message) for message in wrong]


def _body_line(path: Path) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    after = lines.index("---", 1) + 1
    return next((number for number, line in enumerate(lines[after:], after + 1) if line.strip()), after)


def _faults_between(
    topics_file: Document, topics: Sequence[Topic], kinds: set[str], read: Sequence[tuple[Document, Tip]]
) -> Iterator[Fault]:
    known = {topic.code for topic in topics}
    for document, tip in read:
        if tip.topic not in known:
            yield document.fault(f"there is no topic '{tip.topic}'", "topic")
        if tip.topic != document.path.parent.name:
            yield document.fault(f"lies in the folder '{document.path.parent.name}'", "topic")
        if tip.id != document.path.stem:
            yield document.fault(f"the file is named '{document.path.name}'", "id")
        if tip.kind is not None and tip.kind not in kinds:
            yield document.fault(f"there is no kind of report '{tip.kind}'", "kind")
    yield from _repeats(read, "id", lambda tip: tip.id)
    yield from _repeats(read, "kind", lambda tip: tip.kind)
    used = {tip.topic for _, tip in read}
    for index, topic in enumerate(topics):
        if topic.code not in used:
            yield topics_file.fault(f"topic '{topic.code}' has no tips", "topics", index, "code")


def _repeats(
    read: Sequence[tuple[Document, Tip]], field: str, value: Callable[[Tip], str | None]
) -> Iterator[Fault]:
    first: dict[str, Path] = {}
    for document, tip in read:
        if (found := value(tip)) is None:
            continue
        if found in first:
            yield document.fault(f"{field} '{found}' is already used in {first[found]}", field)
        first.setdefault(found, document.path)
