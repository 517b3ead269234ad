"""An organizer marks what counts: a livestream for the week's duty, an event for a themed one."""

from datetime import date

import pytest
from sqlalchemy import Engine

from scheduler.database import transaction
from scheduler.errors import NotFound, Refusal
from scheduler.models import EventKind
from scheduler.quarters import Quarter
from scheduler.services.duties import (
    CannotCount,
    PeriodOutside,
    UnknownDuty,
    expand_duties,
    mark_event,
    unmark_event,
)
from tests.scheduler.duties.rows import add_county_duties, add_event, add_province

Q1 = Quarter(2027, 1)
MARK = {"duty_code": "W", "period": "2027-W02"}
TUESDAY = date(2027, 1, 12)


def test_a_livestream_counts_from_its_mark_until_the_mark_is_taken_back(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_county_duties(session)
        event = add_event(session, "370101", EventKind.LIVESTREAM, TUESDAY)
        for _ in range(2):
            mark_event(session, quarter=Q1, event_id=event.id, **MARK)
        marked = expand_duties(session, quarter=Q1)
        unmark_event(session, event_id=event.id, **MARK)
        unmarked = expand_duties(session, quarter=Q1)
        with pytest.raises(NotFound):
            unmark_event(session, event_id=event.id, **MARK)
    assert (marked.added, unmarked.added) == (14, 1)


@pytest.mark.parametrize(
    ("kind", "change", "refusal"),
    [
        (EventKind.COMPREHENSIVE, {}, CannotCount),
        (EventKind.LIVESTREAM, {"period": "2027-W03"}, CannotCount),
        (EventKind.LIVESTREAM, {"period": "2027-W33"}, PeriodOutside),
        (EventKind.LIVESTREAM, {"duty_code": "X"}, UnknownDuty),
        (EventKind.LIVESTREAM, {"event_id": 0}, NotFound),
    ],
)
def test_what_cannot_count_is_refused_by_name(
    engine: Engine, kind: EventKind, change: dict[str, str | int], refusal: type[Refusal]
) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_county_duties(session)
        event = add_event(session, "370101", kind, TUESDAY)
        values: dict[str, object] = {"event_id": event.id, **MARK, **change}
        with pytest.raises(refusal) as found:
            mark_event(session, quarter=Q1, **values)  # type: ignore[arg-type]
    assert type(found.value) is refusal
