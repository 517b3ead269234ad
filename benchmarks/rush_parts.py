"""The parts of the rush: last booth, last turn, last place, equal posts, SQLite, the long rush."""

import http.client
import re
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from urllib.parse import urlencode

from sqlalchemy import Engine, text

from benchmarks import rush_sqlite
from benchmarks.report import Figures
from benchmarks.rush_clients import Answer, post, rush, volley
from benchmarks.rush_world import CONTROLS, Client, add_clients, add_fair, add_livestream, add_places
from benchmarks.serving import served
from scheduler.database import transaction

THREADS = 8
HALL, FAIRS = 1_500, 16
ENTERPRISES = 1_500
EQUAL = 20
FILLED = (
    "account, access_token, enterprise, registration, "
    "event, event_venue, venue, floor_plan, event_floor, booth, booking_terms"
)
"""What has rows before the rush: a server that has run for a while has looked at these."""
FORM = re.compile(r'name="(csrf_token|drawn)" value="([^"]+)"')
DOUBLE = "SELECT count(*) FROM (SELECT 1 FROM {table} GROUP BY event_id, {place} HAVING count(*) > 1) AS x"
DOUBLE_BOOTHS = DOUBLE.format(table="booth_hold", place="booth_id")
DOUBLE_TURNS = DOUBLE.format(table="stream_turn", place="ordinal")
OVERFULL = (
    "SELECT count(*) FROM place_count WHERE capacity < "
    "(SELECT count(*) FROM ticket WHERE ticket.event_id = place_count.event_id AND state = 'valid')"
)


@dataclass(frozen=True, slots=True)
class Site:
    """Where a part runs, and how large it is."""

    engine: Engine
    folder: str
    clients: int
    rounds: int
    seconds: float

    @property
    def url(self) -> str:
        """Return the database's address with its password."""
        return self.engine.url.render_as_string(hide_password=False)


def last_booth(site: Site) -> Figures:
    """One booth, many at once, again and again; the control does without the booth's key."""
    clients = add_clients(site.engine, site.clients)
    with transaction(site.engine) as session:
        made = [add_fair(session, number, booths=1, clients=clients) for number in _numbers(site)]
    targets = [(event_id, booths[0]) for event_id, booths, _ in made]

    def ask(round_: int, client: Client) -> bytes:
        event_id, booth = targets[round_]
        return post("/api/v1/bookings", {"event_id": event_id, "booth_ids": [booth]}, client.secret)

    return _contest(
        site,
        clients,
        ask,
        oversold=DOUBLE_BOOTHS,
        unguard="ALTER TABLE booth_hold DROP CONSTRAINT pk_booth_hold",
    )


def last_turn(site: Site) -> Figures:
    """One turn in a livestream; the control does without the turn's key."""
    clients = add_clients(site.engine, site.clients)
    with transaction(site.engine) as session:
        events = [add_livestream(session, number, turns=1) for number in _numbers(site)]

    def ask(round_: int, client: Client) -> bytes:
        return post("/api/v1/turns", {"event_id": events[round_]}, client.secret)

    return _contest(
        site,
        clients,
        ask,
        oversold=DOUBLE_TURNS,
        unguard="ALTER TABLE stream_turn DROP CONSTRAINT pk_stream_turn",
    )


def last_place(site: Site) -> Figures:
    """One seeker's place, taken by the public form; the control looks first and writes afterwards."""
    add_clients(site.engine, 1)
    with transaction(site.engine) as session:
        uids = [add_places(session, number, places=1)[1] for number in _numbers(site)]
    guarded, control = uids[: site.rounds], uids[site.rounds :]
    found = _places(site, guarded, "wsgi:app") | {"oversold": _count(site.engine, OVERFULL)}
    with site.engine.begin() as connection:
        connection.execute(text("ALTER TABLE place_count DROP CONSTRAINT ck_place_count_taken"))
    _places(site, control, "benchmarks.unguarded:app")
    return found | {"control_oversold": _count(site.engine, OVERFULL)}


def equal_posts(site: Site) -> Figures:
    """The same post with the same key many times at once makes one booking."""
    clients = add_clients(site.engine, 1)
    with transaction(site.engine) as session:
        event_id, booths, _ = add_fair(session, 1, booths=EQUAL, clients=clients)
    body = {"event_id": event_id, "booth_ids": booths[:1]}
    request = post("/api/v1/bookings", body, clients[0].secret, key="one-key-for-all-of-them")
    with served(site.url, site.folder, threads=THREADS) as port:
        answers = _volley(port, [request] * EQUAL)
    bookings = _count(site.engine, "SELECT count(*) FROM booking")
    return {"bookings": bookings, **_statuses(answers, {201, 409})}


