"""Floor plans: versions of a venue's hall with its fixtures, zones and booths (展位), in millimetres."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.models.base import Base, word
from scheduler.times import now


class FloorState(StrEnum):
    """A draft may change; a ready one is what events use; a retired one is kept for what it was used for."""

    DRAFT = "draft"
    READY = "ready"
    RETIRED = "retired"


class FloorPlan(Base):
    """A version of a venue's floor plan.

    `outline` is the hall's corners [[x, y], …] in millimetres from the north-west corner, x to the east
    and y to the south. `fixtures` are what stands there besides booths: doors, pillars, aisles, the stage,
    service desks, each {"kind", "x_mm", "y_mm", "width_mm", "depth_mm", "name_zh"}. `revision` counts edits.
    """

    __tablename__ = "floor_plan"
    __table_args__ = (
        UniqueConstraint("venue_id", "version"),
        CheckConstraint("width_mm > 0 AND depth_mm > 0", name="sizes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id", ondelete="CASCADE"))
    version: Mapped[int]
    name_zh: Mapped[str] = mapped_column(String(80))
    state: Mapped[FloorState] = mapped_column(word(FloorState))
    width_mm: Mapped[int]
    depth_mm: Mapped[int]
    outline: Mapped[list[list[int]]] = mapped_column(JSON())
    fixtures: Mapped[list[dict[str, Any]]] = mapped_column(JSON())
    revision: Mapped[int] = mapped_column(default=1)
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    booths: Mapped[list["Booth"]] = relationship(lazy="raise", order_by="Booth.id")
    zones: Mapped[list["FloorZone"]] = relationship(lazy="raise", order_by="FloorZone.code")


class FloorZone(Base):
    """A zone of a floor plan; `industry_codes` are the industries it is meant for, none for all."""

    __tablename__ = "floor_zone"

    floor_plan_id: Mapped[int] = mapped_column(
        ForeignKey("floor_plan.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(80))
    industry_codes: Mapped[list[str]]


class Booth(Base):
    """A booth of a floor plan: where it stands, how large it is, and what it offers."""

    __tablename__ = "booth"
    __table_args__ = (
        UniqueConstraint("floor_plan_id", "code"),
        CheckConstraint("x_mm >= 0 AND y_mm >= 0 AND width_mm > 0 AND depth_mm > 0", name="sizes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    floor_plan_id: Mapped[int] = mapped_column(ForeignKey("floor_plan.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(12))
    zone_code: Mapped[str | None] = mapped_column(String(12))
    x_mm: Mapped[int]
    y_mm: Mapped[int]
    width_mm: Mapped[int]
    depth_mm: Mapped[int]
    power: Mapped[bool] = mapped_column(default=False)
    network: Mapped[bool] = mapped_column(default=False)
    accessible: Mapped[bool] = mapped_column(default=False)
    usable: Mapped[bool] = mapped_column(default=True)


class EventFloor(Base):
    """An event offers the booths of this floor plan; an event in several halls has several."""

    __tablename__ = "event_floor"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    floor_plan_id: Mapped[int] = mapped_column(ForeignKey("floor_plan.id"), primary_key=True, index=True)
