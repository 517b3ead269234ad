"""An enterprise joins several events at once: one form, and an answer of its own for each event."""

from flask import request
from flask.typing import ResponseReturnValue

from scheduler.errors import Refusal
from scheduler.queries.booking.attending import own_openings
from scheduler.queries.booking.joining import joining
from scheduler.queries.openings.judging import judge
from scheduler.queries.openings.library import own_rules
from scheduler.services import registering
from web.booth_codes import codes_in
from web.coming_back import marked_on
from web.named_firms import UnknownFirms, firms_named
from web.policy import enterprise, policy
from web.schemas.attending import FindQuery, box_of
from web.schemas.base import BadForm, asked, posted
from web.schemas.joining import NothingChosen, choosing, chosen_in
from web.schemas.joining import joining as joining_form
from web.site import reader, writing
from web.views.enterprise.base import blueprint, employer, show
from web.views.enterprise.finding import find_page


@blueprint.get("/join")
@policy(enterprise)
def join() -> ResponseReturnValue:
    """Ask once what is brought to all the events that were ticked."""
    try:
        ids = chosen_in(request.args)
    except NothingChosen as refusal:
        values = FindQuery().load({})
        return find_page(values, refusal), refusal.status
    asked(choosing(ids))
    return _form(ids)


@blueprint.post("/join")
@policy(enterprise)
def join_events() -> ResponseReturnValue:
    """Register for all of them; what became of each is said, and one refusal costs no other event."""
    ids = chosen_in(request.form)
    openings = own_openings(reader(), actor=employer())
    try:
        form = posted(joining_form(ids, openings))
        avoided = firms_named(reader(), form["avoided"])
    except BadForm as refusal:
        return marked_on(_form(ids), refusal), refusal.status
    except UnknownFirms as refusal:
        return _form(ids, refusal), refusal.status
    with writing() as session:
        outcomes = registering.register_together(
            session,
            event_ids=ids,
            enterprise_id=employer().enterprise_id,
            form=registering.Form(
                opening_ids=[one.id for one in openings if form[box_of(one)]],
                wishes=[registering.Wanted(zone_code=code) for code in codes_in(form["wishes"])],
                booths_wanted=form["booths"],
                needs_power=bool(form["power"]),
                needs_network=bool(form["network"]),
                avoided_ids=avoided,
            ),
        )
    found = joining(reader(), actor=employer(), event_ids=ids)
    return show("joined.html", outcomes=outcomes, lines={line.event.id: line for line in found.lines})


def _form(ids: list[int], refusal: Refusal | None = None) -> str:
    actor = employer()
    openings = own_openings(reader(), actor=actor)
    return show(
        "join.html",
        found=joining(reader(), actor=actor, event_ids=ids),
        openings=openings,
        judged=judge(reader(), openings, own_rules(reader(), actor)),
        typed=request.form,
        refusal=refusal,
        box_of=box_of,
    )
