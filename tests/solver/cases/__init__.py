"""For every hard rule plans that fit and plans that break it, and nothing else."""

from tests.solver.cases.people import PEOPLE
from tests.solver.cases.places import PLACES
from tests.solver.cases.times import TIMES

CASES = [*TIMES, *PLACES, *PEOPLE]
