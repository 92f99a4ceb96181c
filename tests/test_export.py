"""Reports as CSV and GeoJSON: the columns of the contract, and never who reported."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from sqlalchemy import delete, update

from bot.reports import export
from bot.reports.export import COLUMNS, export_reports
from bot.store.engine import Store
from bot.store.tables import Person, Report
from tests.fakes import START
from tests.harness import World


def report(number: int, reporter: int | None, **more: Any) -> Report:
    values: dict[str, Any] = {
        "code": f"TV{number:04}",
        "state": "new",
        "kind": "khac",
        "commune_code": "29467",
        "lat": 9.8,
        "lon": 106.4,
        "address": "secret address",
        "description": "secret words",
        "reporter_id": reporter,
        "voices": 2,
        "created_at": START,
        "due_at": START,
    }
    return Report(**values | more)


async def file(world: World, *reports: dict[str, Any]) -> None:
    async with world.session() as session:
        person = Person(address="telegram:777", language="vi", created_at=START)
        session.add(person)
        await session.flush()
        for number, more in enumerate(reports, 1):
            session.add(report(number, person.id, **more))


async def exported(world: World, form: str) -> str:
    out = io.StringIO()
    await export_reports(world.app.settings, form, out)
    return out.getvalue()


async def test_csv_has_the_columns_of_the_contract_and_no_reporter(world: World) -> None:
    await file(world, {}, {"lat": None, "lon": None, "commune_code": "99999"})
    text = await exported(world, "csv")
    assert text.startswith("code,state,kind,commune_code,commune,lat,lon,voices,created_at,due_at\n")
    first, second = csv.DictReader(io.StringIO(text))
    assert (first["code"], first["lat"], first["voices"]) == ("TV0001", "9.8", "2")
    assert first["created_at"] == "2026-11-23T02:00:00+00:00"
    assert (second["lat"], second["lon"], second["commune"]) == ("", "", "")
    assert "777" not in text and "secret" not in text


async def test_geojson_is_a_feature_collection(world: World) -> None:
    await file(world, {}, {"lat": None, "lon": None})
    text = await exported(world, "geojson")
    collection = json.loads(text)
    with_point, without = collection["features"]
    assert collection["type"] == "FeatureCollection"
    assert with_point["geometry"] == {"type": "Point", "coordinates": [106.4, 9.8]}
    assert without["geometry"] is None
    assert set(with_point["properties"]) == set(COLUMNS) - {"lat", "lon"}
    assert "777" not in text and "secret" not in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
async def test_a_value_no_spreadsheet_runs_as_a_formula(world: World, start: str) -> None:
    await file(world, {"kind": f"{start}cmd|' /C calc'!A0"})
    (row,) = csv.DictReader(io.StringIO(await exported(world, "csv"), newline=""))
    assert row["kind"].startswith("'")


async def test_many_reports_come_in_order_and_each_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 3)
    for count in (7, 9):  # the last page is part of one, or none
        async with world.session() as session:
            await session.execute(delete(Report))
        async with world.session() as session:
            session.add_all(report(number, None) for number in range(1, count + 1))
        rows = list(csv.DictReader(io.StringIO(await exported(world, "csv"))))
        assert [row["code"] for row in rows] == [f"TV{number:04}" for number in range(1, count + 1)]


async def test_it_reads_beside_a_writer(world: World) -> None:
    await file(world, {})
    store = Store(world.app.settings.database)
    try:
        async with store.transaction() as connection:
            await connection.execute(update(Report).values(voices=9))
            (row,) = csv.DictReader(io.StringIO(await exported(world, "csv")))
            assert row["voices"] == "2", "what is not committed is not shown"
    finally:
        await store.close()
