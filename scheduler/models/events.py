"""Events (招聘活动): what must be placed, what was published, and which duty each one meets."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.models.base import Base, word
from scheduler.models.organizers import Organizer
from scheduler.models.regions import Division
from scheduler.models.venues import Crew, Host, Venue
from scheduler.times import now


class EventKind(StrEnum):
    """The kinds of recruitment event."""

    COMPREHENSIVE = "comprehensive"
    PROFESSIONAL = "professional"
    CAMPUS = "campus"
    LIVESTREAM = "livestream"
    POLICY_TALK = "policy_talk"
    ONLINE = "online"
    TOUR = "tour"
    OTHER = "other"


class SlotPattern(StrEnum):
    """Which slots of a day an event takes, and on how many consecutive days."""

    HALF_DAY = "half_day"
    FULL_DAY = "full_day"
    EVENING = "evening"
    TWO_DAYS = "two_days"


class EventState(StrEnum):
    """The life of an event as the public may see it."""

    PLANNED = "planned"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    HELD = "held"


class Event(Base):
    """One hiring event. Its time and place are those published; drafts live in placements."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("window_first_on <= window_last_on", name="window"),
        CheckConstraint("wished_on BETWEEN window_first_on AND window_last_on", name="wish"),
        CheckConstraint("booths >= 0 AND people >= 0 AND staff >= 0", name="sizes"),
        CheckConstraint("(starts_at IS NULL) = (ends_at IS NULL) AND starts_at < ends_at", name="times"),
        CheckConstraint("state <> 'published' OR starts_at IS NOT NULL", name="published"),
        Index("ix_event_state_starts_at", "state", "starts_at"),
        Index("ix_event_quarter_city_code", "quarter", "city_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(80), unique=True)
    quarter: Mapped[str] = mapped_column(String(6))
    kind: Mapped[EventKind] = mapped_column(word(EventKind))
    title_zh: Mapped[str] = mapped_column(String(160))
    title_en: Mapped[str] = mapped_column(String(240))
    organizer_id: Mapped[int] = mapped_column(ForeignKey("organizer.id"))
    division_code: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    city_code: Mapped[str] = mapped_column(ForeignKey("division.code"))
    campaign_code: Mapped[str | None] = mapped_column(ForeignKey("campaign.code"), index=True)
    industry_code: Mapped[str | None] = mapped_column(ForeignKey("industry.code"), index=True)

    window_first_on: Mapped[date]
    window_last_on: Mapped[date]
    wished_on: Mapped[date | None]
    pattern: Mapped[SlotPattern] = mapped_column(word(SlotPattern))
    booths: Mapped[int]
    people: Mapped[int]
    staff: Mapped[int]
    venue_types: Mapped[list[str]]
    equipment: Mapped[list[str]]
    venues_needed: Mapped[int] = mapped_column(default=1)
    priority: Mapped[int] = mapped_column(default=3)
    pinned_starts_at: Mapped[datetime | None]
    pinned_venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))

    state: Mapped[EventState] = mapped_column(word(EventState), default=EventState.PLANNED)
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("crew.id"))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id"))
    cancel_reason: Mapped[str | None] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=0)
    visible_changed_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    organizer: Mapped[Organizer] = relationship(lazy="raise")
    division: Mapped[Division] = relationship(lazy="raise", foreign_keys=[division_code])
    city: Mapped[Division] = relationship(lazy="raise", foreign_keys=[city_code])
    crew: Mapped[Crew | None] = relationship(lazy="raise")
    host: Mapped[Host | None] = relationship(lazy="raise")
    venues: Mapped[list[Venue]] = relationship(lazy="raise", secondary="event_venue", order_by=Venue.id)

    @property
    def titles(self) -> dict[str, str]:
        """Return what refusals call the event."""
        return {"title_zh": self.title_zh, "title_en": self.title_en}


class EventVenue(Base):
    """A venue in which a published event takes place (mega fairs have several)."""

    __tablename__ = "event_venue"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), primary_key=True, index=True)


class EventDuty(Base):
    """An event counts toward a duty in a period (2027-W05, 2027-02, 2027Q1, 2027, or a campaign)."""

    __tablename__ = "event_duty"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    duty_code: Mapped[str] = mapped_column(ForeignKey("duty.code"), primary_key=True)
    period: Mapped[str] = mapped_column(String(48), primary_key=True)


class Resource(StrEnum):
    """What a published event holds for itself."""

    VENUE = "venue"
    CREW = "crew"
    HOST = "host"


class Hold(Base):
    """One venue, crew or host is taken by one published event in one slot.

    The primary key is the guard against double booking: it holds on every path and on both databases.
    """

    __tablename__ = "hold"

    resource: Mapped[Resource] = mapped_column(word(Resource), primary_key=True)
    resource_id: Mapped[int] = mapped_column(primary_key=True)
    day_on: Mapped[date] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(String(12), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
