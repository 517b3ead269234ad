"""Pages for everyone: no account, no session, no script needed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from scheduler.errors import NotFound
from scheduler.feeds import TOO_LARGE_BYTES, feed_octets
from scheduler.queries import public as schedule
from scheduler.queries.filters import EventFilter
from scheduler.queries.privacy import earlier_notice, notice_now, versions
from scheduler.queries.public_calendar import next_day
from scheduler.queries.public_campaigns import campaign_lines
from scheduler.queries.public_facets import facets, filter_names
from scheduler.queries.public_regions import region_tree
from scheduler.queries.samples import has_sample_data
from scheduler.times import today
from web import addresses, narrowing
from web.grids import monday_of
from web.policy import policy, public
from web.qr import qr_code
from web.schemas.base import asked
from web.schemas.privacy import NoticeQuery
from web.site import reader, settings
from web.wishes import HOME_REGION, WISHES, home_region, set_cookie

blueprint = Blueprint("public", __name__)

SHOWN_AT_HOME = 6
CAMPAIGNS_AT_HOME = 4


@blueprint.app_context_processor
def _for_every_page() -> dict[str, Any]:
    """Give templates the addresses, and lazily whether the site shows invented data."""
    return {"addresses": addresses, "shows_samples": lambda: has_sample_data(reader()), "today": today}


@blueprint.get("/")
@policy(public)
def home() -> Response:
    """Choose a region, see what is on there this week or next; the browser remembers the region."""
    asked = EventFilter.parse(request.args, beside=WISHES).region
    wanted = EventFilter(region=asked if "region" in request.args else _remembered())
    response = make_response(render_template("public/home.html", wanted=wanted, **_home(wanted)))
    if "region" in request.args and asked != home_region():
        set_cookie(response, HOME_REGION, asked or "")
    return response


def _remembered() -> str | None:
    """Return the region chosen last time, as long as there is one of that code."""
    region = home_region()
    return region if filter_names(reader(), EventFilter(region=region)).region else None


def _home(wanted: EventFilter) -> dict[str, Any]:
    session = reader()
    coming = replace(wanted, from_on=today())
    week = replace(coming, to_on=monday_of(today()) + timedelta(days=6))
    this_week = schedule.search(session, week, size=SHOWN_AT_HOME)
    campaigns = [line for line in campaign_lines(session, from_on=today()) if line.events]
    return {
        "names": filter_names(session, wanted),
        "regions": region_tree(session),
        "week": week,
        "this_week": this_week,
        "coming": this_week if this_week.total else schedule.search(session, coming, size=SHOWN_AT_HOME),
        "next_on": next_day(session, coming),
        "facets": facets(session, coming),
        "campaigns": campaigns[:CAMPAIGNS_AT_HOME],
    }


@blueprint.get("/campaigns")
@policy(public)
def campaigns() -> str:
    """List the campaigns that run or are to come."""
    return render_template("public/campaigns.html", campaigns=campaign_lines(reader(), from_on=today()))


@blueprint.get("/subscribe")
@policy(public)
def subscribe() -> str:
    """Turn a filter into a calendar address, with a QR code and the steps for each program."""
    wanted = EventFilter.parse(request.args, beside=WISHES)
    session = reader()
    names = filter_names(session, wanted)
    return render_template(
        "public/subscribe.html",
        wanted=wanted,
        chosen=narrowing.chosen(wanted, names),
        regions=region_tree(session),
        facets=facets(session, EventFilter(from_on=today())),
        qr=qr_code(addresses.feed(wanted)),
        count=schedule.count(session, narrowing.upcoming(wanted)),
        is_large=feed_octets(session, wanted) > TOO_LARGE_BYTES,
    )


@blueprint.get("/privacy")
@policy(public)
def privacy_notice() -> str:
    """Say what is kept about people, what for, on what ground and for how long (PIPL art. 17)."""
    number = asked(NoticeQuery)["version"]
    session, contact = reader(), settings().privacy_contact
    notice = earlier_notice(session, number=number) if number else notice_now(session, contact=contact)
    if notice is None:
        raise NotFound
    return render_template("public/privacy.html", notice=notice, versions=versions(session), earlier=number)


@blueprint.get("/help")
@policy(public)
def help_page() -> str:
    """Answer what seekers ask most."""
    return render_template("public/help.html")
