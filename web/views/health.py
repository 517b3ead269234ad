"""Tells a watcher whether the site can reach its database and what it shows."""

from flask import Blueprint, Response, jsonify

from scheduler.queries.health import newest_publication
from web.policy import policy, visitor
from web.site import reader

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@policy(visitor)
def healthz() -> Response:
    """Answer 200 and the newest publication once the database has answered; a failure gives 500."""
    return jsonify(database="ok", publication=newest_publication(reader()))
