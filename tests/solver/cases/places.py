"""Cases of places: what a venue must be, when it is open, and that it holds one event at a time."""

from solver.timetable import Closure, Need, Opening, Reach
from tests.solver.cases.case import TWO, Case
from tests.solver.factories import at, make_event, make_problem, make_venue

PLACES = [
    Case(
        "venue_kind",
        make_problem(make_event(), venues=(make_venue(), make_venue("studio", kind="studio"))),
        (at("a", 0),),
        (at("a", 0, "studio"),),
    ),
    Case(
        "venue_capacity",
        make_problem(make_event(), venues=(make_venue(), make_venue("small", booths=19))),
        (at("a", 0),),
        (at("a", 0, "small"),),
    ),
    Case(
        "venue_capacity",
        make_problem(
            make_event(needs=(Need(people=300),)),
            venues=(make_venue(people=300), make_venue("small", people=299)),
        ),
        (at("a", 0),),
        (at("a", 0, "small"),),
    ),
    Case(
        "venue_features",
        make_problem(
            make_event(needs=(Need(features=frozenset({"power"})),)),
            venues=(make_venue(features=frozenset({"power", "net"})), make_venue("bare")),
        ),
        (at("a", 0),),
        (at("a", 0, "bare"),),
    ),
    Case(
        "venue_region",
        make_problem(
            make_event(needs=(Need(reaches=(Reach("county"), Reach("city", 6))),)),
            venues=(make_venue(), make_venue("far", region="elsewhere")),
        ),
        (at("a", 0),),
        (at("a", 0, "far"),),
    ),
    Case(
        "venue_open",
        make_problem(make_event(), venues=(make_venue(openings=(Opening(0, 480, 1020),)),)),
        (at("a", 1),),
        (at("a", 2),),
    ),
    Case(
        "venue_open",
        make_problem(make_event(takes=2), venues=(make_venue(openings=(Opening(0, 480, 1020),)),)),
        (at("a", 0),),
        (at("a", 1),),
    ),
    Case(
        "venue_closed",
        make_problem(make_event(teardown_minutes=60), venues=(make_venue(closures=(Closure(1, 1, 1080),)),)),
        (at("a", 4),),
        (at("a", 5),),
    ),
    Case(
        "venue_closed",
        make_problem(make_event(setup_minutes=600), venues=(make_venue(closures=(Closure(0, 0),)),)),
        (at("a", 4),),
        (at("a", 3),),
    ),
    Case("venue_free", make_problem(*TWO), (at("a", 0), at("b", 1)), (at("a", 0), at("b", 0))),
    Case(
        "venue_free",
        make_problem(make_event("a", teardown_minutes=90), make_event("b", setup_minutes=61)),
        (at("a", 0), at("b", 2)),
        (at("a", 0), at("b", 1)),
    ),
    Case(
        "venue_free",
        make_problem(make_event("a", takes=2, days=2), make_event("b")),
        (at("a", 0), at("b", 5)),
        (at("a", 0), at("b", 2)),
    ),
]
