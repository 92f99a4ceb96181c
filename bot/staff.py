"""Staff: roles, one-time invitations, duty groups, and the record of what they did."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, insert, select, update

from bot import people
from bot.address import Address, channel_of
from bot.people import Person
from bot.refusal import N_, Refusal
from bot.store import Executor
from bot.store.tables import Audit, Card, DutyGroup, Invite, Outbox
from bot.store.tables import Person as PersonRow
from bot.store.tables import Staff as Row

ROLES = ("officer", "editor", "admin")
INVITE_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Member:
    person_id: int
    address: Address
    role: str
    name: str
    communes: list[str] | None


def require(person: Person, *roles: str) -> None:
    """Raises Refusal unless the person has one of the roles now. Admins may do everything."""
    if person.role is None or (person.role != "admin" and person.role not in roles):
        raise Refusal(N_("Việc này chỉ dành cho cán bộ được phân công."))


async def seed_admins(
    connection: Executor, addresses: Sequence[Address], now: datetime, is_sqlite: bool
) -> None:
    """Those named in ADMINS are admins from the first start."""
    await people.greet(connection, dict.fromkeys(addresses, "vi"), now, is_sqlite)
    known = await people.load(connection, addresses) if addresses else {}
    for person in known.values():
        if person.role != "admin":
            await appoint(connection, person, "admin", N_("Quản trị"), None, now)


async def appoint(
    connection: Executor,
    person: Person,
    role: str,
    name: str,
    communes: list[str] | None,
    now: datetime,
) -> None:
    await connection.execute(delete(Row).where(Row.person_id == person.id))
    await connection.execute(
        insert(Row).values(person_id=person.id, role=role, name=name, communes=communes, created_at=now)
    )
    person.role, person.staff_name, person.communes = role, name, communes


async def dismiss(connection: Executor, person_id: int) -> None:
    await connection.execute(delete(Row).where(Row.person_id == person_id))


_MEMBERS = (
    select(Row.person_id, PersonRow.address, Row.role, Row.name, Row.communes)
    .join(PersonRow, PersonRow.id == Row.person_id)
    .order_by(Row.role, Row.name, Row.person_id)
)


async def members(connection: Executor) -> list[Member]:
    found = await connection.execute(_MEMBERS)
    return [Member(row.person_id, Address(row.address), row.role, row.name, row.communes) for row in found]


async def name_of(connection: Executor, person_id: int) -> str | None:
    """As colleagues know them; None when no longer on the staff."""
    found = await connection.execute(select(Row.name).where(Row.person_id == person_id))
    return found.scalar_one_or_none()


async def change_role(
    connection: Executor, by: Person, person_id: int, role: str, seeded: Sequence[Address], now: datetime
) -> Member:
    """The member as they were. `seeded`: the user ids in ADMINS, who stay. Raises Refusal."""
    member = await _changeable(connection, by, person_id, seeded)
    if member.role == role:
        raise Refusal(N_("{name} đang giữ vai trò này rồi."), name=member.name)
    person = (await people.load(connection, [member.address]))[member.address]
    communes = None if role == "admin" else member.communes
    await appoint(connection, person, role, member.name, communes, now)
    if role == "editor":
        await take_cards(connection, member.address)
    await record(connection, by, "staff.role", str(person_id), now, before=member.role, after=role)
    return member


async def remove(
    connection: Executor, by: Person, person_id: int, seeded: Sequence[Address], now: datetime
) -> Member:
    """The member as they were; their cards no longer follow the reports. Raises Refusal."""
    member = await _changeable(connection, by, person_id, seeded)
    await dismiss(connection, person_id)
    await take_cards(connection, member.address)
    await record(connection, by, "staff.remove", str(person_id), now, before=member.role)
    return member


async def _changeable(connection: Executor, by: Person, person_id: int, seeded: Sequence[Address]) -> Member:
    require(by, "admin")
    # Two admins who remove each other at the same moment must not both succeed.
    admins = await connection.execute(select(Row.person_id).where(Row.role == "admin").with_for_update())
    others = set(admins.scalars()) - {person_id}
    found = (await connection.execute(_MEMBERS.where(Row.person_id == person_id))).one_or_none()
    if found is None:
        raise Refusal(N_("Người này không còn trong danh sách cán bộ."))
    member = Member(found.person_id, Address(found.address), found.role, found.name, found.communes)
    if member.address in seeded:
        raise Refusal(
            N_("{name} được đặt trong cấu hình máy chủ (ADMINS) nên không đổi ở đây được."), name=member.name
        )
    if not others:
        raise Refusal(N_("{name} là quản trị viên cuối cùng nên không đổi được."), name=member.name)
    return member


async def invite(
    connection: Executor, by: Person, role: str, communes: list[str] | None, now: datetime
) -> str:
    """The token of a link that works once, for a week."""
    require(by, "admin")
    token = secrets.token_urlsafe(16)
    await connection.execute(
        insert(Invite).values(
            token_hash=_hash(token),
            role=role,
            communes=communes,
            created_by=by.id,
            created_at=now,
            expires_at=now + INVITE_LASTS,
        )
    )
    return token


async def accept(connection: Executor, person: Person, token: str, name: str, now: datetime) -> str:
    """Uses up an invitation and returns the role. Raises Refusal when it is spent, old or forged."""
    if person.role == "admin":  # or the last admin could step down by trying an invitation
        raise Refusal(
            N_("Bạn đang là quản trị viên nên không cần lời mời này. Bạn gửi nó cho người được mời nha.")
        )
    found = await connection.execute(
        delete(Invite)
        .where(Invite.token_hash == _hash(token))
        .returning(Invite.role, Invite.communes, Invite.expires_at, Invite.created_by)
    )
    row = found.one_or_none()
    if row is None or row.expires_at < now:
        raise Refusal(
            N_("Lời mời này đã dùng rồi hoặc đã hết hạn. Bạn xin quản trị viên một lời mời mới nha.")
        )
    await appoint(connection, person, row.role, name, row.communes, now)
    await record(connection, person, "staff.accept", row.role, now, invited_by=row.created_by)
    return str(row.role)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def set_duty_group(
    connection: Executor,
    group: Address,
    title: str,
    communes: list[str] | None,
    now: datetime,
    *,
    mirror: bool = False,
) -> None:
    await connection.execute(delete(DutyGroup).where(DutyGroup.address == group))
    await connection.execute(
        insert(DutyGroup).values(address=group, title=title, communes=communes, mirror=mirror, created_at=now)
    )


async def duty_groups(connection: Executor) -> list[str]:
    """Their titles."""
    found = await connection.execute(select(DutyGroup.title).order_by(DutyGroup.created_at))
    return list(found.scalars())


async def drop_duty_group(connection: Executor, group: Address) -> str | None:
    """Its title; None when it was none."""
    dropped = await connection.execute(
        delete(DutyGroup).where(DutyGroup.address == group).returning(DutyGroup.title)
    )
    return dropped.scalar_one_or_none()


async def is_duty_group(connection: Executor, group: Address) -> bool:
    found = await connection.execute(select(DutyGroup.address).where(DutyGroup.address == group))
    return found.first() is not None


async def on_duty(connection: Executor, commune_code: str) -> list[Address]:
    """The duty groups of a commune."""
    found = await connection.execute(
        select(DutyGroup.address, DutyGroup.communes).where(DutyGroup.mirror.is_(False))
    )
    return [Address(at) for at, communes in found if communes is None or commune_code in communes]


async def card_addresses(connection: Executor, commune_code: str) -> list[Address]:
    """Where a new report's card goes: duty groups of its commune, else every admin privately.

    Mirrors get it as well, and stand in for the private chats of admins on their own channel.
    """
    found = await connection.execute(select(DutyGroup.address).where(DutyGroup.mirror))
    mirrors = [Address(at) for at in found.scalars()]
    groups = await on_duty(connection, commune_code)
    if groups:
        return groups + mirrors
    seen = {channel_of(at) for at in mirrors}
    admins = [member.address for member in await members(connection) if member.role == "admin"]
    return [at for at in admins if channel_of(at) not in seen] + mirrors


async def is_anybody_there(connection: Executor) -> bool:
    """Whether cards have anywhere to go."""
    found = await connection.execute(
        select(exists().where(DutyGroup.address.is_not(None)) | exists().where(Row.role == "admin"))
    )
    return bool(found.scalar_one())


async def move_group(connection: Executor, old: Address, new: Address) -> None:
    """A group became a supergroup. Cards already sent stay with the old address, where their messages are."""
    moved = await connection.execute(select(DutyGroup).where(DutyGroup.address == new))
    if moved.first() is None:
        await connection.execute(update(DutyGroup).where(DutyGroup.address == old).values(address=new))
    else:
        await connection.execute(delete(DutyGroup).where(DutyGroup.address == old))
    unsent = select(Outbox.id).where(Outbox.chat.in_((old, new)), Outbox.state.in_(("queued", "sending")))
    await connection.execute(
        update(Card).where(Card.address == old, Card.outbox_id.in_(unsent)).values(address=new)
    )


async def take_cards(connection: Executor, where: Address) -> list[int]:
    """Cards there no longer follow their reports. Returns the ids of these reports."""
    taken = await connection.execute(delete(Card).where(Card.address == where).returning(Card.report_id))
    return sorted(set(taken.scalars()))


async def record(
    connection: Executor, person: Person, action: str, subject: str, now: datetime, **data: Any
) -> None:
    """One line of the audit log."""
    await connection.execute(
        insert(Audit).values(at=now, person_id=person.id or None, action=action, subject=subject, data=data)
    )
