"""Plan runs and the plans (编排方案) they find: placements, what was left out, and how good it is."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, Searched, word
from scheduler.models.events import Resource


class RunState(StrEnum):
    """The life of a plan run."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


class Importance(StrEnum):
    """How much an organizer cares about a goal of the plan."""

    OFF = "off"
    SLIGHT = "slight"
    NORMAL = "normal"
    HIGH = "high"
    HIGHEST = "highest"


ACTIVE = text("state IN ('queued', 'running')")


class PlanRun(Searched):
    """A request to plan a quarter: a due row which a worker claims under a lease.

    `scope_code` is the division planned (the province or one city). At most one run is queued or
    running for a quarter and scope. `importance` says by goal how much it matters; goals it does not name
    matter as is customary. `repair` is None for a plan anew; else what the plan in force is to be mended for,
    and within which budget.
    """

    __tablename__ = "plan_run"
    __table_args__ = (
        Index(
            "uq_plan_run_active",
            "quarter",
            "scope_code",
            unique=True,
            sqlite_where=ACTIVE,
            postgresql_where=ACTIVE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(String(6))
    scope_code: Mapped[str] = mapped_column(ForeignKey("division.code"))
    state: Mapped[RunState] = mapped_column(word(RunState), default=RunState.QUEUED)
    seconds: Mapped[int]
    seed: Mapped[int]
    importance: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    events: Mapped[int] = mapped_column(default=0)
    repair: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class RunProgress(Base):
    """One point of a run's two lines, cost and bound, as they close on each other."""

    __tablename__ = "run_progress"

    run_id: Mapped[int] = mapped_column(ForeignKey("plan_run.id", ondelete="CASCADE"), primary_key=True)
    milliseconds: Mapped[int] = mapped_column(primary_key=True)
    placed: Mapped[int]
    cost: Mapped[int | None]
    bound: Mapped[int | None]


class PlanState(StrEnum):
    """The life of a plan."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class Plan(Base):
    """A found plan with all that is needed to trust and to repeat it; nothing is recomputed for display.

    `repair` is what a repair came to: moves, whether fewer are possible, and each change with its reason.
    """

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(String(6), index=True)
    scope_code: Mapped[str] = mapped_column(ForeignKey("division.code"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("plan_run.id"), unique=True)
    state: Mapped[PlanState] = mapped_column(word(PlanState), default=PlanState.DRAFT)
    outcome: Mapped[str] = mapped_column(String(24))
    events: Mapped[int]
    placed: Mapped[int]
    cost: Mapped[int]
    bound: Mapped[int | None]
    costs_by_goal: Mapped[dict[str, Any]]
    solve_seconds: Mapped[float]
    seed: Mapped[int]
    parameters: Mapped[dict[str, Any]]
    problem_hash: Mapped[str] = mapped_column(String(64))
    input_version: Mapped[str] = mapped_column(String(64))
    difference: Mapped[dict[str, Any]]
    repair: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    provisional: Mapped[bool]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class Placement(Base):
    """Where and when a plan puts one event."""

    __tablename__ = "placement"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("crew.id"))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id"))
    costs: Mapped[dict[str, Any]]


class PlacementVenue(Base):
    """A venue of a placement."""

    __tablename__ = "placement_venue"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), primary_key=True)


class Shift(Base):
    """A crew or host on duty in one slot of a placement; a long event may change crews between slots."""

    __tablename__ = "shift"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    resource: Mapped[Resource] = mapped_column(word(Resource), primary_key=True)
    resource_id: Mapped[int] = mapped_column(primary_key=True)
    day_on: Mapped[date] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(String(12), primary_key=True)


class PlanChange(Base):
    """A change of a draft by hand: every move with where the event stood before and after (None: nowhere).

    Numbers count from 1 within a plan; the unique pair lets only one of two who change at once through.
    A change that takes another one back names it.
    """

    __tablename__ = "plan_change"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    number: Mapped[int]
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    moves: Mapped[dict[str, Any]]
    costs: Mapped[dict[str, Any]]
    undoes: Mapped[int | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]


class LeftOut(Base):
    """An event that a plan could not place, with the reason's name and the facts behind it."""

    __tablename__ = "left_out"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]]


class Scarcity(Base):
    """How scarce one resource is in one week of a plan, in slots: what is asked, what there is, what is used.

    `kind` is venues, crews or week (all venues together); `subject` a division and, after a colon, a type of
    venue, or a pool.
    """

    __tablename__ = "scarcity"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    subject: Mapped[str] = mapped_column(String(60), primary_key=True)
    week_on: Mapped[date] = mapped_column(primary_key=True)
    demand: Mapped[float]
    supply: Mapped[int]
    used: Mapped[int]
