"""Livestreams (直播带岗): platform channels, firms' turns, run sheets (流程单), what came of each opening."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, Leased, word
from scheduler.models.bookings import Strictness
from scheduler.models.enterprises import of_registration
from scheduler.times import now

LONGEST_LINK = 300


class Platform(StrEnum):
    """The platforms on which bureaus broadcast."""

    DOUYIN = "douyin"
    KUAISHOU = "kuaishou"
    WECHAT = "wechat"
    BILIBILI = "bilibili"
    OTHER = "other"


class StreamChannel(Base):
    """A bureau's account on a platform (平台账号): it broadcasts one livestream at a time.

    `verified_on` is the day on which the platform confirmed who stands behind it (实名认证, LR13).
    """

    __tablename__ = "stream_channel"
    __table_args__ = (UniqueConstraint("city_code", "platform", "name_zh"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    city_code: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    platform: Mapped[Platform] = mapped_column(word(Platform))
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(160))
    verified_on: Mapped[date | None]
    retired_on: Mapped[date | None]
    is_sample: Mapped[bool] = mapped_column(default=False)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class ChannelHold(Base):
    """One channel is taken by one published livestream in one slot; the primary key is the guard.

    It stands apart from `Hold`: when a publication moves a livestream to where its channel is taken, the
    event moves all the same and the livestream is left without a channel.
    """

    __tablename__ = "channel_hold"

    channel_id: Mapped[int] = mapped_column(ForeignKey("stream_channel.id"), primary_key=True)
    day_on: Mapped[date] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(String(12), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)


class LivestreamState(StrEnum):
    """Where a livestream stands: being prepared, open to firms, closed to them, or broadcast."""

    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"
    HELD = "held"


class Livestream(Base):
    """What an event of kind livestream has beside its time, studio and host.

    `turns` is how many firms can come; firms take turns until `closes_at` and give them back until
    `cancel_until`. `lead_minutes` belong to the host before the first firm.
    """

    __tablename__ = "livestream"
    __table_args__ = (
        CheckConstraint("turns BETWEEN 1 AND 20", name="turns"),
        CheckConstraint("lead_minutes BETWEEN 0 AND 30", name="lead"),
        CheckConstraint("state <> 'open' OR closes_at IS NOT NULL", name="open"),
        CheckConstraint("stream_url IS NULL OR substr(stream_url, 1, 8) = 'https://'", name="stream_url"),
        CheckConstraint("replay_url IS NULL OR substr(replay_url, 1, 8) = 'https://'", name="replay_url"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("stream_channel.id"), index=True)
    state: Mapped[LivestreamState] = mapped_column(word(LivestreamState))
    turns: Mapped[int]
    lead_minutes: Mapped[int] = mapped_column(default=5)
    closes_at: Mapped[datetime | None]
    cancel_until: Mapped[datetime | None]
    stream_url: Mapped[str | None] = mapped_column(String(LONGEST_LINK))
    replay_url: Mapped[str | None] = mapped_column(String(LONGEST_LINK))
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class StreamTurn(Base):
    """A firm has a turn (场次) in a livestream; without a row the turn is free.

    The primary key is the guard: the last turn goes to one firm, whoever asks at the same moment. The number
    is a place, not the order of going on air: that stands in the run sheet.
    """

    __tablename__ = "stream_turn"
    __table_args__ = (
        UniqueConstraint("event_id", "enterprise_id"),
        of_registration(),
        CheckConstraint("ordinal BETWEEN 1 AND 20", name="ordinal"),
        CheckConstraint("minutes_wanted BETWEEN 5 AND 60", name="minutes"),
    )

    event_id: Mapped[int] = mapped_column(
        ForeignKey("livestream.event_id", ondelete="CASCADE"), primary_key=True
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id", ondelete="CASCADE"), index=True)
    minutes_wanted: Mapped[int]
    about_zh: Mapped[str] = mapped_column(String(400), default="", server_default=text("''"))
    questions_zh: Mapped[str] = mapped_column(String(1200), default="", server_default=text("''"))
    rules_accepted_at: Mapped[datetime | None]
    taken_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class StreamOpening(Base):
    """An opening that a firm shows in its turn: its place, its second in the replay, and what came of it."""

    __tablename__ = "stream_opening"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "enterprise_id", "opening_id"],
            [
                "registration_opening.event_id",
                "registration_opening.enterprise_id",
                "registration_opening.opening_id",
            ],
            name="fk_stream_opening_brought",
            ondelete="CASCADE",
        ),
        CheckConstraint("replay_second >= 0", name="replay_second"),
        CheckConstraint("views >= 0 AND resumes >= 0", name="counts"),
    )

    event_id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    enterprise_id: Mapped[int]
    position: Mapped[int]
    replay_second: Mapped[int | None]
    views: Mapped[int | None]
    resumes: Mapped[int | None]
    counted_at: Mapped[datetime | None]


class SheetState(StrEnum):
    """A run sheet's state: one draft is worked on, one version is in force, older ones are kept."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"


class RunSheet(Base):
    """A version of a livestream's run sheet (流程单): who is on air in which minute.

    `lines` is the sheet in its order, `undo` the sheets before the last changes; `revision` refuses a change
    that was made looking at an older one.
    """

    __tablename__ = "run_sheet"
    __table_args__ = (
        UniqueConstraint("event_id", "version"),
        CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published"),
        Index(
            "uq_run_sheet_draft",
            "event_id",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
        Index(
            "uq_run_sheet_published",
            "event_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("livestream.event_id", ondelete="CASCADE"))
    version: Mapped[int]
    state: Mapped[SheetState] = mapped_column(word(SheetState))
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    undo: Mapped[list[list[dict[str, Any]]]] = mapped_column(JSON, default=list)
    revision: Mapped[int] = mapped_column(default=1)
    made_by_solver: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class StreamRules(Base):
    """A bureau's rules of livestreams; without a row those of the bureau above hold, at last the product's.

    Lead days are working days before the livestream.
    """

    __tablename__ = "stream_rules"
    __table_args__ = (
        CheckConstraint("least_minutes BETWEEN 5 AND most_minutes AND most_minutes <= 60", name="minutes"),
        CheckConstraint("lead_minutes BETWEEN 0 AND 30", name="lead"),
        CheckConstraint(
            "closes_lead_days BETWEEN 0 AND 20 AND cancel_lead_days BETWEEN 0 AND 20", name="days"
        ),
    )

    organizer_id: Mapped[int] = mapped_column(
        ForeignKey("organizer.id", ondelete="CASCADE"), primary_key=True
    )
    least_minutes: Mapped[int]
    most_minutes: Mapped[int]
    lead_minutes: Mapped[int]
    closes_lead_days: Mapped[int]
    cancel_lead_days: Mapped[int]
    checklist: Mapped[Strictness] = mapped_column(word(Strictness))
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class OrderEnd(StrEnum):
    """Why an order brought no draft: the turns and pauses do not fit, or nobody could end the work."""

    UNFIT = "unfit"
    GIVEN_UP = "given_up"


class SheetOrder(Leased):
    """The solver is to order a livestream's run sheet; the row is due until the draft is written.

    An order that has `ended` is due no more and
    stays until the next one, for the page to say why.
    """

    __tablename__ = "sheet_order"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("livestream.event_id", ondelete="CASCADE"), primary_key=True
    )
    ordered_at: Mapped[datetime]
    ended: Mapped[OrderEnd | None] = mapped_column(word(OrderEnd))
