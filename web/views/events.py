"""The published events: as a list, a week, a month or a map with one filter, and each on its own page."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, render_template, request

from scheduler.models import EventKind
from scheduler.queries import public as schedule
from scheduler.queries.booking.receipts import lottery_of
from scheduler.queries.filters import EventFilter
from scheduler.queries.floors import plans_of_event
from scheduler.queries.livestreams.public import on_air
from scheduler.queries.public_calendar import calendar_days, next_day
from scheduler.queries.public_changes import moves_of
from scheduler.queries.public_facets import facets, filter_names
from scheduler.queries.public_regions import region_tree
from scheduler.queries.public_rows import VisibleEvent
from scheduler.queries.tickets import gives_tickets, places
from scheduler.times import local, now, today
from web import addresses, grids, narrowing, tiles
from web.policy import policy, public
from web.qr import qr_code
from web.site import reader, settings
from web.wishes import WISHES

blueprint = Blueprint("events", __name__)

BESIDE = ("view", "on", "page", *WISHES)
EMPLOYERS_PER_PAGE = 50
SHOWN_IN_WEEK_DAY = 12
SHOWN_IN_MONTH_DAY = 3


@blueprint.get("/events")
@policy(public)
def search() -> str:
    """Show the events that the filter wants, in the view asked for."""
    wanted = EventFilter.parse(request.args, beside=BESIDE)
    view = request.args.get("view") or "list"
    if view not in VIEWS:
        abort(400)
    session = reader()
    names = filter_names(session, wanted)
    return render_template(
        f"public/events_{view}.html",
        view=view,
        wanted=wanted,
        names=names,
        chosen=narrowing.chosen(wanted, names),
        spans=narrowing.spans(),
        regions=region_tree(session),
        facets=facets(session, narrowing.upcoming(wanted)),
        **VIEWS[view](wanted),
    )


def _list(wanted: EventFilter) -> dict[str, Any]:
    page = schedule.search(reader(), narrowing.upcoming(wanted), number=_page())
    days = [(day, events) for day, events in _by_first_day(page.events).items()]
    return {"page": page, "days": days}


def _by_first_day(events: tuple[VisibleEvent, ...]) -> dict[date, list[VisibleEvent]]:
    """Return the events under the day on which they begin: a list shows an event once."""
    days: dict[date, list[VisibleEvent]] = {}
    for event in events:
        days.setdefault(local(event.starts_at).date(), []).append(event)
    return days


def _week(wanted: EventFilter) -> dict[str, Any]:
    monday = grids.monday_of(_anchor(wanted))
    days = grids_of_week(monday)
    return {
        "days": days,
        "events": calendar_days(reader(), _within(wanted, days[0], days[-1])),
        "most": SHOWN_IN_WEEK_DAY,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "undated": replace(wanted, from_on=None, to_on=None),
    }


def grids_of_week(monday: date) -> list[date]:
    """Return the seven days from a Monday on."""
    return [monday + timedelta(days=offset) for offset in range(grids.DAYS)]


def _month(wanted: EventFilter) -> dict[str, Any]:
    first, last = grids.month_of(_anchor(wanted))
    return {
        "first": first,
        "weeks": grids.weeks_of(first),
        "events": calendar_days(reader(), _within(wanted, first, last)),
        "most": SHOWN_IN_MONTH_DAY,
        "before": grids.previous_month(first),
        "after": grids.next_month(first),
        "undated": replace(wanted, from_on=None, to_on=None),
    }


def _map(wanted: EventFilter) -> dict[str, Any]:
    session = reader()
    found = facets(session, narrowing.upcoming(wanted))
    tree = region_tree(session)
    city = wanted.region and f"{wanted.region[:4]}00"
    inside = next((branch for branch in tree if branch.city.code == city), None)
    if inside:
        events = {choice.value.code: choice.events for choice in found.counties}
        return {"inside": inside.city, "tiles": tiles.county_tiles(inside.counties, events)}
    events = {choice.value.code: choice.events for choice in found.cities}
    return {"inside": None, "tiles": tiles.city_tiles([branch.city for branch in tree], events)}


VIEWS = {"list": _list, "week": _week, "month": _month, "map": _map}


def _anchor(wanted: EventFilter) -> date:
    """Return the day around which a calendar opens: the one asked for, else where events begin."""
    asked = EventFilter.parse({"from": request.args.get("on", "")}).from_on
    return asked or wanted.from_on or next_day(reader(), narrowing.upcoming(wanted)) or today()


def _within(wanted: EventFilter, first: date, last: date) -> EventFilter:
    """Return the filter narrowed to the days shown."""
    from_on = max(first, wanted.from_on or first)
    return replace(wanted, from_on=from_on, to_on=max(from_on, min(last, wanted.to_on or last)))


def _page() -> int:
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdecimal() and len(text) < 6):  # noqa: PLR2004 — no list is longer
        abort(400)
    return int(text)


@blueprint.get("/events/<uid>")
@policy(public)
def event(uid: str) -> str:
    """Show one event: when, where, how to get there, who comes, what to bring."""
    session = reader()
    found = schedule.get_event(session, uid=uid)
    employers = schedule.employers(session, event_id=found.id)
    first = (_page() - 1) * EMPLOYERS_PER_PAGE
    return render_template(
        "public/event.html",
        event=found,
        seated=sum(bool(employer.booths) for employer in employers),
        employers=employers[first : first + EMPLOYERS_PER_PAGE],
        page=_page(),
        pages=max(1, -(-len(employers) // EMPLOYERS_PER_PAGE)),
        moves=moves_of(session, event_id=found.id),
        qr=qr_code(settings().public_url + addresses.event(uid)),
        here=EventFilter(region=found.division.code),
        floors=plans_of_event(session, event_id=found.id),
        lottery=lottery_of(session, event_id=found.id),
        places=places(session, event_id=found.id) if gives_tickets(found) else None,
        has_begun=found.starts_at <= now(),
        is_over=found.ends_at <= now(),
        stream=on_air(session, event=found) if found.kind is EventKind.LIVESTREAM else None,
    )


@blueprint.get("/events/<uid>/employers/<int:enterprise_id>")
@policy(public)
def employer(uid: str, enterprise_id: int) -> str:
    """Show what one employer brings to an event, to whoever scans the card at its booth."""
    session = reader()
    found = schedule.get_event(session, uid=uid)
    return render_template(
        "public/employer.html",
        event=found,
        employer=schedule.employer(session, event_id=found.id, enterprise_id=enterprise_id),
        has_floor=bool(plans_of_event(session, event_id=found.id)),
        qr=qr_code(settings().public_url + addresses.employer(uid, enterprise_id)),
    )
