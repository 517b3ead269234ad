"""An enterprise looks for fairs to come, by name, kind and days, at home or everywhere."""

from collections.abc import Mapping
from typing import Any

from flask.typing import ResponseReturnValue

from scheduler.errors import Refusal
from scheduler.models import EventKind
from scheduler.queries.booking.attending import MOST_FOUND, offers, terms_of
from scheduler.queries.booking.booths import free_counts
from scheduler.queries.filters import EVERYTHING, EventFilter
from scheduler.queries.refusals import DaysReversed
from scheduler.times import now
from web.policy import enterprise, policy
from web.schemas.attending import FindQuery
from web.schemas.base import asked
from web.site import reader
from web.views.enterprise.base import blueprint, employer, show


@blueprint.get("/find")
@policy(enterprise)
def find() -> ResponseReturnValue:
    """List fairs to come, of the own city and circle or of everywhere."""
    values = asked(FindQuery)
    first, last = values["from_on"], values["to_on"]
    if first and last and first > last:
        return find_page({**values, "to_on": None}, DaysReversed(first=first, last=last)), DaysReversed.status
    return find_page(values)


def find_page(values: Mapping[str, Any], refusal: Refusal | None = None) -> str:
    """Return the page of fairs to come that fit a query."""
    wanted = EventFilter(
        from_on=values["from_on"], to_on=values["to_on"], kind=values["kind"], text=values["q"]
    )
    found = offers(reader(), actor=employer(), wanted=wanted, anywhere=bool(values["anywhere"]))
    ids = [one.id for one, _ in found]
    return show(
        "find.html",
        found=found,
        terms=terms_of(reader(), event_ids=ids),
        left=free_counts(reader(), event_ids=ids),
        moment=now(),
        values=values,
        kinds=[one for one in EventKind if one is not EventKind.LIVESTREAM],
        narrowed=wanted != EVERYTHING or values["anywhere"],
        most=MOST_FOUND,
        refusal=refusal,
    )
