"""The gate (签到口): a page that works without network, its list, and what it hands in.

The page is the same for everybody and says nothing; a gate's key opens it. The key stands behind the # of
the link, so that no server's log and no other site ever sees it, and comes back in a header. Cookies count
for nothing here, so there is nothing to forge.
"""

import hashlib
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, make_response, render_template, request, url_for
from flask_wtf.csrf import CSRFProtect

from scheduler.entry_codes import public_key
from scheduler.models.fair_days import CheckIn, Gate
from scheduler.queries.fair_day.gate_lists import GateList, gate_list, gate_names
from scheduler.queries.fair_day.occupancy import Flow, occupancy
from scheduler.services import fair_day
from scheduler.services.fair_day.checking import Answer, Door
from scheduler.times import now
from web.api.parsing import StrictParser
from web.assets import sprite
from web.bearer import gate_key
from web.policy import policy, public, visitor
from web.schemas.base import asked
from web.schemas.gate import HandInShape, ListQuery
from web.security import HEADERS
from web.site import settings, writing

blueprint = Blueprint("gate", __name__, url_prefix="/gate")
PARSER = StrictParser()
SHEETS = ("tokens", "base", "parts", "gate")
MODULES = tuple(
    f"js/gate/{name}.js"
    for name in ("camera", "codes", "door", "head", "known", "recent", "store", "wire", "words")
)
WITH_CAMERA = HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Give the app its gates; they carry keys and no cookies, so the forgery check has nothing to protect."""
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint)


@blueprint.get("/")
@policy(public)
def page() -> Response:
    """Show the page of a gate; its key and its list stay in the device."""
    response = make_response(render_template("gate/page.html"))
    response.headers["Permissions-Policy"] = WITH_CAMERA
    return response


@blueprint.get("/worker.js")
@policy(public)
def worker() -> Response:
    """Return the script that keeps the page for the time without network; it rules /gate/ alone."""
    files = [
        *(url_for("static", filename=f"css/{sheet}.css") for sheet in SHEETS),
        url_for("static", filename="js/gate/page.js"),
        # modules import each other by their bare addresses
        *(url_for("static", filename=name).partition("?")[0] for name in MODULES),
        sprite(),
        url_for("static", filename="icons/mark.svg"),
    ]
    versions = "".join([*files, *(url_for("static", filename=name) for name in MODULES)])
    version = hashlib.sha256(versions.encode()).hexdigest()[:12]
    return Response(
        render_template("gate/worker.js", files=files, version=version), mimetype="text/javascript"
    )


@blueprint.get("/list")
@policy(visitor)
def take_list() -> Response:
    """Return what a gate takes along: the key that verifies codes, void tickets, enterprises with booths."""
    since = asked(ListQuery)["since"]
    with writing() as session:
        gate = fair_day.gate_of_key(session, key=gate_key())
        found = gate_list(session, gate=gate, since=since)
        inside = occupancy(session, event_id=gate.event_id).total
        return jsonify({**_list(found, is_whole=since is None), "crowd": _crowd(inside)})


@blueprint.post("/hand-in")
@policy(visitor)
def hand_in() -> Response:
    """Take what a gate has noted; handed in again it changes nothing. Answers what became of each."""
    given: dict[str, Any] = PARSER.parse(HandInShape(), request, location="json")
    with writing() as session:
        gate = fair_day.gate_of_key(session, key=gate_key(), late=True)
        found = fair_day.hand_in(
            session,
            door=Door.of(gate),
            arrivals=given["arrivals"],
            undoings=given["undoings"],
            secret_key=settings().secret_key,
        )
        counted = fair_day.count(session, door=Door.of(gate), passings=given["passings"])
        names = gate_names(session, event_id=gate.event_id)
        return jsonify(
            at=now().isoformat(),
            arrivals=[_answer(one, names) for one in found],
            passings=counted,
            undoings=given["undoings"],
        )


def _answer(answer: Answer, names: dict[int, str]) -> dict[str, object]:
    return {
        "client_id": answer.client_id,
        "verdict": answer.verdict,
        "objection": answer.objection,
        "first": answer.first and _first(answer.first, names),
    }


def _first(check_in: CheckIn, names: dict[int, str]) -> dict[str, str]:
    return {"gate": names.get(check_in.gate_id or 0, ""), "at": check_in.checked_at.isoformat()}


def _list(found: GateList, *, is_whole: bool) -> dict[str, object]:
    event, gate = found.event, found.gate
    return {
        "is_whole": is_whole,
        "at": found.at.isoformat(),
        "event": {
            "id": event.id,
            "zh": event.title_zh,
            "en": event.title_en,
            "starts_at": event.starts_at and event.starts_at.isoformat(),
            "ends_at": event.ends_at and event.ends_at.isoformat(),
            "check_in_until": found.check_in_until and found.check_in_until.isoformat(),
            "state": event.state,
        },
        "gate": _gate(gate),
        "key": public_key(settings().secret_key),
        "used": found.used,
        "void": found.void,
        "freed": found.freed,
        "unsettled": found.unsettled,
        "bookings": [
            {"id": line.id, "name": line.name_zh, "booths": line.booths, "state": line.state}
            for line in found.bookings
        ],
    }


def _crowd(total: Flow) -> dict[str, object]:
    return {"state": total.crowd, "inside": total.inside, "most": total.most}


def _gate(gate: Gate) -> dict[str, object]:
    return {
        "id": gate.id,
        "name": gate.name_zh,
        "zone": gate.zone_zh,
        "expires_at": gate.expires_at.isoformat(),
    }
