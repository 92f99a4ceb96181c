"""Tips for green living: topics, the tips in them, and finding a topic by what people type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from rapidfuzz import fuzz

from bot.content.fields import BilingualLabel, Code, Entry, Text, Wording, repeated
from bot.content.files import ContentError, Document, Fault, read_front_matter, read_yaml
from bot.fold import fold
from bot.kinds import load_kinds

SHORTEST, LONGEST = 40, 90  # words of a body: read in half a minute on a small screen
_SURE = 86  # fuzz.ratio, 0..100: one slip in a short name passes, another word does not
_AHEAD = 6  # the best topic must lead the second by as much, or nobody is sure
_FILLER = frozenset(
    fold(
        "mẹo cách cho tôi mình xin xem về mấy cái những các đi nha nhé với à ơi gì gợi ý muốn học biết"
    ).split()
)
_MARKUP = re.compile(r"^#|\*\*|__|</?[a-z]+>|\]\(", re.MULTILINE)


class Topic(Entry):
    """A button of the tips menu; `words` are other names people use for it."""

    code: Code
    icon: Text
    name: BilingualLabel
    words: tuple[Wording, ...] = ()


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

    def fits(self, month: int) -> bool:
        return self.season == "all" or month in self.season


class _Topics(Entry):
    topics: tuple[Topic, ...] = Field(min_length=1)


class Tips:
    """All tips by topic. Every look-up by code raises KeyError for a code that does not exist."""

    def __init__(self, topics: Sequence[Topic], tips: Iterable[Tip]) -> None:
        self.topics = tuple(topics)
        ordered = sorted(tips, key=lambda tip: tip.id)
        self._tips = {tip.id: tip for tip in ordered}
        self._by_topic = {
            topic.code: tuple(tip for tip in ordered if tip.topic == topic.code) for topic in topics
        }
        self._by_kind = {tip.kind: tip for tip in ordered if tip.kind is not None}
        self._topics = {topic.code: topic for topic in topics}
        self._names = {topic.code: _names(topic) for topic in topics}

    def topic(self, code: str) -> Topic:
        return self._topics[code]

    def tip(self, tip_id: str) -> Tip:
        return self._tips[tip_id]

    def of(self, topic: str, month: int | None = None) -> tuple[Tip, ...]:
        """The tips of a topic, in a fixed order; with a month (1-12) those in season come first."""
        tips = self._by_topic[topic]
        return tips if month is None else tuple(sorted(tips, key=lambda tip: _distance(tip, month)))

    def next(self, after: str, month: int | None = None) -> Tip:
        """The tip after this one in its topic; after the last comes the first."""
        tips = self.of(self.tip(after).topic, month)
        return tips[(tips.index(self.tip(after)) + 1) % len(tips)]

    def for_kind(self, kind: str) -> Tip | None:
        """The tip to tell after a report of this kind."""
        return self._by_kind.get(kind)

    def find_topic(self, text: str) -> Topic | None:
        """The topic a text names, with a slip or without accents; None unless only one comes close."""
        asked = tuple(filter(None, (fold(text), _essence(text))))
        if not asked:
            return None
        scores = sorted(((_score(asked, names), code) for code, names in self._names.items()), reverse=True)
        best, code = scores[0]
        second = scores[1][0] if len(scores) > 1 else 0.0
        return self._topics[code] if best >= _SURE and best - second >= _AHEAD else None


def _distance(tip: Tip, month: int) -> int:
    if tip.season == "all":
        return 1
    return 0 if tip.fits(month) else 2


def _names(topic: Topic) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(name) for name in (topic.name.vi, topic.name.en, *topic.words)))


def _essence(text: str) -> str:
    # A whole request reads "cho tôi xin mẹo tiết kiệm điện": what is left is the topic.
    return " ".join(word for word in fold(text).split() if word not in _FILLER)


def _score(asked: tuple[str, ...], names: tuple[str, ...]) -> float:
    return max(fuzz.ratio(one, name) for one in asked for name in names)


def load_tips(content_dir: Path) -> Tips:
    """Reads tips/topics.yaml and tips/<topic>/<id>.md. Raises ContentError with all that is wrong."""
    folder = content_dir / "tips"
    document = read_yaml(folder / "topics.yaml")
    topics = document.validate(_Topics).topics
    kinds = {kind.code for kind in load_kinds(content_dir).all}
    faults = repeated(document, [topic.code for topic in topics], "topics")
    read: list[tuple[Document, Tip]] = []
    for path in sorted(folder.glob("*/*.md")):
        faults += _gather(read, path)
    faults += _faults_between(document, topics, kinds, read)
    if faults:
        raise ContentError(sorted(faults))
    return Tips(topics, [tip for _, tip in read])


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
