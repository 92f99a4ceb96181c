"""Every table. Times are UTC; addresses are `channel:chat`; text is NFC."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, MetaData, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.store.types import Key, Utc


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Utc, dict[str, Any]: JSON, list[str]: JSON(none_as_null=True)}


class Inbox(Base):
    """Updates as they arrived, committed before they are confirmed to the platform."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "update_id"),
        Index(
            "ix_inbox_open",
            "id",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "ix_inbox_dead",
            "id",
            sqlite_where=text("state = 'dead'"),
            postgresql_where=text("state = 'dead'"),
        ),
        Index(
            "ix_inbox_retry",
            "retry_at",
            sqlite_where=text("retry_at IS NOT NULL"),
            postgresql_where=text("retry_at IS NOT NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    channel: Mapped[str]
    update_id: Mapped[int] = mapped_column(BigInteger)
    chat: Mapped[str]
    payload: Mapped[str] = mapped_column(doc="raw JSON; emptied when done, kept when dead")
    state: Mapped[str] = mapped_column(server_default="open", doc="open, done, dead")
    attempts: Mapped[int] = mapped_column(server_default="0")
    retry_at: Mapped[datetime | None] = mapped_column(doc="set while a failed update waits")
    error: Mapped[str | None]
    received_at: Mapped[datetime]


class Outbox(Base):
    """Messages to send. Order is by id within one chat and lane."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_queued",
            "channel",
            "lane",
            "id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index(
            "ix_outbox_uncertain",
            "id",
            sqlite_where=text("uncertain > 0"),
            postgresql_where=text("uncertain > 0"),
        ),
        Index("ix_outbox_state", "state"),
        Index("ix_outbox_chat_message_id", "chat", "message_id"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    channel: Mapped[str]
    chat: Mapped[str]
    lane: Mapped[int] = mapped_column(doc="0 reply, 1 notice, 2 bulk")
    payload: Mapped[str] = mapped_column(doc="the Say as JSON; emptied when settled")
    state: Mapped[str] = mapped_column(
        server_default="queued", doc="queued, sending, sent, failed, blocked, unknown"
    )
    reason: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    uncertain: Mapped[int] = mapped_column(server_default="0", doc="sends that may have arrived")
    retry_at: Mapped[datetime | None]
    edits: Mapped[int | None] = mapped_column(BigInteger, doc="outbox id of the message this one changes")
    message_id: Mapped[int | None] = mapped_column(BigInteger, doc="the platform's id once sent")
    report_id: Mapped[int | None] = mapped_column(BigInteger, index=True, doc="the report it is about")
    key: Mapped[str | None] = mapped_column(unique=True, doc="said at most once")
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class Person(Base):
    """Somebody who wrote to the bot in private. No name, no phone number."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    address: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str] = mapped_column(server_default="vi")
    commune_code: Mapped[str | None] = mapped_column(doc="preset by a link, used as a hint only")
    consented_at: Mapped[datetime | None] = mapped_column(doc="when the privacy notice was accepted")
    blocked_at: Mapped[datetime | None] = mapped_column(doc="when the platform said the bot is blocked")
    created_at: Mapped[datetime]


class Draft(Base):
    """The one thing a person has open in a chat."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("person_id", "chat"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    chat: Mapped[str]
    kind: Mapped[str]
    step: Mapped[str]
    data: Mapped[dict[str, Any]]
    version: Mapped[int]
    nudges: Mapped[int] = mapped_column(server_default="0")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)


class Staff(Base):
    """Who may do what. `communes` None means all."""

    __tablename__ = "staff"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(doc="admin, officer, editor")
    name: Mapped[str] = mapped_column(doc="shown on cards to colleagues")
    communes: Mapped[list[str] | None]
    created_at: Mapped[datetime]


class Invite(Base):
    """A one-time staff invitation; only the hash of its token is kept."""

    __tablename__ = "invite"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    communes: Mapped[list[str] | None]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class DutyGroup(Base):
    """A group that gets cards. `communes` None means all; a mirror gets them beside who is on duty."""

    __tablename__ = "duty_group"
    address: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    mirror: Mapped[bool] = mapped_column(server_default=text("false"))
    communes: Mapped[list[str] | None]
    created_at: Mapped[datetime]


class Audit(Base):
    """Every staff action, append only."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    action: Mapped[str]
    subject: Mapped[str]
    data: Mapped[dict[str, Any]]


class Photo(Base):
    """One picture somebody sent; its re-encoded bytes lie in `media/<token>.jpg`."""

    __tablename__ = "photo"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    token: Mapped[str] = mapped_column(unique=True, doc="unguessable file name")
    channel: Mapped[str]
    file_id: Mapped[str]
    compressed: Mapped[bool] = mapped_column(doc="sent as a photo, so the platform removed its metadata")
    state: Mapped[str] = mapped_column(doc="pending, ready, failed", index=True)
    attempts: Mapped[int] = mapped_column(server_default="0")
    retry_at: Mapped[datetime | None]
    error: Mapped[str | None]
    gps_lat: Mapped[float | None] = mapped_column(doc="read once to be offered, then forgotten")
    gps_lon: Mapped[float | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]


class Report(Base):
    """One place with rubbish, and what became of it."""

    __tablename__ = "report"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    commune_code: Mapped[str]
    lat: Mapped[float | None] = mapped_column(index=True)
    lon: Mapped[float | None]
    address: Mapped[str] = mapped_column(doc="as typed; may be empty")
    description: Mapped[str]
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    voices: Mapped[int]
    reason: Mapped[str | None] = mapped_column(doc="code of why it was closed without a photo or rejected")
    instead: Mapped[str | None] = mapped_column(doc="where to go instead, told with a rejection")
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class ReportPhoto(Base):
    __tablename__ = "report_photo"
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    photo_id: Mapped[int] = mapped_column(
        ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(doc="before, added, after")


class ReportFollower(Base):
    """Who hears news of a report: its reporter and everyone who added a voice."""

    __tablename__ = "report_follower"
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ReportEvent(Base):
    """The time line of a report, append only. Never says which citizen acted."""

    __tablename__ = "report_event"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(doc="a state code, or note, photo, voice")
    by_staff: Mapped[bool]
    text: Mapped[str]


class Card(Base):
    """A report's card in a duty group or at an admin: the outbox row that carries it."""

    __tablename__ = "card"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    address: Mapped[str]
    outbox_id: Mapped[int] = mapped_column(BigInteger)
    has_photo: Mapped[bool]


class Missed(Base):
    """What the bot could not answer: one row for all who asked alike. Nothing in it tells who asked."""

    __tablename__ = "missed"
    __table_args__ = (
        Index("ix_missed_state_times", "state", "times"),
        Index("ix_missed_times_last_at", "times", "last_at"),
        Index("ix_missed_last_at_times", "last_at", "times"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, doc="unguessable, because buttons carry it")
    key: Mapped[str] = mapped_column(unique=True, doc="the telling words, folded and sorted")
    text: Mapped[str] = mapped_column(doc="one wording, without numbers, links and addresses of people")
    reason: Mapped[str] = mapped_column(doc="nothing: no answer was there; unsure: those offered were not it")
    state: Mapped[str] = mapped_column(server_default="open", doc="open, answered, dismissed")
    times: Mapped[int] = mapped_column(doc="how often it was asked")
    answer: Mapped[str | None] = mapped_column(doc="the latest of staff, as typed")
    first_at: Mapped[datetime] = mapped_column(doc="the day")
    last_at: Mapped[datetime] = mapped_column(doc="the day")
    closed_at: Mapped[datetime | None] = mapped_column(doc="when it was answered or dismissed")
    told_at: Mapped[datetime | None] = mapped_column(
        index=True, doc="the hour in which staff heard that somebody waits"
    )


class Question(Base):
    """Somebody waits for staff's answer. Deleted when it is given, taken back, or a month has passed."""

    __tablename__ = "question"
    missed_id: Mapped[str] = mapped_column(ForeignKey("missed.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    text: Mapped[str] = mapped_column(doc="as this person put it, without what `missed.text` is without")
    asked_at: Mapped[datetime] = mapped_column(index=True)


class Counter(Base):
    __tablename__ = "counter"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class Fact(Base):
    """Small facts about this installation, such as the bot's user name."""

    __tablename__ = "fact"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class WebVisitor(Base):
    """A browser that chats; only the hash of its cookie is kept. Its address is `web:<id>`."""

    __tablename__ = "web_visitor"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    admin: Mapped[bool]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class WebMessage(Base):
    """What a web chat shows. `seq` grows with every new or changed message of a chat."""

    __tablename__ = "web_message"
    __table_args__ = (
        Index("ix_web_message_chat_seq", "chat", "seq"),
        UniqueConstraint("chat", "client_id"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    chat: Mapped[str]
    seq: Mapped[int] = mapped_column(BigInteger)
    author: Mapped[int | None] = mapped_column(BigInteger, doc="visitor id; None for the bot")
    payload: Mapped[dict[str, Any]]
    outbox_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    client_id: Mapped[str | None] = mapped_column(doc="makes a repeated POST harmless")
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
