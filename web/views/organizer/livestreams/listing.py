"""The livestreams of a quarter: when, on which channel, with how many firms, and how far their sheets are."""

from scheduler.models import EventKind
from scheduler.quarters import Quarter
from scheduler.queries.livestreams.listing import StreamNote, stream_notes
from scheduler.queries.workbench.context import regions
from scheduler.queries.workbench.events import placed_lines
from scheduler.queries.workbench.rows import Sight, WorkFilter
from web.policy import organizer, policy
from web.schemas.base import asked
from web.schemas.livestreams import StreamsQuery
from web.site import reader
from web.views.organizer.desk import blueprint, desk, region_of, show


@blueprint.get("/livestreams")
@policy(organizer)
def livestreams() -> str:
    """List the quarter's livestreams."""
    values = asked(StreamsQuery)
    place = desk(values["quarter"])
    week = values["week"]
    wanted = WorkFilter(
        region=region_of(values["region"], place.scope_code) if values["region"] else "",
        kind=EventKind.LIVESTREAM,
        first_on=week.monday_on if week else None,
        last_on=week.sunday_on if week else None,
        text=values["q"],
    )
    page = placed_lines(reader(), Sight(place.scope_code, place.quarter), wanted, number=values["page"])
    return show(
        "livestreams/list.html",
        place,
        values=values,
        page=page,
        notes=stream_notes(reader(), event_ids=[line.id for line in page.lines]),
        nothing_settled=StreamNote(),
        weeks=Quarter.parse(place.quarter).weeks,
        regions=regions(reader(), scope_code=place.scope_code),
    )
