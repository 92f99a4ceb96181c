"""Reports as CSV or GeoJSON: never who reported. Reads beside a running bot."""

from __future__ import annotations

import csv
import json
from collections.abc import AsyncIterator
from typing import Any, TextIO

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.places import load_places
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.migrate import usable_revision
from bot.store.tables import Report

COLUMNS = (
    "code",
    "state",
    "kind",
    "commune_code",
    "commune",
    "lat",
    "lon",
    "voices",
    "created_at",
    "due_at",
)
AT_ONCE = 500
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


async def export_reports(settings: Settings, form: str, out: TextIO) -> None:
    """`form`: csv (with a header) or geojson (a FeatureCollection). Raises UnusableError."""
    store = Store(settings.database)
    places = load_places(settings.content_dir)
    names = {commune.code: commune.name for commune in places.communes}
    try:
        is_new = await usable_revision(store) is None
        async with store.read() as connection:
            rows = _none() if is_new else _rows(AsyncSession(bind=connection), names)
            await (_write_csv if form == "csv" else _write_geojson)(rows, out)
    finally:
        await store.close()


async def _none() -> AsyncIterator[dict[str, Any]]:
    """A database that no bot has used yet holds no reports."""
    nothing: tuple[dict[str, Any], ...] = ()
    for row in nothing:
        yield row


async def _rows(session: AsyncSession, names: dict[str, str]) -> AsyncIterator[dict[str, Any]]:
    last = 0
    while True:
        found = await session.execute(
            select(Report).where(Report.id > last).order_by(Report.id).limit(AT_ONCE)
        )
        reports = found.scalars().all()
        for report in reports:
            yield _row(report, names)
        if len(reports) < AT_ONCE:
            return
        last = reports[-1].id
        session.expunge_all()


def _row(report: Report, names: dict[str, str]) -> dict[str, Any]:
    return {
        "code": report.code,
        "state": report.state,
        "kind": report.kind,
        "commune_code": report.commune_code,
        "commune": names.get(report.commune_code, ""),
        "lat": report.lat,
        "lon": report.lon,
        "voices": report.voices,
        "created_at": report.created_at.isoformat(timespec="seconds"),
        "due_at": report.due_at.isoformat(timespec="seconds"),
    }


async def _write_csv(rows: AsyncIterator[dict[str, Any]], out: TextIO) -> None:
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    async for row in rows:
        writer.writerow({name: _harmless(value) for name, value in row.items()})


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula is shown as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


async def _write_geojson(rows: AsyncIterator[dict[str, Any]], out: TextIO) -> None:
    out.write('{"type": "FeatureCollection", "features": [')
    comma = ""
    async for row in rows:
        lat, lon = row.pop("lat"), row.pop("lon")
        point = None if lat is None else {"type": "Point", "coordinates": [lon, lat]}
        feature = {"type": "Feature", "geometry": point, "properties": row}
        out.write(f"{comma}\n{json.dumps(feature, ensure_ascii=False)}")
        comma = ","
    out.write("\n]}\n")