def on_sqlite(site: Site) -> Figures:
    """The last booth on SQLite, by processes that each open the file."""
    return rush_sqlite.contest(site.folder)


def long_rush(site: Site) -> Figures:
    """Everybody books at fair after fair, until all are full or the time is over."""
    clients = add_clients(site.engine, ENTERPRISES)
    fairs, hall = [], 0
    with transaction(site.engine) as session:
        for number in range(1, FAIRS + 1):
            event_id, booths, hall = add_fair(session, number, booths=HALL, clients=clients, hall=hall)
            fairs.append((event_id, booths))
        session.execute(text(f"ANALYZE {FILLED}"))
    secrets = [client.secret for client in clients]
    with served(site.url, site.folder, threads=THREADS) as port, _generator() as generator:
        asked = generator.submit(
            rush, port, fairs, secrets, clients=site.clients, seconds=site.seconds
        ).result()
    times = sorted(seconds for _, _, seconds in asked)
    accepted = [at for at, status, _ in asked if status == 201]  # noqa: PLR2004
    return {
        "requests": len(asked),
        "accepted": len(accepted),
        "full": len(accepted) >= HALL * FAIRS,
        "until_seconds": round(max(accepted), 1),
        "accepted_per_second": round(len(accepted) / max(accepted), 1),
        "answers_per_second": round(len(asked) / max(at for at, _, _ in asked), 1),
        "p50_ms": round(times[len(times) // 2] * 1_000),
        "p99_ms": round(times[len(times) * 99 // 100] * 1_000),
        "oversold": _count(site.engine, DOUBLE_BOOTHS),
        "booked": _count(site.engine, "SELECT count(*) FROM booth_hold"),
        **_statuses([Answer(status, seconds) for _, status, seconds in asked], {201, 409, 429}),
    }


PARTS: dict[str, Callable[[Site], Figures]] = {
    "last_booth": last_booth,
    "last_turn": last_turn,
    "last_place": last_place,
    "equal_posts": equal_posts,
    "sqlite": on_sqlite,
    "rush": long_rush,
}


def _numbers(site: Site) -> range:
    """Return a number for each round with the guard, and for the control's without."""
    return range(1, site.rounds + CONTROLS + 1)


def _contest(
    site: Site,
    clients: Sequence[Client],
    ask: Callable[[int, Client], bytes],
    *,
    oversold: str,
    unguard: str,
) -> Figures:
    """Run the rounds with the guard, then the control's without it."""
    answers: list[Answer] = []
    without_winner = 0
    with served(site.url, site.folder, threads=THREADS) as port:
        for round_ in range(site.rounds):
            found = _volley(port, [ask(round_, client) for client in clients])
            without_winner += sum(answer.status == 201 for answer in found) != 1  # noqa: PLR2004
            answers += found
        figures = {"without_winner": without_winner, "oversold": _count(site.engine, oversold)}
        with site.engine.begin() as connection:
            connection.execute(text(unguard))
        for round_ in range(site.rounds, len(_numbers(site))):
            _volley(port, [ask(round_, client) for client in clients])
    control = _count(site.engine, oversold)
    return {**figures, **_statuses(answers, {201, 409, 429}), "control_oversold": control}


def _places(site: Site, uids: Sequence[str], app: str) -> Figures:
    """Let clients with a filled form each take the place of each event at once."""
    answers: list[Answer] = []
    without_winner = 0
    with served(site.url, site.folder, threads=THREADS, app=app) as port:
        for uid in uids:
            requests = [_form(port, uid) for _ in range(site.clients)]
            found = _volley(port, requests)
            without_winner += sum(answer.status == 302 for answer in found) != 1  # noqa: PLR2004
            answers += found
    return {"without_winner": without_winner, **_statuses(answers, {302, 409})}


def _form(port: int, uid: str) -> bytes:
    """Open the page with the form as a browser does; returns the filled form, ready to be sent."""
    path = f"/events/{uid}/ticket"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept": "text/html"})
    answer = connection.getresponse()
    fields = dict(FORM.findall(answer.read().decode()))
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    connection.close()
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nCookie: {cookie}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _volley(port: int, requests: Sequence[bytes]) -> list[Answer]:
    with _generator() as generator:
        return generator.submit(volley, port, requests).result()


def _generator() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def _statuses(answers: Sequence[Answer], expected: set[int]) -> Figures:
    """Return how many answers were malfunctions, and how many others were none of those expected."""
    counts = Counter(answer.status for answer in answers)
    broken = sum(many for status, many in counts.items() if status >= 500)  # noqa: PLR2004
    odd = sum(many for status, many in counts.items() if status not in expected) - broken
    return {"answers_5xx": broken, "other_answers": odd, "statuses": dict(sorted(counts.items()))}


def _count(engine: Engine, question: str) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text(question)) or 0)
