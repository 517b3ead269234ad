"""Bookings (展位预订): on what terms an event gives its booths, and who has which."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word
from scheduler.models.enterprises import of_registration
from scheduler.times import now

FRESH_DAYS = 60


class Way(StrEnum):
    """How an event gives its booths: to who comes first, or by request and fair allocation."""

    FIRST_COME = "first_come"
    ALLOCATION = "allocation"


class Bar(StrEnum):
    """For how long a bureau bars an enterprise that did not come; LIFTED: until it lifts the record."""

    NONE = "none"
    NEXT_FAIR = "next_fair"
    QUARTER = "quarter"
    YEAR = "year"
    LIFTED = "lifted"


class Strictness(StrEnum):
    """What something that is to be put right does: it blocks, or a warning is shown."""

    BLOCK = "block"
    WARN = "warn"


class BookingRules(Base):
    """A bureau's rules of booking; without a row those of the bureau above hold, at last the product's.

    Minutes of a day are counted from midnight: check-in ends at `check_in_minute`, on days that are no
    working days at `rest_day_check_in_minute` where that is set, and begins at `check_in_from_minute` (None:
    when the doors open). 0 means without a limit for `fairs_a_month`, `most_booths` and `most_people` of a
    fair. `shares` are percentages of a fair's booths that an allocation reserves for tiers, `kept` the tiers
    for which what they leave over is kept; a fair may say otherwise. With `branch_authorised` a branch comes
    only with its parent's authorisation. The last four are about the openings
    brought along: one is stale that was not confirmed for `fresh_days`.
    """

    __tablename__ = "booking_rules"
    __table_args__ = (
        CheckConstraint("booths_each BETWEEN 1 AND 20 AND hold_minutes BETWEEN 1 AND 1440", name="booking"),
        CheckConstraint("check_in_minute BETWEEN 0 AND 1439", name="check_in"),
        CheckConstraint("rest_day_check_in_minute BETWEEN 0 AND 1439", name="rest_day_check_in"),
        CheckConstraint("check_in_from_minute BETWEEN 0 AND 1439", name="check_in_from"),
        CheckConstraint("most_booths >= 0 AND most_people >= 0", name="size"),
        CheckConstraint(
            "cancel_lead_days >= 0 AND closes_lead_days >= 0 AND no_show_limit >= 1 AND fairs_a_month >= 0",
            name="counts",
        ),
        CheckConstraint("fresh_days BETWEEN 1 AND 365", name="fresh"),
    )

    organizer_id: Mapped[int] = mapped_column(
        ForeignKey("organizer.id", ondelete="CASCADE"), primary_key=True
    )
    way: Mapped[Way] = mapped_column(word(Way))
    booths_each: Mapped[int]
    needs_review: Mapped[bool]
    branch_authorised: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    hold_minutes: Mapped[int]
    closes_lead_days: Mapped[int]
    cancel_lead_days: Mapped[int]
    check_in_minute: Mapped[int]
    rest_day_check_in_minute: Mapped[int | None]
    check_in_from_minute: Mapped[int | None]
    no_show_limit: Mapped[int]
    no_show_bar: Mapped[Bar] = mapped_column(word(Bar))
    fairs_a_month: Mapped[int]
    consecutive: Mapped[bool]
    walk_in: Mapped[bool]
    most_booths: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    most_people: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    shares: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    kept: Mapped[list[str]] = mapped_column(JSON(), default=list, server_default=text("'[]'"))
    fresh_days: Mapped[int] = mapped_column(default=FRESH_DAYS, server_default=text("60"))
    wage_check: Mapped[Strictness] = mapped_column(
        word(Strictness, "wage_check"), default=Strictness.WARN, server_default=text("'warn'")
    )
    word_check: Mapped[Strictness] = mapped_column(
        word(Strictness, "word_check"), default=Strictness.BLOCK, server_default=text("'block'")
    )
    stale_check: Mapped[Strictness] = mapped_column(
        word(Strictness, "stale_check"), default=Strictness.WARN, server_default=text("'warn'")
    )
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class BookingTerms(Base):
    """The terms of one event, fixed by the bureau's rules when its booking opens. No row: not open yet.

    The lottery's seed is drawn when the terms are made; its SHA-256 (`seed_hash`) is shown from then on, the
    seed itself after `allocated_at`. `public_rule` says which public fact of a later day the lottery depends
    on beside the seed (None: on none), `drawn_on` the day on which it comes to be known, after requests are
    closed, and `public_word` what that fact turned out to be. `shares` are the
    booths reserved for enterprises of a tier, by tier; those of the tiers in `kept` that nobody claims stay
    free until `cancel_until` for who of that tier comes late. `opened_at` is when the terms were made: who
    registered later had read them (None: that was not kept yet).
    """

    __tablename__ = "booking_terms"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="window"),
        CheckConstraint("booths_each BETWEEN 1 AND 20 AND hold_minutes BETWEEN 1 AND 1440", name="booking"),
        CheckConstraint("no_show_limit >= 1 AND fairs_a_month >= 0", name="counts"),
        CheckConstraint("public_word IS NULL OR public_rule IS NOT NULL", name="public_word"),
        CheckConstraint("drawn_on IS NULL OR public_rule IS NOT NULL", name="drawn_on"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    way: Mapped[Way] = mapped_column(word(Way))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    cancel_until: Mapped[datetime]
    check_in_from: Mapped[datetime | None]
    check_in_until: Mapped[datetime]
    booths_each: Mapped[int]
    hold_minutes: Mapped[int]
    needs_review: Mapped[bool]
    branch_authorised: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    walk_in: Mapped[bool]
    no_show_limit: Mapped[int]
    no_show_bar: Mapped[Bar] = mapped_column(word(Bar))
    fairs_a_month: Mapped[int]
    consecutive: Mapped[bool]
    seed: Mapped[str] = mapped_column(String(64))
    seed_hash: Mapped[str] = mapped_column(String(64))
    public_rule: Mapped[str | None] = mapped_column(String(200))
    public_word: Mapped[str | None] = mapped_column(String(100))
    drawn_on: Mapped[date | None]
    shares: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    kept: Mapped[list[str]] = mapped_column(JSON(), default=list, server_default=text("'[]'"))
    opened_at: Mapped[datetime | None] = mapped_column(default=now)
    allocated_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class RegistrationOpening(Base):
    """An enterprise brings this opening to this event."""

    __tablename__ = "registration_opening"
    __table_args__ = (of_registration(),)

    event_id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(
        ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class BoothWish(Base):
    """A booth or a zone an enterprise would like at an event; rank 1 is its dearest wish."""

    __tablename__ = "booth_wish"
    __table_args__ = (
        of_registration(),
        CheckConstraint("(booth_id IS NULL) <> (zone_code IS NULL)", name="one"),
        CheckConstraint("rank BETWEEN 1 AND 20", name="rank"),
    )

    event_id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)
    booth_id: Mapped[int | None] = mapped_column(ForeignKey("booth.id", ondelete="CASCADE"), index=True)
    zone_code: Mapped[str | None] = mapped_column(String(12))


class AvoidedNeighbour(Base):
    """An enterprise would rather not stand beside another one at an event."""

    __tablename__ = "avoided_neighbour"
    __table_args__ = (
        of_registration(),
        CheckConstraint("enterprise_id <> other_id", name="other"),
    )

    event_id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(primary_key=True)
    other_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class BookingState(StrEnum):
    """The life of a booking; the first three have their booths, the others have given them back."""

    HELD = "held"
    CONFIRMED = "confirmed"
    CHECKED_IN = "checked_in"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


STANDING = (BookingState.HELD, BookingState.CONFIRMED, BookingState.CHECKED_IN)
STANDS = text("state IN ('held', 'confirmed', 'checked_in')")


class BookingSource(StrEnum):
    """How a booking came about."""

    FIRST_COME = "first_come"
    ALLOCATION = "allocation"
    ORGANIZER = "organizer"
    WAITING_LIST = "waiting_list"


class Booking(Base):
    """An enterprise has booths at an event: held for some minutes, then confirmed.

    The partial unique index is the rule "one booking per enterprise and event"; who has a booth at this
    moment stands in `booth_hold`. `booth_ids` are those of a standing booking, and those that an ended one
    had. `reason` says why an organizer set a rule aside. A pinned booking is moved by no allocation.
    """

    __tablename__ = "booking"
    __table_args__ = (
        of_registration(),
        CheckConstraint("(state = 'held') = (held_until IS NOT NULL)", name="held"),
        CheckConstraint(
            "(ended_at IS NULL) = (state IN ('held', 'confirmed', 'checked_in'))",
            name="ended",
        ),
        Index(
            "uq_booking_standing",
            "event_id",
            "enterprise_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index("ix_booking_held_until", "held_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id", ondelete="CASCADE"), index=True)
    state: Mapped[BookingState] = mapped_column(word(BookingState))
    source: Mapped[BookingSource] = mapped_column(word(BookingSource))
    held_until: Mapped[datetime | None]
    booked_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None] = mapped_column(String(200))
    booth_ids: Mapped[list[int]] = mapped_column(JSON(), server_default=text("'[]'"))
    reason: Mapped[str | None] = mapped_column(String(200))
    pinned: Mapped[bool] = mapped_column(default=False)
    booked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class BoothHold(Base):
    """One booth is taken by one booking at one event.

    The primary key is the guard against overselling: it holds on every path and on both databases. A swap
    deletes both rows and inserts both anew in one transaction.
    """

    __tablename__ = "booth_hold"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"), primary_key=True, index=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), index=True)
