"""What is said about a thing to throw away: one card, or one line of several."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from bot.refusal import N_
from bot.say import Button, Rows
from bot.sorting import Found, Group, Item
from bot.talk.buttons import pack
from bot.talk.translated import ONLY_VIETNAMESE, machine_made, only_vietnamese
from bot.talk.turn import Turn

DOTS = {
    "tai_che": "🔵",
    "thuc_pham": "🟢",
    "khac": "⚪",
    "nguy_hai": "🔴",
    "cong_kenh": "🟣",
    "dac_thu": "🟠",
}
SURE = {"high": N_("cao"), "medium": N_("vừa"), "low": N_("thấp")}
DANGEROUS = "nguy_hai"
NOT_THIS = N_("🔎 Không phải món này")
FOLDED = Markup("<blockquote expandable>{}</blockquote>")


def item_name(turn: Turn, item: Item) -> str:
    name = item.name_in(turn.language)
    return name[:1].upper() + name[1:]


def group_sign(turn: Turn, group: Group) -> str:
    """The group's colour, icon and exact name."""
    return f"{DOTS[group.code]} {group.icon} {group.name.in_language(turn.language)}"


def card(turn: Turn, item: Item) -> Markup:
    """What to do, in short lines; below it, folded, why."""
    group = turn.knowledge.sorting.group(item.group)
    head = turn.t("<b>{item}</b>", item=item_name(turn, item))
    sign = turn.t("{dot} {icon} <b>{group}</b>", **_sign(turn, group))
    note, made = only_vietnamese(turn, item.km), machine_made(turn, item.km)
    what_to_do = Markup("\n\n").join([head + "\n" + sign, *note, *_advice(turn, item, group), *made])
    return what_to_do + "\n" + FOLDED.format(Markup("\n").join(_reasons(turn, item, group)))


def _sign(turn: Turn, group: Group) -> dict[str, str]:
    return {
        "dot": DOTS[group.code],
        "icon": group.icon,
        "group": group.name.in_language(turn.language),
    }


def _advice(turn: Turn, item: Item, group: Group) -> Iterator[Markup]:
    yield turn.t("🧺 <b>Trước khi bỏ:</b> {text}", text=_prep(turn, item))
    yield turn.t("📍 <b>Bỏ ở đâu:</b> {text}", text=_where(turn, item, group))
    if item.hazard:
        yield turn.t("⚠️ <b>Coi chừng:</b> {text}", text=item.hazard)
    if item.ask_collector:
        yield turn.t("❗ <b>Chưa chắc về món này: hỏi đơn vị thu gom trước khi bỏ.</b>")


def _reasons(turn: Turn, item: Item, group: Group) -> Iterator[Markup]:
    """The first line is all that shows of them where the rest is folded away."""
    yield turn.t("<b>Vì sao?</b>")
    yield turn.t("{icon} <b>{group}</b> là: {what}", **_what(turn, group))
    if item.exception:
        yield turn.t("↪️ <b>Ngoại lệ:</b> {text}", text=item.exception)
    if item.disputed:
        yield turn.t("⚖️ <b>Chưa thống nhất:</b> {text}", text=item.disputed)
    yield _trust(turn, item)


def _what(turn: Turn, group: Group) -> dict[str, str]:
    what = group.what.in_language(turn.language)
    return {**_sign(turn, group), "what": what[:1].lower() + what[1:]}


def _prep(turn: Turn, item: Item) -> str:
    khmer = item.km if turn.language == "km" else None
    return _beside(item, khmer.prep, item.prep) if khmer else item.prep


def _where(turn: Turn, item: Item, group: Group) -> str:
    """Few items are translated; in English the groups' directions tell at least the way."""
    where = item.where or group.where.vi
    if turn.language == "en":
        return f"{group.where.en} ({item.where})" if item.where else group.where.en
    return _beside(item, item.km.where, where) if turn.language == "km" and item.km else where


def _beside(item: Item, khmer: str, vietnamese: str) -> str:
    """Of what is dangerous both are told: nobody should rely on a machine's translation alone."""
    both = item.group == DANGEROUS and khmer != vietnamese
    return f"{khmer}\n{vietnamese}" if both else khmer


def _trust(turn: Turn, item: Item) -> Markup:
    titles = [turn.knowledge.sorting.sources[source].title for source in item.source]
    if item.source_note:
        titles.append(item.source_note)
    sources = "; ".join(titles).rstrip(".")
    told = turn.t(
        "<i>Nguồn: {sources}. Độ chắc: {sure}.</i>", sources=sources, sure=turn.t(SURE[item.confidence])
    )
    return told + "\n" + turn.t(ONLY_VIETNAMESE) if turn.language == "en" else told


def line(turn: Turn, found: Found) -> Markup:
    """One thing of several, in one line."""
    if not found.items:
        return turn.t("• {asked}: chưa rõ, hỏi đơn vị thu gom", asked=found.text)
    if not found.confident:
        names = " / ".join(match.item.name_in(turn.language) for match in found.items)
        return turn.t("• {asked}: có thể là {names}", asked=found.text, names=names)
    item = found.items[0].item
    sign = _sign(turn, turn.knowledge.sorting.group(item.group))
    told = turn.t("• {item}: {dot} {icon} <b>{group}</b>", item=item_name(turn, item), **sign)
    return told + turn.t(" (chưa chắc, hỏi đơn vị thu gom)") if item.ask_collector else told


def group_buttons(turn: Turn, *asked: str) -> Rows:
    """All six groups, two in a row. `asked`: the id of the question that led here, if it is known."""
    buttons = [
        Button(group_sign(turn, group), pack("sort.group", group.code, 0, *asked))
        for group in turn.knowledge.sorting.groups
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
