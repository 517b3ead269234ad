"""Finds places for the homeless events of a plan, group by group, and keeps what leaves less out."""

import threading
from collections.abc import Callable, Iterable, Iterator

from solver.timetable.board import Board
from solver.timetable.decompose import blocks, size_of
from solver.timetable.tight.gather import Gathering
from solver.timetable.tight.tables import BEST, BETTERED, PRICE, STEP, State, empty_state

WORTH_SIZE = 5_000
"""CP-SAT proves what can be placed of a smaller problem, sooner than our loops are loaded."""
MOST_CELLS = 20_000_000
"""Slots times events that one search keeps in memory, 16 bytes each."""
SHARE, SMALLER_SHARE = 0.75, 0.25
"""Part of the time that is left for the search, if there is one group of events or several."""
PATIENCE = 5_000
"""Steps for each event of a group without any gain after which the search gives up."""
STEPS, WORK_PER_STEP = 1_000, 1 / 50_000
"""Steps between two looks at the clock, and the work they are counted as: a second on one core or less."""
POLL_SECONDS = 0.05


def place_homeless(board: Board, seed: int) -> None:
    """Let each group of events with some that have no place search for one within its share of the time."""
    groups = blocks(board.ledger)
    tight = list(_tight_groups(board, groups))
    until = board.left * (1 - (SHARE if len(groups) == 1 else SMALLER_SHARE))
    for number, group in enumerate(tight):
        least_left = board.left - (board.left - until) / (len(tight) - number)

        def enough(least_left: float = least_left) -> bool:
            return board.stop() or board.left <= least_left

        _search(board, group, seed, enough)
        board.tell("tight")


def _tight_groups(board: Board, groups: Iterable[list[str]]) -> Iterator[list[str]]:
    """Yield those of each group of areas that may move, where one of them could have a place but has none."""
    ledger = board.ledger
    for group in groups:
        movable = [event_id for event_id in group if len(ledger.choices[event_id].needs) <= 1]
        worth_it = size_of(ledger, movable) >= WORTH_SIZE
        cells = len(movable) * ledger.problem.calendar.slots
        homeless = (event_id for event_id in movable if event_id not in ledger.placed)
        if worth_it and cells <= MOST_CELLS and any(ledger.choices[one].start_costs for one in homeless):
            yield movable


def _search(board: Board, group: list[str], seed: int, enough: Callable[[], bool]) -> None:
    """Search until all of a group have a place or enough is enough; keep the best plan if it gains."""
    gathering = Gathering(board.ledger, group)
    state = empty_state(gathering.tables, len(gathering.venues), board.ledger.problem.calendar.slots, seed)
    if not _load(gathering, state, enough):
        return
    from solver.timetable.tight import moves  # noqa: PLC0415 - loaded by now

    _fill(gathering, state)
    first, patience = int(state.tally[PRICE]), PATIENCE * len(group)
    moves.keep(state)
    while state.tally[PRICE] and state.tally[STEP] - state.tally[BETTERED] < patience and not enough():
        steps = int(state.tally[STEP])
        moves.run(gathering.tables, state, STEPS)
        board.count_work((int(state.tally[STEP]) - steps) * WORK_PER_STEP)
    if state.tally[BEST] < first:
        board.adopt(gathering.placements(state.best_at, state.best_venue), dict.fromkeys(group))


def _load(gathering: Gathering, state: State, enough: Callable[[], bool]) -> bool:
    """Load the compiled search, and tell whether it was there in time.

    The first time on a machine this takes half a minute of processor time: should that be too long, a thread
    goes on with it for the next problem.
    """
    loading = threading.Thread(target=_make_no_step, args=(gathering, state), daemon=True)
    loading.start()
    while loading.is_alive() and not enough():
        loading.join(POLL_SECONDS)
    return not loading.is_alive()


def _make_no_step(gathering: Gathering, state: State) -> None:
    """Have everything compiled."""
    from solver.timetable.tight import moves  # noqa: PLC0415 - numba takes a second that few plans need

    moves.run(gathering.tables, state, 0)


def _fill(gathering: Gathering, state: State) -> None:
    """Copy the plan into the state; whoever has no place but might have one waits."""
    from solver.timetable.tight import moves  # noqa: PLC0415 - loaded by now

    tables = gathering.tables
    for number, event_id in enumerate(gathering.event_ids):
        placement = gathering.ledger.placed.get(event_id)
        if placement is None:
            if tables.entries[number] < tables.entries[number + 1]:
                moves.wait(tables, state, number)
        elif (found := gathering.where(placement)) is not None:
            moves.write(tables, state, number, *found)
