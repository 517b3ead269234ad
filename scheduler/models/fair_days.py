"""A fair's day: its gates, who came to them, how many people are inside, and what came of it all."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word
from scheduler.times import now


class Gate(Base):
    """An entrance (签到口) of one event, of one hall or zone (`zone_zh`, empty for the whole).

    Helpers at the door open it by a link with a key of its own, of which only the hash is kept; it lasts
    until `expires_at` or until it is revoked. `seen_at` is when its devices were heard of last.
    """

    __tablename__ = "gate"
    __table_args__ = (CheckConstraint("expires_at > opened_at", name="lasts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name_zh: Mapped[str] = mapped_column(String(40))
    zone_zh: Mapped[str] = mapped_column(String(40), default="")
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    opened_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        """Tell whether the key still opens it."""
        return self.revoked_at is None and self.expires_at > now()


class Verdict(StrEnum):
    """What became of a check-in: it counts; somebody got in who should not have; or was sent away."""

    ACCEPTED = "accepted"
    CONFLICT = "conflict"
    REFUSED = "refused"


class Objection(StrEnum):
    """What speaks against a check-in; one that somebody has undone (撤销签到) counts no more."""

    TWICE = "twice"
    CANCELLED = "cancelled"
    RELEASED = "released"
    NOT_CONFIRMED = "not_confirmed"
    OTHER_EVENT = "other_event"
    UNKNOWN = "unknown"
    UNDONE = "undone"


class CheckInMeans(StrEnum):
    """How somebody was checked in: by a code, by the list of enterprises, or from the paper sheet."""

    CODE = "code"
    LIST = "list"
    PAPER = "paper"


class CheckIn(Base):
    """Somebody came to a gate with a ticket, or an enterprise with its booking.

    `client_id` is drawn by the device, so that a check-in sent again is the same one. The partial unique
    indexes let a ticket and a booking count once, whatever gates have done without network. `checked_at`
    is the device's clock, `received_at` ours. A conflict stays on the list until somebody settles it.
    """

    __tablename__ = "check_in"
    __table_args__ = (
        CheckConstraint("(verdict = 'accepted') = (objection IS NULL)", name="objected"),
        CheckConstraint("ticket_id IS NULL OR booking_id IS NULL", name="one"),
        CheckConstraint(
            "verdict <> 'accepted' OR ticket_id IS NOT NULL OR booking_id IS NOT NULL", name="whose"
        ),
        CheckConstraint("people BETWEEN 0 AND 99", name="people"),
        Index("ix_check_in_event_id_received_at", "event_id", "received_at"),
        *(
            Index(
                f"uq_check_in_{whose}",
                whose,
                unique=True,
                sqlite_where=text("verdict = 'accepted'"),
                postgresql_where=text("verdict = 'accepted'"),
            )
            for whose in ("ticket_id", "booking_id")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(String(36), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    gate_id: Mapped[int | None] = mapped_column(ForeignKey("gate.id", ondelete="SET NULL"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"))
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"))
    means: Mapped[CheckInMeans] = mapped_column(word(CheckInMeans))
    verdict: Mapped[Verdict] = mapped_column(word(Verdict))
    objection: Mapped[Objection | None] = mapped_column(word(Objection))
    people: Mapped[int] = mapped_column(default=1)
    checked_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=now)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    settlement: Mapped[str | None] = mapped_column(String(200))


class Passage(Base):
    """People went in (positive) or out (negative) without being checked in, as a gate's counter says.

    What a paper sheet says afterwards has no gate.
    """

    __tablename__ = "passage"
    __table_args__ = (
        CheckConstraint("people <> 0 AND people BETWEEN -999 AND 999", name="people"),
        Index("ix_passage_event_id_passed_at", "event_id", "passed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(String(36), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    gate_id: Mapped[int | None] = mapped_column(ForeignKey("gate.id", ondelete="SET NULL"), index=True)
    people: Mapped[int]
    passed_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=now)


class NoShowRelease(Base):
    """The booths of those who had not checked in were released (到点释放), once for an event.

    The row is written in the transaction that releases: the primary key lets one worker do it, and a
    worker that is killed in between leaves neither.
    """

    __tablename__ = "no_show_release"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    released_at: Mapped[datetime] = mapped_column(default=now)
    bookings: Mapped[int]


class FairResult(Base):
    """What came of a fair for one enterprise (成效), as it says itself or as the organizer enters it.

    `entered_by` is empty where the enterprise answered by its link.
    """

    __tablename__ = "fair_result"
    __table_args__ = (
        CheckConstraint(
            "visitors BETWEEN 0 AND 99999 AND resumes BETWEEN 0 AND 99999 "
            "AND intents BETWEEN 0 AND 99999 AND hires BETWEEN 0 AND 99999",
            name="counts",
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    visitors: Mapped[int]
    resumes: Mapped[int]
    intents: Mapped[int]
    hires: Mapped[int]
    remark: Mapped[str | None] = mapped_column(String(200))
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    reported_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
