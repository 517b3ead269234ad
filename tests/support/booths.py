"""Judges bookings from their rows alone: plain SQL and plain Python, not a line of the product.

`faults(engine)` says everything that contradicts itself: two holders of one booth, more taken than there is,
a booth of a plan that the event does not use, a standing booking nobody admitted, an offer without its
booths, an audit that does not add up to what stands there now, letters that say otherwise than the rows.
Turns of livestreams and seekers' places are judged with them: taken and offered at once, offered out of
order, twice or too late.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, TextClause, text

STANDS = "('held', 'confirmed', 'checked_in')"
RULES = {
    "booth with two holders": """
        SELECT event_id, booth_id FROM booth_hold GROUP BY event_id, booth_id HAVING count(*) > 1""",
    "booth at two fairs at one time": """
        SELECT one.booth_id, one.event_id, two.event_id FROM booth_hold one
        JOIN booth_hold two ON two.booth_id = one.booth_id AND two.event_id > one.event_id
        JOIN event e ON e.id = one.event_id JOIN event f ON f.id = two.event_id
        WHERE e.state = 'published' AND f.state = 'published'
        AND e.starts_at < f.ends_at AND f.starts_at < e.ends_at""",
    "booth of an ended booking": f"""
        SELECT h.event_id, h.booth_id, b.id FROM booth_hold h JOIN booking b ON b.id = h.booking_id
        WHERE b.state NOT IN {STANDS}""",
    "booth without a booking": """
        SELECT h.event_id, h.booth_id FROM booth_hold h LEFT JOIN booking b ON b.id = h.booking_id
        WHERE b.id IS NULL OR b.event_id <> h.event_id""",
    "booth of a plan that the event does not use": """
        SELECT h.event_id, h.booth_id FROM booth_hold h JOIN booth ON booth.id = h.booth_id
        LEFT JOIN event_floor f ON f.event_id = h.event_id AND f.floor_plan_id = booth.floor_plan_id
        WHERE f.event_id IS NULL""",
    "more booths taken than there are": """
        SELECT h.event_id FROM booth_hold h GROUP BY h.event_id HAVING count(*) > (
        SELECT count(*) FROM event_floor f JOIN booth ON booth.floor_plan_id = f.floor_plan_id
        WHERE f.event_id = h.event_id)""",
    "enterprise that has booked twice": f"""
        SELECT event_id, enterprise_id FROM booking WHERE state IN {STANDS}
        GROUP BY event_id, enterprise_id HAVING count(*) > 1""",
    "booking nobody admitted": f"""
        SELECT b.id FROM booking b LEFT JOIN registration r
        ON r.event_id = b.event_id AND r.enterprise_id = b.enterprise_id
        WHERE b.state IN {STANDS} AND (r.state IS NULL OR r.state <> 'approved')""",
    "booking at a cancelled event": f"""
        SELECT b.id FROM booking b JOIN event e ON e.id = b.event_id
        WHERE b.state IN {STANDS} AND e.state = 'cancelled'""",
    "offer without its booths": """
        SELECT w.id FROM waiting w WHERE w.wanted = 'booth' AND w.state = 'offered' AND NOT EXISTS (
        SELECT 1 FROM booking b WHERE b.event_id = w.event_id AND b.enterprise_id = w.enterprise_id
        AND b.state = 'held' AND b.source = 'waiting_list' AND b.held_until = w.offer_until
        AND w.quantity = (SELECT count(*) FROM booth_hold h WHERE h.booking_id = b.id))""",
    "offered booths that nobody is offered": """
        SELECT b.id FROM booking b WHERE b.state = 'held' AND b.source = 'waiting_list' AND NOT EXISTS (
        SELECT 1 FROM waiting w WHERE w.event_id = b.event_id AND w.enterprise_id = b.enterprise_id
        AND w.wanted = 'booth' AND w.state = 'offered')""",
    "who has booths and waits for some": f"""
        SELECT w.id FROM waiting w JOIN booking b ON b.event_id = w.event_id
        AND b.enterprise_id = w.enterprise_id WHERE w.wanted = 'booth' AND w.state = 'waiting'
        AND b.state IN {STANDS}""",
    "places that are not those with a ticket or an offer": """
        SELECT p.event_id FROM place_count p WHERE p.taken > p.capacity OR p.taken <> (
        SELECT count(*) FROM ticket t WHERE t.event_id = p.event_id AND t.state = 'valid') + (
        SELECT coalesce(sum(w.quantity), 0) FROM waiting w
        WHERE w.event_id = p.event_id AND w.wanted = 'place' AND w.state = 'offered')""",
    "seeker who has a ticket and waits for one": """
        SELECT w.id FROM waiting w JOIN ticket t ON t.event_id = w.event_id AND t.account_id = w.account_id
        WHERE w.wanted = 'place' AND w.state = 'offered' AND t.state = 'valid'""",
    "accepted place without its ticket": """
        SELECT w.id FROM waiting w WHERE w.wanted = 'place' AND w.state = 'accepted' AND NOT EXISTS (
        SELECT 1 FROM ticket t WHERE t.serial = w.serial AND t.event_id = w.event_id)""",
    "ticket of an offer that was not accepted": """
        SELECT w.id FROM waiting w JOIN ticket t ON t.serial = w.serial WHERE w.state <> 'accepted'""",
    "turn with two firms": """
        SELECT event_id, ordinal FROM stream_turn GROUP BY event_id, ordinal HAVING count(*) > 1""",
    "turn that is offered twice": """
        SELECT event_id, ordinal FROM waiting WHERE wanted = 'stream_turn' AND state = 'offered'
        GROUP BY event_id, ordinal HAVING count(*) > 1 OR ordinal IS NULL""",
    "turn that is taken and offered": """
        SELECT w.id FROM waiting w JOIN stream_turn t ON t.event_id = w.event_id AND t.ordinal = w.ordinal
        WHERE w.wanted = 'stream_turn' AND w.state = 'offered'""",
    "turn beyond the last one": """
        SELECT t.event_id, t.ordinal FROM (SELECT event_id, ordinal FROM stream_turn UNION ALL
        SELECT event_id, ordinal FROM waiting WHERE wanted = 'stream_turn' AND state = 'offered') t
        JOIN livestream l ON l.event_id = t.event_id WHERE t.ordinal > l.turns""",
    "who has a turn and waits for one": """
        SELECT w.id FROM waiting w JOIN stream_turn t ON t.event_id = w.event_id
        AND t.enterprise_id = w.enterprise_id
        WHERE w.wanted = 'stream_turn' AND w.state IN ('waiting', 'offered')""",
    "offered to who came later": """
        SELECT w.id, v.id FROM waiting w JOIN waiting v ON v.event_id = w.event_id AND v.wanted = w.wanted
        AND v.id > w.id AND v.offered_at IS NOT NULL
        WHERE w.wanted IN ('stream_turn', 'place') AND w.state = 'waiting'""",
    "who waits at a cancelled event": """
        SELECT w.id FROM waiting w JOIN event e ON e.id = w.event_id
        WHERE e.state = 'cancelled' AND w.state IN ('waiting', 'offered')""",
    "turn or place that is offered twice by letter": """
        SELECT cause, recipient FROM message WHERE kind IN ('turn_offer', 'place_offer')
        GROUP BY kind, cause, recipient HAVING count(*) > 1""",
}
ALL_RULES = " UNION ALL ".join(
    f"SELECT '{rule}' FROM ({sql}) AS broken_{number}" for number, (rule, sql) in enumerate(RULES.items())
)
"""Names the rules that are broken, in one statement: nearly always none is."""
AUDITED = {
    "booking": ("id", ("event_id", "enterprise_id", "state", "pinned", "booth_ids")),
    "registration": ("event_id || ':' || enterprise_id", ("state",)),
    "stream_turn": ("event_id || ':' || ordinal", ("enterprise_id",)),
}
"""The audit's subjects: how a row is named there, and what of it is noted."""
Row = RowMapping | Mapping[str, Any]


