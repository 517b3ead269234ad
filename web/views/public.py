"""Pages for everyone: no account, no session, no script needed."""

from flask import Blueprint, render_template

from web.policy import policy, public

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
@policy(public)
def home() -> str:
    """Choose a region, see this week."""
    return render_template("public/home.html")
