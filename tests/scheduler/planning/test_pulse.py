"""What a run tells while it works counts only the events it was asked to plan."""

from sqlalchemy import Engine

from scheduler.planner import RunPulse
from scheduler.pulse import Stops
from scheduler.services.leases import Claim
from scheduler.services.planning import LEASE, Point
from solver.timetable import Progress


def test_guests_from_other_plans_are_not_counted_as_placed(engine: Engine) -> None:
    seen: list[Point] = []
    pulse = RunPulse(engine, Claim(1, 1, LEASE), Stops(), seen.append)
    pulse.guests = 30
    pulse.note(Progress(1.0, 35, 9, 4, "first plan"))
    pulse.note(Progress(2.0, 10, 9, 4, "first plan"))
    assert [point.placed for point in seen] == [5, 0]
