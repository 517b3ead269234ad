"""The examples that the documentation names mean what it says, and have the optimum it claims."""

from pathlib import Path

from benchmarks import write_problem
from solver.exchange import read_problem
from solver.timetable import Outcome, Problem, Solution, solve

ROOT = Path(__file__).parents[2]


def example(name: str) -> Problem:
    return read_problem((ROOT / "docs" / "examples" / f"{name}.json").read_text("utf-8"))


def starts(solution: Solution) -> dict[str, int]:
    return {placement.event: placement.start for placement in solution.placements}


def test_an_examination_day_has_its_known_optimum() -> None:
    """Algebra and logic need the large room; whichever comes second, somebody sits in the last hour."""
    solution = solve(example("enrolment"), seconds=10, seed=1)
    assert (solution.outcome, solution.cost, solution.left_out) == (Outcome.PROVEN, 1, ())
    found = starts(solution)
    assert found["algebra"] < found["physics"]
    assert found["music"] < 2
    assert len({found["logic"], found["music"], found["physics"]}) == 3


def test_a_week_of_a_city_keeps_its_opening_its_tour_and_its_published_livestream() -> None:
    solution = solve(example("week"), seconds=10, seed=1)
    assert (solution.outcome, solution.cost, solution.left_out) == (Outcome.PROVEN, 7, ())
    found = starts(solution)
    assert found["opening"] < min(found["east fair"], found["west fair"])
    assert found["tour west"] // 3 - found["tour east"] // 3 == 1
    assert found["livestream"] == 8


def test_a_quarter_can_be_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "quarter.json"
    assert write_problem.main(["--events", "300", "--out", str(path)]) == 0
    assert len(read_problem(path.read_text("utf-8")).events) > 100
