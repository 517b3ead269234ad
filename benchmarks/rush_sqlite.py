"""The last booth on SQLite: processes that each open the file want it at one moment, round after round."""

import multiprocessing
from collections import Counter
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

from benchmarks.report import Figures
from benchmarks.rush_world import CONTROLS, Client, add_clients, add_fair
from scheduler.database import connect, transaction
from scheduler.errors import Refusal
from scheduler.schema import upgrade
from scheduler.services.booking import hold_booths

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

PROCESSES, ROUNDS = 40, 20
OVERSOLD = "SELECT count(*) FROM (SELECT 1 FROM booth_hold GROUP BY event_id, booth_id HAVING count(*) > 1)"
UNGUARDED = (
    "CREATE TABLE unguarded AS SELECT * FROM booth_hold",
    "DROP TABLE booth_hold",
    "ALTER TABLE unguarded RENAME TO booth_hold",
)


def contest(folder: str) -> Figures:
    """Run the rounds with the guard, then some with the booth's key taken away."""
    url = f"sqlite:///{Path(folder) / 'rush.db'}"
    engine = connect(url)
    upgrade(engine)
    clients = add_clients(engine, PROCESSES)
    with transaction(engine) as session:
        made = [
            add_fair(session, number, booths=1, clients=clients)[:2]
            for number in range(1, ROUNDS + CONTROLS + 1)
        ]
    targets = [(event_id, booths[0]) for event_id, booths in made]
    outcomes = _all(url, clients, targets[:ROUNDS])
    with engine.connect() as connection:
        oversold = connection.scalar(text(OVERSOLD))
    with engine.begin() as connection:
        for statement in UNGUARDED:
            connection.execute(text(statement))
    _all(url, clients, targets[ROUNDS:])
    with engine.connect() as connection:
        control = connection.scalar(text(OVERSOLD))
    engine.dispose()
    counts = Counter(outcome for _, outcome in outcomes)
    winners = Counter(event for event, outcome in outcomes if outcome == "won")
    return {
        "processes": PROCESSES,
        "rounds": ROUNDS,
        "without_winner": sum(winners[event] != 1 for event, _ in targets[:ROUNDS]),
        "oversold": oversold,
        "other_answers": sum(many for outcome, many in counts.items() if outcome not in {"won", "refused"}),
        "control_oversold": control,
    }


def _all(url: str, clients: list[Client], targets: list[tuple[int, int]]) -> list[tuple[int, str]]:
    """Let a process for each client want every target, all of them together each time."""
    context = multiprocessing.get_context("spawn")
    start, outcomes = context.Barrier(len(clients)), context.Queue()
    processes = [
        context.Process(target=_want, args=(url, client.enterprise_id, targets, start, outcomes))
        for client in clients
    ]
    for process in processes:
        process.start()
    found = [outcomes.get() for _ in range(len(clients) * len(targets))]
    for process in processes:
        process.join()
    return found


def _want(
    url: str,
    enterprise_id: int,
    targets: list[tuple[int, int]],
    start: Barrier,
    outcomes: "Queue[tuple[int, str]]",
) -> None:
    engine = connect(url)
    for event_id, booth in targets:
        start.wait()
        try:
            with transaction(engine) as session:
                hold_booths(session, event_id=event_id, enterprise_id=enterprise_id, booth_ids=[booth])
            outcome = "won"
        except Refusal:
            outcome = "refused"
        except Exception as error:
            outcome = type(error).__name__
        outcomes.put((event_id, outcome))
    engine.dispose()