def faults(engine: Engine | Connection, *, swept_at: datetime | None = None) -> list[str]:
    """Return every contradiction, in words with the ids concerned.

    `swept_at` is when holds that had run out were ended last: none of them may be left.
    """
    if isinstance(engine, Engine):
        with engine.connect() as connection:
            return faults(connection, swept_at=swept_at)
    broken = sorted(set(engine.scalars(_parsed(ALL_RULES))))
    found = [f"{rule}: {tuple(row)}" for rule in broken for row in engine.execute(text(RULES[rule]))]
    bookings = _rows(engine, "SELECT * FROM booking ORDER BY id")
    found += _misplaced(engine, bookings)
    found += _overdue(bookings, swept_at)
    found += _late_offers(engine)
    for subject in AUDITED:
        found += _unaudited(engine, subject)
    return [*found, *_contradicted(engine, bookings)]


def _misplaced(connection: Connection, bookings: Sequence[Row]) -> Iterator[str]:
    """Yield the bookings that name other booths than they have."""
    held = defaultdict(list)
    for row in _rows(connection, "SELECT booking_id, booth_id FROM booth_hold ORDER BY booth_id"):
        held[row["booking_id"]].append(row["booth_id"])
    for booking in bookings:
        if booking["state"] in STANDS and sorted(_json(booking["booth_ids"])) != held[booking["id"]]:
            yield f"booking with other booths than it says: {booking['id']}"


