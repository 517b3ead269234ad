"""Events as a list, as a week or as those left out: the same for a plan and for what is in force."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from scheduler.models import EventKind, Plan
from scheduler.quarters import Quarter, Week
from scheduler.queries.permits import filing_rule, permit_rule
from scheduler.queries.workbench import events as event_queries
from scheduler.queries.workbench.context import day_kinds, is_free, regions
from scheduler.queries.workbench.difference import Difference, difference
from scheduler.queries.workbench.facts import event_facts
from scheduler.queries.workbench.rows import Change, Sight, WorkFilter
from scheduler.queries.workbench.timeline import timeline
from scheduler.times import days_between, today
from web.site import reader
from web.views.organizer.desk import Desk, region_of


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week shown: whether people are off work, and what it is called."""

    on: date
    free: bool
    kind: str
    name: str
    provisional: bool
    is_today: bool


def listing(place: Desk, values: dict[str, Any], plan: Plan | None) -> dict[str, Any]:
    """Return what the list templates need: the wanted view of the events, and the panel's event.

    With a plan its placements are shown and marked with their difference from what is in force.
    """
    sight = Sight(place.scope_code, plan.quarter if plan else place.quarter, plan.id if plan else None)
    found = difference(reader(), plan=plan, scope_code=place.scope_code) if plan else None
    wanted = _wanted(place, values, found)
    return {
        "values": values,
        "difference": found,
        "plan": plan,
        "kinds": list(EventKind),
        "weeks": _weeks(Quarter.parse(sight.quarter)),
        "regions": regions(reader(), scope_code=place.scope_code),
        "panel": _panel(values, sight),
        "permit": permit_rule(reader()),
        "filing": filing_rule(reader()),
        **_view(values, sight, wanted),
    }


def _wanted(place: Desk, values: dict[str, Any], found: Difference | None) -> WorkFilter:
    week: Week | None = values["week"]
    change: Change | None = values["change"]
    return WorkFilter(
        region=region_of(values["region"], place.scope_code) if values["region"] else "",
        kind=values["kind"],
        first_on=week.monday_on if week else None,
        last_on=week.sunday_on if week else None,
        text=values["q"],
        large=bool(values["large"]),
        ids=found.ids(change) if found and change else None,
    )


def _view(values: dict[str, Any], sight: Sight, wanted: WorkFilter) -> dict[str, Any]:
    if values["view"] == "calendar":
        return _week(values, sight, wanted)
    if values["view"] == "left-out" and sight.plan_id:
        return {"page": event_queries.left_out_lines(reader(), sight, wanted, number=values["page"])}
    if values["change"] is Change.GONE:
        sight = Sight(sight.scope_code, sight.quarter)  # what the plan has no place for is only in force
    return {"page": event_queries.placed_lines(reader(), sight, wanted, number=values["page"])}


def _week(values: dict[str, Any], sight: Sight, wanted: WorkFilter) -> dict[str, Any]:
    weeks = _weeks(Quarter.parse(sight.quarter))
    week = values["week"] or _shown_first(weeks, Quarter.parse(sight.quarter))
    wanted = WorkFilter(
        **{name: getattr(wanted, name) for name in ("region", "kind", "text", "large", "ids")},
        first_on=week.monday_on,
        last_on=week.sunday_on,
    )
    by_venue = values["rows"] == "venues"
    place = weeks.index(week) if week in weeks else None
    return {
        "week": week,
        "days": _days(week),
        "grid": timeline(reader(), sight, wanted, by_venue=by_venue, number=values["page"]),
        "previous_week": weeks[place - 1].label if place else None,
        "next_week": weeks[place + 1].label if place is not None and place + 1 < len(weeks) else None,
    }


def _weeks(quarter: Quarter) -> list[Week]:
    """Return all weeks with a day in the quarter: also those whose duties belong to the neighbour."""
    monday = quarter.first_on - timedelta(days=quarter.first_on.weekday())
    return [
        Week(monday + timedelta(weeks=number)) for number in range((quarter.last_on - monday).days // 7 + 1)
    ]


def _shown_first(weeks: list[Week], quarter: Quarter) -> Week:
    """Return the week of today when it is among them, else the first that lies wholly in the quarter."""
    whole = next(week for week in weeks if week.monday_on >= quarter.first_on)
    return next((week for week in weeks if week.monday_on <= today() <= week.sunday_on), whole)


def _days(week: Week) -> list[Day]:
    known = day_kinds(reader(), first_on=week.monday_on, last_on=week.sunday_on)
    return [
        Day(
            on=day,
            free=is_free(day, known),
            kind=known[day].kind if day in known else "",
            name=known[day].name_zh if day in known else "",
            provisional=known[day].provisional if day in known else True,
            is_today=day == today(),
        )
        for day in days_between(week.monday_on, week.sunday_on)
    ]


def _panel(values: dict[str, Any], sight: Sight) -> Any:  # noqa: ANN401 — facts or none
    if not values["event"]:
        return None
    return event_facts(reader(), event_id=values["event"], scope_code=sight.scope_code, plan_id=sight.plan_id)
