"""Cases of people: attendees and crews are in one place at a time, and there are enough of them."""

from solver.timetable import Crew, CrewNeed, CrewPool, Placement, Travel
from tests.solver.cases.case import TWO, TWO_HALLS, Case
from tests.solver.factories import (
    HALL_NEED,
    at,
    attendee,
    make_event,
    make_pool,
    make_problem,
    make_venue,
    needing_crew,
)

SHORT_HANDED = make_problem(
    needing_crew("a", size=50),
    crew_pools=(make_pool(Crew("small", size=10), Crew("large", size=60, away_days=frozenset({1}))),),
)

FAR_HALLS = (make_venue("hall"), make_venue("remote", region="far"))

PEOPLE = [
    Case(
        "attendee_free",
        make_problem(*TWO, venues=TWO_HALLS, attendees=(attendee("a", "b"),)),
        (at("a", 0), at("b", 1, "other")),
        (at("a", 0), at("b", 0, "other")),
    ),
    Case("crews_enough", SHORT_HANDED, (at("a", 0, crews=("large",)),), (at("a", 0, crews=("small",)),)),
    Case("crews_enough", SHORT_HANDED, (at("a", 0, crews=("large",)),), (at("a", 3, crews=("large",)),)),
    Case(
        "crews_enough",
        make_problem(needing_crew("a", count=2), crew_pools=(make_pool(),)),
        (at("a", 0, crews=("c1", "c2")),),
        (at("a", 0, crews=("c1",)),),
    ),
    Case(
        "attendee_travel",
        make_problem(
            *TWO, venues=FAR_HALLS, attendees=(attendee("a", "b"),), travel=(Travel(("county", "far"), 150),)
        ),
        (at("a", 0), at("b", 1, "remote")),
        (at("a", 1), at("b", 2, "remote")),
    ),
    Case(
        "attendee_travel",
        make_problem(
            make_event("a", takes=2, days=2),
            make_event("b", needs=(), region="far"),
            attendees=(attendee("a", "b"),),
            travel=(Travel(("far", "county"), 91),),
        ),
        (at("a", 0), Placement("b", 6)),
        (at("a", 0), Placement("b", 5)),
    ),
    Case(
        "attendee_travel",
        make_problem(
            make_event("a", needs=(HALL_NEED, HALL_NEED)),
            make_event("b", needs=(), region="far"),
            venues=FAR_HALLS,
            attendees=(attendee("a", "b"),),
            travel=(Travel(("far", "county"), 200),),
        ),
        (at("a", 0, "hall", "remote"), Placement("b", 2)),
        (at("a", 0, "hall", "remote"), Placement("b", 1)),
    ),
    Case(
        "crew_travel",
        make_problem(
            needing_crew("a"),
            needing_crew("b"),
            venues=FAR_HALLS,
            crew_pools=(make_pool(),),
            travel=(Travel(("county", "far"), 151),),
        ),
        (at("a", 0, crews=("c1",)), at("b", 1, "remote", crews=("c2",))),
        (at("a", 0, crews=("c1",)), at("b", 1, "remote", crews=("c1",))),
    ),
    Case(
        "staff_enough",
        make_problem(
            make_event("a", crew=CrewNeed("city", 0, staff=3)),
            make_event("b", crew=CrewNeed("city", 0, staff=2), takes=2),
            venues=TWO_HALLS,
            crew_pools=(CrewPool("city", staff=4),),
        ),
        (at("a", 2), at("b", 0, "other")),
        (at("a", 1), at("b", 0, "other")),
    ),
    Case(
        "crew_free",
        make_problem(needing_crew("a"), needing_crew("b"), venues=TWO_HALLS, crew_pools=(make_pool(),)),
        (at("a", 0, crews=("c1",)), at("b", 0, "other", crews=("c2",))),
        (at("a", 0, crews=("c1",)), at("b", 0, "other", crews=("c1",))),
    ),
]
