"""Catalogues: `update` extracts the Vietnamese source strings, `check` fails when a translation is missing.

python -m scripts.locales update|check
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locales"
LANGUAGES = ("en", "km")
KEYWORDS = {"t": None, "nt": (1, 2), "t_in": (2,), "N_": None, "gettext": (2,)}
FOLDERS = ("bot", "handlers")
_PLACE = re.compile(r"{(\w*)[^{}]*}")
_TAG = re.compile(r"</?([a-z-]+)")


def main(verb: str) -> int:
    template = extract()
    if verb == "update":
        for language in LANGUAGES:
            update(language, template)
        return 0
    faults = [fault for language in LANGUAGES for fault in check(language, template)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def extract() -> Catalog:
    catalog = Catalog(charset="utf-8")
    for folder in FOLDERS:
        found = extract_from_dir(ROOT / folder, keywords=KEYWORDS, method_map=[("**.py", "python")])
        for name, line, message, _comments, _context in found:
            if _is_words(message):
                catalog.add(message, locations=[(f"{folder}/{name}", line)])
    return catalog


def _is_words(message: str | tuple[str, ...]) -> bool:
    text = message if isinstance(message, str) else "".join(message)
    return any(char.isalpha() for char in _PLACE.sub("", text))


def path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    if not path(language).exists():
        return Catalog(locale=language, charset="utf-8")
    with path(language).open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, template: Catalog) -> None:
    catalog, header = read(language), _header(language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    out = BytesIO()
    write_po(out, catalog, width=110, sort_by_file=True, include_lineno=False, omit_header=True)
    path(language).parent.mkdir(parents=True, exist_ok=True)
    path(language).write_text(f"{header}\n\n{out.getvalue().decode()}", encoding="utf-8")


def _header(language: str) -> str:
    """As the file has it: it says who translated and who reviewed."""
    if path(language).exists():
        return path(language).read_text(encoding="utf-8").partition("\n\n")[0]
    plural_forms = Catalog(locale=language).plural_forms
    lines = (
        f"Language: {language}",
        "Content-Type: text/plain; charset=utf-8",
        f"Plural-Forms: {plural_forms}",
    )
    return "\n".join(('msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in lines)))


def check(language: str, template: Catalog) -> Iterator[str]:
    catalog = read(language)
    known = {_key(message) for message in template if message.id}
    for message in template:
        if message.id:
            yield from _faults(language, message, catalog.get(_key(message)))
    for message in catalog:
        if message.id and _key(message) not in known:
            yield f"{path(language)}: no longer used: {_key(message)!r} (make fix)"


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def _faults(language: str, source: Message, translated: Message | None) -> Iterator[str]:
    where = f"{path(language)}: {_key(source)!r}"
    forms = _forms(translated)
    if not forms or not all(forms):
        yield f"{where} is not translated"
        return
    places, tags = _parts(_forms_of_id(source))
    for form in forms:
        its_places, its_tags = _parts([form])
        if its_places != places and not (isinstance(source.id, tuple) and its_places | {"n"} == places):
            yield f"{where} has other placeholders: {sorted(its_places)} instead of {sorted(places)}"
        if its_tags != tags:
            yield f"{where} has other tags: {sorted(its_tags)} instead of {sorted(tags)}"


def _forms(message: Message | None) -> list[str]:
    if message is None or not message.string:
        return []
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _forms_of_id(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _parts(texts: list[str]) -> tuple[set[str], set[str]]:
    return (
        {name for text in texts for name in _PLACE.findall(text)},
        {name for text in texts for name in _TAG.findall(text)},
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
