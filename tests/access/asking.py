"""Asks every route as everybody, and keeps the reviewed table of answers: `python -m tests.access.asking`.

A line of `table.csv` is one way of asking: method and route, whose row is asked for, the address and
the form with the row's ids in braces, and the status that each actor gets. The command asks what is
not in the table yet and adds the lines, with what was answered, for a person to judge: an answer is
right because somebody has read it, not because the product gave it.
"""

import csv
import io
import re
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from scheduler import schema
from scheduler.database import connect, transaction
from scheduler.settings import Settings
from tests.access.rows import SECRET
from tests.access.world import ACTORS, OWNERS, World, add_world, sign_in_as
from tests.web.api.programs import token_of
from web import create_app

REFUSED = 400
TABLE = Path(__file__).with_name("table.csv")
HEAD = ("route", "owner", "address", "form", *ACTORS)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PERSONAL = (
    *("token", "webhook", "sign_in", "identity", "link", "reset"),
    *("ticket", "entry", "code", "sign_up", "result"),
)
OF_ENTERPRISES = ("enterprise.", "Registrations.", "Bookings.", "Openings.", "Turns.")
OF_DIVISIONS, OF_OTHERS = tuple(OWNERS), ("one", "two")
FIELDS = {
    "event_id": "event",
    "plan_id": "draft",
    "run_id": "run",
    "waiver_id": "waiver",
    "closure_id": "closure",
    "absence_id": "absence",
    "account_id": "member",  # of an enterprise too
    "invitation_id": "invitation",
    "delegation_id": "delegation",
    "sign_in_id": "sign_in",
    "identity_id": "identity",
    "token_id": "token",
    "webhook_id": "webhook",
    "uid": "uid",
    "venue_id": "venue",
    "floor_plan_id": "floor",
    "booking_id": "booking",
    "allocation_id": "allocation",
    "waiting_id": "waiting",
    "letter_id": "letter",
    "opening_id": "opening",
    "stream_id": "stream",
    "stream_uid": "stream_uid",
    "firm_id": "stream_firm",
    "sheet_id": "sheet",
    "shown_id": "shown",
    "channel_id": "channel",
    "link": "link",
    "gate_id": "gate",
    "check_in_id": "check_in",
    "no_show_id": "no_show",
    "result": "result",
    "ticket": "ticket",
    "entry": "entry",
    "code": "code",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One way of asking, and who gets which answer."""

    route: str
    owner: str
    address: str
    form: str
    answers: tuple[int, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells one way of asking from another."""
        return self.route, self.owner, self.address, self.form


def read_table() -> list[Line]:
    """Return the reviewed table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return [Line(row[0], row[1], row[2], row[3], tuple(int(cell) for cell in row[4:])) for row in rows[1:]]


def write_table(lines: list[Line]) -> None:
    """Write the table in the order of its lines."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows((*line.key, *line.answers) for line in lines)
    TABLE.write_text(text.getvalue(), "utf-8")


def routes(app: Flask) -> set[str]:
    """Return every method and endpoint of the product."""
    return {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }


def settings_for(url: str, folder: Path) -> Settings:
    """Return the settings of a site on which the world's links hold."""
    return Settings(
        database_url=url,
        secret_key=SECRET,
        data_dir=folder,
        public_url="http://127.0.0.1:8000",
        production=False,
    )


def answers(actor: str, lines: list[Line]) -> list[int]:
    """Return the statuses that an actor gets; whatever a deed has changed is put back after it."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), actor)
        found = [site.ask(line) for line in lines]
        site.close()
        return found


class Site:
    """A site with everybody's rows, asked by one actor."""

    def __init__(self, folder: Path, actor: str, *, prepare: Callable[[Session], None] | None = None) -> None:
        """Make the site in a folder, sign the actor in, and prepare what else the rows should be like."""
        self.said = ""
        self._file = folder / "fair.db"
        rows, self._world = _made()
        self._file.write_bytes(rows)
        self.engine = connect(f"sqlite:///{self._file}")
        self.app = create_app(settings_for(str(self.engine.url), folder), self.engine)
        self._secret = "" if actor == "anonymous" else token_of(self.engine, actor)
        self._token = sign_in_as(self.engine, actor)
        if prepare:
            with transaction(self.engine) as session:
                prepare(session)
        self._kept = _bytes_of(self.engine, self._file)
        self._client = self._browser()

    def ask(self, line: Line) -> int:
        """Ask, and put back what a deed that was not refused has changed."""
        values = self._world.values.get(line.owner, {})
        address = line.address.format_map(values)
        method = line.route.partition(" ")[0]
        given = dict(parse_qsl(line.form.format_map(values), keep_blank_values=True))
        if address.startswith("/api/"):
            return self._ask_as_program(method, address, given)
        if method == "GET":
            return self._heard(self._client.get(address))
        found = TOKEN.search(self._client.get("/forgotten").text)  # everybody's page with a form
        assert found is not None
        data = {"csrf_token": found[1], **given}
        status = self._heard(self._client.open(address, method=method, data=data))
        if status < REFUSED:
            self.put_back()
        return status

    def _ask_as_program(self, method: str, address: str, given: dict[str, str]) -> int:
        """Ask the API with a token of the actor that allows everything, in a browser without cookies."""
        edits = {"Idempotency-Key": uuid.uuid4().hex, "If-Match": "*"}
        headers = {} if method == "GET" else edits
        if self._secret:
            headers["Authorization"] = f"Bearer {self._secret}"
        body = {name: _typed(name, value) for name, value in given.items()} if method != "GET" else None
        program = self.app.test_client()
        status = self._heard(program.open(address, method=method, json=body, headers=headers))
        if method != "GET" and status < REFUSED:
            self.put_back()
        return status

    def _heard(self, answer: TestResponse) -> int:
        """Return an answer's status, keep what it says, and let go of the file that it may have opened."""
        self.said = f"{answer.headers}\n{answer.get_data().decode('utf-8', 'replace')}"
        answer.close()
        return answer.status_code

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def _browser(self) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_ACCEPT"] = "text/html"
        if self._token:
            with client.session_transaction() as kept:
                kept["sign_in"] = self._token
        return client

    def put_back(self) -> None:
        """Take back what a deed has changed."""
        self.close()
        for ending in ("-wal", "-shm"):
            self._file.with_name(self._file.name + ending).unlink(missing_ok=True)
        self._file.write_bytes(self._kept)
        self._client = self._browser()


@cache
def _made() -> tuple[bytes, World]:
    """Make the world; it is the same for every site, so once a process is enough."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fair.db"
        engine = connect(f"sqlite:///{file}")
        schema.upgrade(engine)
        world = add_world(engine)
        return _bytes_of(engine, file), world


def _bytes_of(engine: Engine, file: Path) -> bytes:
    """Return a database's file, with all that was written; nobody has it open afterwards."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file.read_bytes()


def _typed(name: str, value: str) -> object:
    """Return a value as JSON wants it."""
    if name in {"seconds", "seed", "days", "event_id", "quantity", "headcount"}:
        return int(value)
    if name in {"booth_ids", "event_ids"}:
        return [int(part) for part in value.split(";")]
    return value.split(";") if name in {"scopes", "topics"} else value


def proposals(app: Flask, known: set[str]) -> Iterator[Line]:
    """Yield a way of asking for every route that the table does not know, for each owner of its row."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            route = f"{method} {rule.endpoint}"
            if route in known or rule.endpoint == "static":
                continue
            address = re.sub(r"<(?:\w+:)?(\w+)>", lambda it: f"{{{FIELDS.get(it[1], it[1])}}}", rule.rule)
            for owner in _owners(rule.endpoint, address):
                yield Line(route, owner, address, "")


def _owners(endpoint: str, address: str) -> tuple[str, ...]:
    """Return whose rows a route can be asked for: a division's, or an enterprise's and a person's."""
    if "{" not in address:
        return ("",)
    personal = any(f"{{{field}}}" in address for field in PERSONAL) or endpoint.startswith(OF_ENTERPRISES)
    return OF_OTHERS if personal else OF_DIVISIONS


def main() -> int:
    """Ask what is new, and write it into the table."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_for("sqlite://", Path(folder)))
        lines = read_table() if TABLE.exists() else []
        lines += proposals(app, {line.route for line in lines})
    unanswered = [line for line in lines if not line.answers]
    columns = [answers(actor, unanswered) for actor in ACTORS]
    found = {line.key: given for line, given in zip(unanswered, zip(*columns, strict=True), strict=True)}
    done = [replace(line, answers=found.get(line.key, line.answers)) for line in lines]
    write_table(sorted(done, key=lambda line: (line.route.partition(" ")[2], line.key)))
    print(f"{len(unanswered)} lines are new: read each before you keep it", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
