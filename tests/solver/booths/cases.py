"""For each hard rule a problem, grants that fit, and grants that break this rule and no other."""

from dataclasses import dataclass
from typing import Any

from solver.booths import Booth, Grant, LastTime, Problem, Request, Share, Zone
from tests.solver.booths.factories import make_booth, make_problem, make_row

Grants = tuple[Grant, ...]


@dataclass(frozen=True)
class Case:
    """A problem, grants that fit, and grants that break exactly one rule."""

    rule: str
    problem: Problem
    fits: Grants
    breaks: Grants


def to(name: str, *booths: str) -> Grant:
    return Grant(name, booths)


def offering(**changes: Any) -> tuple[Booth, ...]:  # noqa: ANN401
    """Return a booth as it has to be, and one some way off that is not."""
    return make_booth("good", **changes), make_booth("bad", x_mm=9_000)


ROW, LONG = make_row(3), make_row(5)
ZONES = (Zone("x", frozenset({"x"}), closed=True), Zone("y"))
IN_ZONES = (make_booth("good", zone="y"), make_booth("bad", zone="x", x_mm=9_000))
AWARE = Request("a", avoids=frozenset({"b"}))
PUNCTUAL, LATE = Request("a"), Request("b", no_shows=1)
LUCKY = Request("b", last_time=LastTime.ADMITTED)
KEPT = (Share("urgent", 1, keep=True),)

ON_BOOTHS = [
    Case("count", make_problem(ROW, Request("a", booths=2)), (to("a", "A1", "A2"),), (to("a", "A1"),)),
    Case("row", make_problem(ROW, Request("a", booths=2)), (to("a", "A1", "A2"),), (to("a", "A1", "A3"),)),
    Case(
        "row",
        make_problem(
            (make_booth("n1", neighbours=frozenset({"n2"})), make_booth("n2"), make_booth("n3", y_mm=9_000)),
            Request("a", booths=2),
        ),
        (to("a", "n1", "n2"),),
        (to("a", "n1", "n3"),),
    ),
    Case(
        "one_enterprise",
        make_problem(ROW, Request("a"), Request("b")),
        (to("a", "A1"), to("b", "A2")),
        (to("a", "A1"), to("b", "A1")),
    ),
    Case(
        "size",
        make_problem(offering(width_mm=4_000), Request("a", least_width_mm=3_001)),
        (to("a", "good"),),
        (to("a", "bad"),),
    ),
    Case(
        "size",
        make_problem(offering(depth_mm=4_000), Request("a", least_depth_mm=3_001)),
        (to("a", "good"),),
        (to("a", "bad"),),
    ),
    Case(
        "power",
        make_problem(offering(power=True), Request("a", power=True)),
        (to("a", "good"),),
        (to("a", "bad"),),
    ),
    Case(
        "network",
        make_problem(offering(network=True), Request("a", network=True)),
        (to("a", "good"),),
        (to("a", "bad"),),
    ),
    Case(
        "accessible",
        make_problem(offering(accessible=True), Request("a", accessible=True)),
        (to("a", "good"),),
        (to("a", "bad"),),
    ),
    Case(
        "zone",
        make_problem(IN_ZONES, Request("a", industry="y"), zones=ZONES),
        (to("a", "good"),),
        (to("a", "bad"),),
    ),
    Case(
        "zone",
        make_problem(IN_ZONES, Request("a", industry="x", zones=frozenset({"y"})), zones=ZONES),
        (to("a", "good"),),
        (to("a", "bad"),),
    ),
    Case("booked", make_problem(ROW, Request("a", booked=("A2",))), (to("a", "A2"),), (to("a", "A1"),)),
    Case(
        "avoided",
        make_problem(ROW, AWARE, Request("b")),
        (to("a", "A1"), to("b", "A3")),
        (to("a", "A1"), to("b", "A2")),
    ),
    Case(
        "avoided",
        make_problem(ROW, AWARE, Request("b", booked=("A2",)), Request("c")),
        (to("b", "A2"), to("c", "A1")),
        (to("b", "A2"), to("a", "A1"), to("c", "A3")),
    ),
]
ON_WHO = [
    Case("order", make_problem(ROW[:1], LATE, PUNCTUAL), (to("a", "A1"),), (to("b", "A1"),)),
    Case("order", make_problem(ROW[:1], LUCKY, PUNCTUAL), (to("a", "A1"),), (to("b", "A1"),)),
    Case(
        "share",
        make_problem(ROW[:1], Request("a", tier="key", no_shows=3), Request("b"), shares=(Share("key", 1),)),
        (to("a", "A1"),),
        (to("b", "A1"),),
    ),
    Case(
        "left_over", make_problem(ROW[:2], PUNCTUAL, LATE), (to("a", "A1"), to("b", "A2")), (to("a", "A1"),)
    ),
    Case(
        "kept",
        make_problem(ROW[:2], PUNCTUAL, LATE, shares=KEPT),
        (to("a", "A1"),),
        (to("a", "A1"), to("b", "A2")),
    ),
]
CASES = ON_BOOTHS + ON_WHO
