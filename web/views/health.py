"""Tells a watcher whether the site can reach its database, what it shows, and whether the worker keeps up."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify

from scheduler.queries.health import health
from web.policy import policy, visitor
from web.site import reader

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@policy(visitor)
def healthz() -> Response:
    """Answer 200 with figures once the database has answered; a failure gives 503 or 500."""
    return jsonify(database="ok", **asdict(health(reader())))
