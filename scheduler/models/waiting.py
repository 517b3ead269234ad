"""Who did not come, who waits (候补), and who has a ticket (入场码)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word
from scheduler.times import now


class NoShow(Base):
    """An enterprise did not come (违约), or came and broke a rule (`misconduct` says which).

    It counts until it is lifted, after a written appeal or because the matter was settled.
    """

    __tablename__ = "no_show"
    __table_args__ = (UniqueConstraint("event_id", "enterprise_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id", ondelete="CASCADE"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    misconduct: Mapped[str | None] = mapped_column(String(200))
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    appeal: Mapped[str | None] = mapped_column(String(600))
    appealed_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(200))
    lifted_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None]


class WaitingFor(StrEnum):
    """What one can wait for at an event: a booth, a firm's turn in a livestream, a seeker's place."""

    BOOTH = "booth"
    STREAM_TURN = "stream_turn"
    PLACE = "place"


class WaitingState(StrEnum):
    """Where a waiting stands: an offer that is not answered in time lapses, and is made once."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


ON_LIST = (WaitingState.WAITING, WaitingState.OFFERED)
"""The states of whoever waits still or has an offer."""
OPEN_WAITING = text("state IN ('waiting', 'offered')")


class Waiting(Base):
    """A place on an event's waiting list (候补), by an enterprise or by a seeker, for a quantity.

    A seeker's is a random `serial`, which becomes the ticket's; an account may stand behind it and need not.
    `ordinal` is the turn that an offer keeps: of two offers of one turn the unique index lets one be.
    """

    __tablename__ = "waiting"
    __table_args__ = (
        CheckConstraint(
            "(wanted = 'place') = (serial IS NOT NULL) AND (enterprise_id IS NULL) = (serial IS NOT NULL) "
            "AND (enterprise_id IS NULL OR account_id IS NULL)",
            name="one",
        ),
        CheckConstraint("ordinal IS NULL OR wanted = 'stream_turn'", name="ordinal"),
        CheckConstraint("quantity BETWEEN 1 AND 20", name="quantity"),
        CheckConstraint("(state = 'offered') = (offer_until IS NOT NULL)", name="offer"),
        Index(
            "uq_waiting_enterprise",
            "event_id",
            "wanted",
            "enterprise_id",
            unique=True,
            sqlite_where=OPEN_WAITING,
            postgresql_where=OPEN_WAITING,
        ),
        Index(
            "uq_waiting_account",
            "event_id",
            "wanted",
            "account_id",
            unique=True,
            sqlite_where=OPEN_WAITING,
            postgresql_where=OPEN_WAITING,
        ),
        Index(
            "uq_waiting_ordinal",
            "event_id",
            "ordinal",
            unique=True,
            sqlite_where=text("state = 'offered'"),
            postgresql_where=text("state = 'offered'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    wanted: Mapped[WaitingFor] = mapped_column(word(WaitingFor))
    enterprise_id: Mapped[int | None] = mapped_column(
        ForeignKey("enterprise.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    serial: Mapped[str | None] = mapped_column(String(32), unique=True)
    quantity: Mapped[int] = mapped_column(default=1)
    ordinal: Mapped[int | None]
    state: Mapped[WaitingState] = mapped_column(word(WaitingState))
    joined_at: Mapped[datetime] = mapped_column(default=now)
    offered_at: Mapped[datetime | None]
    offer_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class PlaceCount(Base):
    """How many seekers' places (求职者名额) an event has and how many are taken; no row: nobody counts.

    Taken by one conditional UPDATE; the CHECK stands behind it.
    """

    __tablename__ = "place_count"
    __table_args__ = (CheckConstraint("taken BETWEEN 0 AND capacity", name="taken"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)


class TicketState(StrEnum):
    """Whether a ticket lets somebody in."""

    VALID = "valid"
    CANCELLED = "cancelled"


class Ticket(Base):
    """A seeker's ticket (入场码); `serial` is random and is what the signed QR code carries."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index(
            "uq_ticket_account",
            "event_id",
            "account_id",
            unique=True,
            sqlite_where=text("state = 'valid'"),
            postgresql_where=text("state = 'valid'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    serial: Mapped[str] = mapped_column(String(32), unique=True)
    state: Mapped[TicketState] = mapped_column(word(TicketState))
    issued_at: Mapped[datetime] = mapped_column(default=now)
    cancelled_at: Mapped[datetime | None]
