"""How reports and their places are put into words for citizens."""

from __future__ import annotations

from markupsafe import Markup

from bot.kinds import Kind
from bot.places.communes import lower_first
from bot.refusal import N_
from bot.store.tables import Report
from bot.talk.report_draft import ReportDraft
from bot.talk.speaker import Speaker
from bot.talk.turn import Turn

_FORMERLY = N_("{place} — trước đây là {formerly}")
_MAP = N_("bản đồ")


def place_text(
    speaker: Speaker, language: str, commune_code: str, address: str, lat: float | None, lon: float | None
) -> Markup:
    """`chợ Cầu Ngang, xã Cầu Ngang — trước đây là thị trấn Cầu Ngang, xã Mỹ Hòa · bản đồ`"""
    commune = speaker.knowledge.places.get(commune_code)
    name = commune.name if commune else commune_code
    text = Markup.escape(f"{address}, {lower_first(name)}" if address else name)
    if commune and commune.formerly:
        text = speaker.t_in(language, _FORMERLY, place=text, formerly=commune.formerly)
    return text + map_link(speaker, language, lat, lon)


def map_link(speaker: Speaker, language: str, lat: float | None, lon: float | None) -> Markup:
    if lat is None or lon is None:
        return Markup("")
    url = f"https://www.google.com/maps?q={lat:.6f},{lon:.6f}"
    return Markup(' · <a href="{}">{}</a>').format(url, speaker.t_in(language, _MAP))


def draft_place(turn: Turn, view: ReportDraft) -> Markup:
    return place_text(turn, turn.language, view.commune or "", view.address, view.lat, view.lon)


def report_place(turn: Turn, report: Report) -> Markup:
    return place_text(turn, turn.language, report.commune_code, report.address, report.lat, report.lon)


def commune_name(speaker: Speaker, code: str) -> str:
    """Inside a sentence: `xã Cầu Ngang`."""
    commune = speaker.knowledge.places.get(code)
    return lower_first(commune.name) if commune else code


def kind_text(turn: Turn, kind: Kind) -> str:
    return f"{kind.icon} {kind.name.of(turn.language)}"


def kind_of(turn: Turn, report: Report) -> str:
    """Its code when the content no longer has the kind."""
    try:
        return kind_text(turn, turn.knowledge.kinds.kind(report.kind))
    except KeyError:
        return report.kind
