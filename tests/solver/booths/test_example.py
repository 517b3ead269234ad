"""The worked example of the documentation is what it says."""

import re
from pathlib import Path

from solver.booths import Outcome, allocate
from solver.booths.exchange import read_problem

DOCS = Path(__file__).parents[3] / "docs"
ROW = re.compile(
    r"\| (\d) \| (\w{18}) \| (\w*) ?\| (\d) \| (\w+) \| (\w{8})… \| ([\w ,]+) \| (\w*) ?\|", re.ASCII
)


def test_the_worked_example_comes_out_as_it_is_told() -> None:
    problem = read_problem((DOCS / "examples" / "booths.json").read_text("utf-8"))
    told = ROW.findall((DOCS / "booths.md").read_text("utf-8"))
    found = allocate(problem, seconds=10)
    requests = {request.enterprise: request for request in problem.requests}
    booths = {grant.enterprise: " ".join(grant.booths) for grant in found.grants}
    waits = {one.enterprise: {1: "waits, 1st", 2: "waits, 2nd"}[one.place] for one in found.waiting}
    assert found.outcome is Outcome.PROVEN
    assert [(place, *row[:-1]) for place, *row in told] == [
        (
            str(turn.place),
            turn.enterprise,
            requests[turn.enterprise].tier,
            str(requests[turn.enterprise].no_shows),
            requests[turn.enterprise].last_time.value,
            turn.ticket[:8],
            turn.round or waits[turn.enterprise],
        )
        for turn in found.turns
    ]
    assert {row[1]: row[-1] for row in told} == {name: booths.get(name, "") for name in requests}
