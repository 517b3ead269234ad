"""The description of the API: for programs as OpenAPI 3.1, for people as pages that send nothing abroad."""

from importlib.resources import as_file, files

from flask import Blueprint, Response, abort, current_app, render_template, send_file
from flask.typing import ResponseReturnValue

from web.policy import policy, public

blueprint = Blueprint("manual", __name__, url_prefix="/api/v1")
PIECES = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}
ONE_DAY = 24 * 60 * 60


@blueprint.get("/openapi.json")
@policy(public)
def openapi() -> Response:
    """Answer the description of every operation."""
    description = current_app.extensions["api"].spec.to_dict()
    return Response(current_app.json.dumps(description), mimetype="application/json")


@blueprint.get("/docs")
@policy(public)
def browse() -> str:
    """Show the operations to read and to try."""
    return render_template("api/manual.html")


@blueprint.get("/docs/<name>")
@policy(public)
def piece(name: str) -> ResponseReturnValue:
    """Answer a piece of Swagger UI as its package brought it."""
    if name not in PIECES:
        abort(404)
    with as_file(files("flask_swagger_ui") / "dist" / name) as path:
        return send_file(path, mimetype=PIECES[name], max_age=ONE_DAY)
