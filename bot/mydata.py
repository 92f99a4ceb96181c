"""What is kept about one person: counted, handed out as a file, forgotten.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: people may see, take back their consent, and have erased.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, delete, func, select, update

from bot.people import Person
from bot.store import Executor
from bot.store.tables import (
    Audit,
    Card,
    Draft,
    Inbox,
    Outbox,
    Photo,
    Question,
    Report,
    ReportFollower,
    ReportPhoto,
    Staff,
    WebMessage,
)
from bot.store.tables import Person as PersonRow

EXPORTS = "exports"  # below DATA_DIR


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is there: reports sent, followed (own ones too), photos, open drafts, questions to staff."""

    since: datetime
    reports: int
    followed: int
    photos: int
    drafts: int
    questions: int


async def kept(executor: Executor, person: Person) -> Kept:
    row = (
        await executor.execute(
            select(
                PersonRow.created_at,
                _count(select(Report.id).where(Report.reporter_id == person.id)),
                _count(select(ReportFollower.report_id).where(ReportFollower.person_id == person.id)),
                _count(select(Photo.id).where(Photo.owner_id == person.id)),
                _count(select(Draft.id).where(Draft.person_id == person.id)),
                _count(select(Question.missed_id).where(Question.person_id == person.id)),
            ).where(PersonRow.id == person.id)
        )
    ).one()
    return Kept(*row)


def _count(of: Select[Any]) -> Any:
    return select(func.count()).select_from(of.subquery()).scalar_subquery()


async def export(executor: Executor, person: Person) -> dict[str, Any]:
    """Everything that is stored under this person, ready for JSON. Times are ISO 8601 in UTC."""
    sent = select(Report.id).where(Report.reporter_id == person.id)
    follows = select(ReportFollower.report_id).where(ReportFollower.person_id == person.id)
    parts = {
        "person": select(
            PersonRow.address,
            PersonRow.language,
            PersonRow.commune_code,
            PersonRow.consented_at,
            PersonRow.created_at,
        ).where(PersonRow.id == person.id),
        "staff": select(Staff.role, Staff.name, Staff.communes, Staff.created_at).where(
            Staff.person_id == person.id
        ),
        "staff_actions": select(Audit.at, Audit.action, Audit.subject, Audit.data)
        .where(Audit.person_id == person.id)
        .order_by(Audit.id),
        "drafts": select(Draft.kind, Draft.step, Draft.data, Draft.created_at, Draft.updated_at).where(
            Draft.person_id == person.id
        ),
        "questions": select(Question.text, Question.asked_at)
        .where(Question.person_id == person.id)
        .order_by(Question.asked_at),
        "reports": select(
            Report.code,
            Report.state,
            Report.kind,
            Report.commune_code,
            Report.lat,
            Report.lon,
            Report.address,
            Report.description,
            Report.created_at,
            Report.due_at,
            Report.closed_at,
        )
        .where(Report.id.in_(sent))
        .order_by(Report.id),
        "followed": select(Report.code).where(Report.id.in_(follows)).order_by(Report.id),
        "photos": select(Photo.id, Photo.created_at, Photo.state, Report.code.label("report"))
        .outerjoin(ReportPhoto, ReportPhoto.photo_id == Photo.id)
        .outerjoin(Report, Report.id == ReportPhoto.report_id)
        .where(Photo.owner_id == person.id)
        .order_by(Photo.id),
        "web_history": select(WebMessage.created_at, WebMessage.author, WebMessage.payload)
        .where(WebMessage.chat == person.address)
        .order_by(WebMessage.id),
    }
    return {name: await _rows(executor, statement) for name, statement in parts.items()}


async def _rows(executor: Executor, statement: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in (await executor.execute(statement)).mappings()]


async def write_export(data_dir: Path, content: dict[str, Any]) -> str:
    """Stores it under a name nobody can guess. Returns the path below DATA_DIR."""
    text = json.dumps(content, ensure_ascii=False, indent=2, default=_plain)
    return await write_file(data_dir, text, ".json")


async def write_file(data_dir: Path, text: str, suffix: str) -> str:
    """As `write_export`: any text to be handed out, for a day."""
    path = Path(EXPORTS) / f"{secrets.token_urlsafe(24)}{suffix}"
    await asyncio.to_thread(_write, data_dir / path, text)
    return str(path)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


async def forget(executor: Executor, person: Person) -> None:
    """Erases the person; reports stay without them. `person` is nobody afterwards.

    Picture files without a row are removed later (leftovers), so that a turn undone loses nothing.
    What a web page shows is the channel's to forget.
    """
    used = select(ReportPhoto.photo_id).where(ReportPhoto.photo_id == Photo.id).exists()
    at = person.address
    for statement in (
        delete(Photo).where(Photo.owner_id == person.id, ~used),
        delete(Card).where(Card.address == at),
        delete(Inbox).where(Inbox.chat == at, Inbox.state == "dead"),
        delete(Outbox).where(Outbox.chat == at, Outbox.state != "sending"),
        # On its way already: it may arrive, but no longer ties this chat to a report.
        update(Outbox).where(Outbox.chat == at).values(report_id=None),
        # Drafts, followed reports, questions to staff and the staff role go with the row; reports, photos and
        # audit lose it.
        delete(PersonRow).where(PersonRow.id == person.id),
    ):
        await executor.execute(statement, execution_options={"synchronize_session": False})
    person.id = 0
    person.role = person.staff_name = person.communes = None
    person.commune_code = person.consented_at = None
