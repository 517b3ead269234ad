"""What bureaus prefer in plans: the weekdays they like, and how many people they have on duty at once."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Forbidden, Refusal
from scheduler.models import Organizer, Role
from scheduler.queries.organizers import organizers_within
from scheduler.queries.scope import get_scoped
from scheduler.queries.staffing import staff_rule
from scheduler.services.organizers import set_preferences
from web.errors import has_no_page
from web.policy import organizer, policy
from web.schemas.base import asked, posted
from web.schemas.preferences import WEEKDAYS, PreferencesForm, PreferencesQuery
from web.site import reader, writing
from web.views.organizer.desk import blueprint, desk, member, show


@blueprint.get("/preferences")
@policy(organizer)
def preferences() -> str:
    """List the bureaus of the scope with what they prefer, and the form of one of them."""
    values = asked(PreferencesQuery)
    return _page(values["bureau"], None)


@blueprint.post("/preferences")
@policy(organizer, Role.PLANNER)
def save_preferences() -> ResponseReturnValue:
    """Keep what a bureau prefers."""
    form = posted(PreferencesForm)
    try:
        with writing() as session:
            bureau: Organizer = get_scoped(session, Organizer, form["bureau"], member())
            if not member().may(Role.PLANNER, bureau.division_code):
                raise Forbidden
            set_preferences(
                session,
                organizer_id=bureau.id,
                staff=form["staff"],
                preferred_weekdays=[number for number in WEEKDAYS if form[f"on_{number}"]],
            )
    except Refusal as refusal:
        if has_no_page(refusal):
            raise
        return _page(form["bureau"], form, refusal), refusal.status
    flash(gettext("已保存，今后的编排按此进行。现有草案须重新编排。"))
    return redirect(url_for("organizer.preferences"))


def _page(bureau_id: int | None, form: dict[str, Any] | None, refusal: Refusal | None = None) -> str:
    place = desk()
    bureaus = organizers_within(reader(), scope_code=place.scope_code)
    if bureau_id is not None:
        chosen: Organizer | None = get_scoped(reader(), Organizer, bureau_id, member())
    else:
        chosen = next((one for one in bureaus if one.division_code == place.scope_code), None)
    return show(
        "preferences.html",
        place,
        bureaus=bureaus,
        chosen=chosen,
        staff=form["staff"] if form else chosen and chosen.staff,
        weekdays=[number for number in WEEKDAYS if form[f"on_{number}"]]
        if form
        else (chosen.preferred_weekdays if chosen else []),
        booths_per_staff=staff_rule(reader()).booths_per_staff,
        refusal=refusal,
    )
