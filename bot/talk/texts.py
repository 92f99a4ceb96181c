"""Words in the person's language: gettext catalogues and Babel's dates and numbers."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.settings import ROOT

LOCALES = ROOT / "locales"


@cache
def translations(language: str) -> NullTranslations:
    """Vietnamese is the source: it needs no catalogue."""
    path = LOCALES / language / "LC_MESSAGES" / "messages.po"
    if language == "vi" or not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def gettext(language: str, message: str) -> str:
    return translations(language).gettext(message)


def ngettext(language: str, singular: str, plural: str, number: int) -> str:
    return translations(language).ngettext(singular, plural, number)


def is_machine_made(language: str) -> bool:
    """Whether no native speaker has put a name into the head of the catalogue yet."""
    return translations(language).info().get("last-translator", "").startswith("machine")


# The locales' own short forms cut the year to two digits. Khmer in Vietnam is read beside Vietnamese:
# dates and figures look the same in both.
DATE = {"vi": "dd/MM/y", "km": "dd/MM/y"}
DATE_TIME = {"vi": "HH:mm, dd/MM/y", "en": "MMM d, y, HH:mm", "km": "HH:mm, dd/MM/y"}
FIGURES = {"km": "vi"}


def date(language: str, moment: datetime, zone: ZoneInfo) -> str:
    return format_date(moment.astimezone(zone), DATE.get(language, "medium"), locale=language)


def date_time(language: str, moment: datetime, zone: ZoneInfo) -> str:
    return format_datetime(moment, DATE_TIME.get(language, "medium"), tzinfo=zone, locale=language)


def ago(language: str, past: timedelta) -> str:
    """ "3 giờ trước"; never less than a minute."""
    return format_timedelta(-max(past, timedelta(minutes=1)), add_direction=True, locale=language)


def number(language: str, value: float) -> str:
    return format_decimal(value, locale=FIGURES.get(language, language))
