"""Venues (场地) with what they offer and when they are open, and the crews and hosts who work there."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.models.base import Base
from scheduler.times import now


class Venue(Base):
    """A hall, campus, square or livestream studio; generated ones are marked as samples (示例)."""

    __tablename__ = "venue"
    __table_args__ = (
        CheckConstraint("booths >= 0 AND people > 0", name="sizes"),
        CheckConstraint("setup_minutes >= 0 AND teardown_minutes >= 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(160))
    type_code: Mapped[str] = mapped_column(ForeignKey("venue_type.code"))
    division_code: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    city_code: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    address_zh: Mapped[str] = mapped_column(String(160))
    lon: Mapped[float]
    lat: Mapped[float]
    booths: Mapped[int]
    people: Mapped[int]
    equipment: Mapped[list[str]]
    setup_minutes: Mapped[int]
    teardown_minutes: Mapped[int]
    is_sample: Mapped[bool] = mapped_column(default=False)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    openings: Mapped[list["VenueOpening"]] = relationship(lazy="raise", back_populates="venue")
    closures: Mapped[list["VenueClosure"]] = relationship(lazy="raise", back_populates="venue")


class VenueOpening(Base):
    """A weekday's opening time, in minutes since midnight; no row means closed that weekday."""

    __tablename__ = "venue_opening"
    __table_args__ = (
        UniqueConstraint("venue_id", "iso_weekday"),
        CheckConstraint("iso_weekday BETWEEN 1 AND 7", name="iso_weekday"),
        CheckConstraint(
            "opens_minute >= 0 AND opens_minute < closes_minute AND closes_minute <= 1440", name="opening"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id", ondelete="CASCADE"))
    iso_weekday: Mapped[int]
    opens_minute: Mapped[int]
    closes_minute: Mapped[int]

    venue: Mapped[Venue] = relationship(lazy="raise", back_populates="openings")


class VenueClosure(Base):
    """Days on which a venue cannot be used, both ends included, with the reason."""

    __tablename__ = "venue_closure"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id", ondelete="CASCADE"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    reason_zh: Mapped[str] = mapped_column(String(120))
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    venue: Mapped[Venue] = relationship(lazy="raise", back_populates="closures")


class Crew(Base):
    """A team of a city that sets up and runs one event at a time; `staff` is its head count."""

    __tablename__ = "crew"
    __table_args__ = (CheckConstraint("staff > 0", name="staff"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    city_code: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(160))
    staff: Mapped[int]
    is_sample: Mapped[bool] = mapped_column(default=False)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class CrewAbsence(Base):
    """Days on which a crew cannot work, both ends included, with the reason."""

    __tablename__ = "crew_absence"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    crew_id: Mapped[int] = mapped_column(ForeignKey("crew.id", ondelete="CASCADE"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    reason_zh: Mapped[str] = mapped_column(String(120))
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class Host(Base):
    """A livestream host of a city (直播主持人), by working name; one livestream at a time."""

    __tablename__ = "host"

    id: Mapped[int] = mapped_column(primary_key=True)
    city_code: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(160))
    is_sample: Mapped[bool] = mapped_column(default=False)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