def _overdue(bookings: Sequence[Row], swept_at: datetime | None) -> Iterator[str]:
    for booking in bookings:
        if swept_at and booking["state"] == "held" and _moment(booking["held_until"]) <= swept_at:
            yield f"hold that ran out and still has its booths: {booking['id']}"


def _late_offers(connection: Connection) -> Iterator[str]:
    """Yield the offers made with less than an hour left of a fair, or before a livestream begins."""
    sql = """SELECT w.id, w.offered_at, w.wanted, e.starts_at, e.ends_at FROM waiting w
        JOIN event e ON e.id = w.event_id WHERE w.offered_at IS NOT NULL"""
    for row in _rows(connection, sql):
        end = row["starts_at"] if row["wanted"] == "stream_turn" else row["ends_at"]
        if _moment(row["offered_at"]) >= _moment(end) - timedelta(hours=1):
            yield f"offer made too late: {row['id']}"


def _unaudited(connection: Connection, subject: str) -> Iterator[str]:
    """Yield where an entry of the audit does not begin where the one before it ended, and where the last one
    is not what stands there now.
    """
    key, noted = AUDITED[subject]
    entries = "SELECT * FROM audit_entry WHERE subject = :subject ORDER BY id"
    told: dict[str, dict[str, Any]] = {}
    for entry in _rows(connection, entries, subject=subject):
        before, after, name = _json(entry["before"]), _json(entry["after"]), entry["subject_id"]
        known = told.setdefault(name, dict(before))
        if entry["deed"] == "made" and known:
            yield f"{subject} made twice by the audit: {name}"
        if any(known.get(field, value) != value for field, value in before.items()):
            yield f"{subject} whose audit has a gap: {name}, {known} is not {before}"
        told[name] = {} if entry["deed"] == "removed" else {**known, **after}
    columns = ", ".join(noted)
    standing = _rows(connection, f"SELECT {key} AS name, {columns} FROM {subject}")
    for row in standing:
        known = told.get(str(row["name"]), {})
        if any(_json(row[field]) != known.get(field, _json(row[field])) for field in noted):
            yield f"{subject} that is not what its audit says: {row['name']}, {dict(row)} is not {known}"
        if subject == "booking" and not known:
            yield f"booking without an audit: {row['name']}"


def _contradicted(connection: Connection, bookings: Sequence[Row]) -> Iterator[str]:
    """Yield the bookings of which the last letter says what is not so, or of which none says what is."""
    last: dict[tuple[int, str], tuple[str, Any]] = {}
    for letter in _rows(connection, "SELECT * FROM message WHERE kind LIKE 'booth_%' ORDER BY id"):
        payload = _json(letter["payload"])
        last[payload["booking"], letter["recipient"]] = (letter["kind"], payload)
    places = _places(connection)
    boxes = defaultdict(list)
    with_box = "SELECT enterprise_id, login FROM account WHERE email IS NOT NULL AND disabled_at IS NULL"
    for row in _rows(connection, with_box):
        boxes[row["enterprise_id"]].append(row["login"])
    for booking in bookings:
        for login in boxes[booking["enterprise_id"]]:
            kind, payload = last.get((booking["id"], login), ("", {}))
            if _denies(booking, kind, payload, places):
                said = kind or "none"
                yield f"letter that is not so: {said} of booking {booking['id']}, {booking['state']}"


def _places(connection: Connection) -> dict[int, tuple[int, str]]:
    """Return hall and code of each booth: what stays the same when the hall gets another plan."""
    rows = "SELECT b.id, f.venue_id, b.code FROM booth b JOIN floor_plan f ON f.id = b.floor_plan_id"
    return {row["id"]: (row["venue_id"], row["code"]) for row in _rows(connection, rows)}


def _denies(booking: Row, kind: str, payload: Row, places: Mapping[int, tuple[int, str]]) -> bool:
    """Tell whether the last letter about a booking (none: "") says otherwise than its row."""
    state = booking["state"]
    if state == "confirmed":
        if kind == "booth_moved":
            both = (payload["after"], _json(booking["booth_ids"]))
            told, stands = ({places[one] for one in ids} for ids in both)
            return told != stands
        return kind != "booth_confirmed"
    if state == "held":
        return kind != ("booth_offer" if booking["source"] == "waiting_list" else "")
    lapsed = "booth_lapsed" if booking["source"] == "waiting_list" else ""
    return state == "lapsed" and kind != lapsed


def _rows(connection: Connection, sql: str, **values: object) -> Sequence[Row]:
    return connection.execute(_parsed(sql), values).mappings().all()


@cache
def _parsed(sql: str) -> TextClause:
    return text(sql)


def _json(value: Any) -> Any:  # noqa: ANN401 — SQLite's driver hands over text and 0 or 1, PostgreSQL's values
    if isinstance(value, str) and value[:1] in {"[", "{"}:
        return json.loads(value)
    return value


def _moment(value: datetime | str) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
