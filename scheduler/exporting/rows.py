"""The columns of an export, the same in every format."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from scheduler.queries.public_rows import VenueLine, VisibleEvent
from scheduler.times import local

Cell = str | int | float | None
SEVERAL = "；"


@dataclass(frozen=True, slots=True)
class Duties:
    """Crews or hosts of one event, each with its id and name."""

    members: tuple[tuple[int, str], ...] = ()

    @property
    def ids(self) -> str:
        """Return the ids in one cell."""
        return SEVERAL.join(str(identity) for identity, _ in self.members)

    @property
    def names(self) -> str:
        """Return the names in one cell."""
        return SEVERAL.join(name for _, name in self.members)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a plan adds to an event: its crews and hosts, its cost in points, and the draft's id."""

    crew: Duties
    host: Duties
    cost: int | None
    plan_id: int | None


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One event in one venue. Moments are ISO 8601 in Shanghai's time; `event` is the calendar's UID.

    `state` is published, held, cancelled, or planned in a draft; `cost` is in the plan's points.
    """

    event: str
    kind: str
    title: str
    title_en: str
    state: str
    region_code: str
    region: str
    city_code: str
    city: str
    venue_id: int | None
    venue: str | None
    venue_region_code: str | None
    address: str | None
    crew_ids: str
    crew: str
    host_ids: str
    host: str
    starts_at: str
    ends_at: str
    booths: int
    people: int
    organizer: str
    campaign_code: str | None
    campaign: str | None
    industry_code: str | None
    industry: str | None
    employers: int
    openings: int
    headcount: int
    revision: int
    changed_at: str
    cancel_reason: str | None
    provisional: int
    plan: int | None
    cost: int | None

    def cells(self) -> list[Cell]:
        """Return the values in the order of COLUMNS."""
        return [getattr(self, name) for name in COLUMNS]


COLUMNS = tuple(field.name for field in fields(ExportRow))


def rows_of(event: VisibleEvent, arrangement: Arrangement) -> Iterator[ExportRow]:
    """Yield an event's rows, one for each of its venues; one without a venue still has a row."""
    for venue in event.venues or (None,):
        yield _row(event, venue, arrangement)


def _row(event: VisibleEvent, venue: VenueLine | None, arrangement: Arrangement) -> ExportRow:
    return ExportRow(
        event=event.uid,
        kind=event.kind.value,
        title=event.title_zh,
        title_en=event.title_en,
        state=event.state.value if arrangement.plan_id is None else "planned",
        region_code=event.division.code,
        region=event.division.zh,
        city_code=event.city.code,
        city=event.city.zh,
        venue_id=venue.id if venue else None,
        venue=venue.zh if venue else None,
        venue_region_code=venue.division_code if venue else None,
        address=venue.address_zh if venue else None,
        crew_ids=arrangement.crew.ids,
        crew=arrangement.crew.names,
        host_ids=arrangement.host.ids,
        host=arrangement.host.names,
        starts_at=local(event.starts_at).isoformat(),
        ends_at=local(event.ends_at).isoformat(),
        booths=event.booths,
        people=event.people,
        organizer=event.organizer.zh,
        campaign_code=event.campaign.code if event.campaign else None,
        campaign=event.campaign.zh if event.campaign else None,
        industry_code=event.industry.code if event.industry else None,
        industry=event.industry.zh if event.industry else None,
        employers=event.attendance.employers,
        openings=event.attendance.openings,
        headcount=event.attendance.headcount,
        revision=event.revision,
        changed_at=local(event.changed_at).isoformat(),
        cancel_reason=event.cancel_reason,
        provisional=int(event.provisional),
        plan=arrangement.plan_id,
        cost=arrangement.cost,
    )
