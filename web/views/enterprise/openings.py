"""The opening library: found, added, copied, changed, confirmed, withdrawn."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Enterprise, Insurance, Opening
from scheduler.postings import WageUnit
from scheduler.queries.openings.library import Shelf, choices, library, one_opening, own_rules
from scheduler.queries.reviews import places
from scheduler.queries.scope import get_scoped
from scheduler.services import openings
from scheduler.services.meanwhile import SavedMeanwhile
from scheduler.services.openings import Facts
from web.coming_back import marked_on
from web.errors import has_no_page
from web.policy import enterprise, policy
from web.schemas.account import Nothing
from web.schemas.base import BadForm, asked, posted
from web.schemas.openings import ConfirmForm, CopyQuery, LibraryQuery, OpeningChangeForm, OpeningForm
from web.site import reader, writing
from web.views.enterprise.base import blueprint, employer, show

OF_FORM = tuple(Facts.__dataclass_fields__)


@blueprint.get("/openings")
@policy(enterprise)
def openings_page() -> str:
    """List the openings in use, those to be put right, or those withdrawn."""
    values = asked(LibraryQuery)
    found = library(reader(), actor=employer(), text=values["q"], shelf=values["shelf"], page=values["page"])
    return show(
        "openings.html",
        found=found,
        values=values,
        shelves=list(Shelf),
        rules=own_rules(reader(), employer()),
    )


@blueprint.get("/openings/new")
@policy(enterprise)
def new_opening() -> str:
    """Ask for a new opening, empty or like another one."""
    key = asked(CopyQuery)["copy"]
    copied: Opening | None = get_scoped(reader(), Opening, key, employer()) if key else None
    return _form_page(None, _values(copied) if copied else {"division_code": _own_division()})


@blueprint.post("/openings")
@policy(enterprise)
def add_opening() -> ResponseReturnValue:
    """Add an opening; what is refused keeps what was typed."""

    def add(session: Session) -> int:
        firm = employer().enterprise_id
        return openings.add_opening(session, enterprise_id=firm, facts=_facts(posted(OpeningForm)))[0].id

    return _kept(None, add, gettext("岗位已加入岗位库。"))


@blueprint.get("/openings/<int:opening_id>")
@policy(enterprise)
def opening(opening_id: int) -> str:
    """Show an opening with what is to be put right, where it is used, and its form."""
    asked(Nothing)
    found = one_opening(reader(), actor=employer(), opening_id=opening_id)
    return _form_page(opening_id, _values(found.line.opening))


@blueprint.post("/openings/<int:opening_id>")
@policy(enterprise)
def change_opening(opening_id: int) -> ResponseReturnValue:
    """Change an opening in every event that it was brought to."""
    get_scoped(reader(), Opening, opening_id, employer())

    def change(session: Session) -> int:
        form = posted(OpeningChangeForm)
        seen = form.pop("seen")
        return openings.change_opening(session, opening_id=opening_id, facts=_facts(form), seen=seen).id

    return _kept(opening_id, change, gettext("已保存，并视为今天确认有效。"))


@blueprint.post("/openings/<int:opening_id>/confirm")
@policy(enterprise)
def confirm_opening(opening_id: int) -> ResponseReturnValue:
    """Say that an opening still holds, or put a withdrawn one back."""
    shelf = posted(ConfirmForm)["shelf"]
    get_scoped(reader(), Opening, opening_id, employer())
    with writing() as session:
        openings.confirm_opening(session, opening_id=opening_id)
    flash(gettext("已确认有效。"))
    if shelf is not None:  # several may be stale: the next one is in the same list
        return redirect(url_for("enterprise.openings_page", shelf=shelf))
    return redirect(url_for("enterprise.opening", opening_id=opening_id))


@blueprint.post("/openings/<int:opening_id>/withdraw")
@policy(enterprise)
def withdraw_opening(opening_id: int) -> ResponseReturnValue:
    """Take an opening out of use."""
    posted(Nothing)
    get_scoped(reader(), Opening, opening_id, employer())
    with writing() as session:
        openings.withdraw_opening(session, opening_id=opening_id)
    flash(gettext("已撤下，活动页面不再显示；记录保留。"))
    return redirect(url_for("enterprise.opening", opening_id=opening_id))


def _kept(opening_id: int | None, deed: Callable[[Session], int], sentence: str) -> ResponseReturnValue:
    """Do a deed and go to its opening; a refusal shows the form again with what was typed."""
    try:
        with writing() as session:
            kept = deed(session)
    except BadForm as refusal:
        return marked_on(_form_page(opening_id, request.form), refusal), refusal.status
    except Refusal as refusal:
        if has_no_page(refusal):
            raise
        return _form_page(opening_id, request.form, refusal), refusal.status
    flash(sentence)
    return redirect(url_for("enterprise.opening", opening_id=kept))


def _facts(form: Mapping[str, Any]) -> Facts:
    return Facts(**{**form, "hours_zh": form["hours_zh"] or None})


def _own_division() -> str:
    """Return where the enterprise is, which is where most of its people work."""
    code: str = get_scoped(reader(), Enterprise, employer().enterprise_id, employer()).division_code
    return code


def _values(one: Opening) -> Mapping[str, str]:
    """Return what the form shows of an opening."""
    found: dict[str, Any] = {name: getattr(one, name) for name in OF_FORM}
    return {name: "" if value is None else str(value) for name, value in found.items()}


def _form_page(opening_id: int | None, values: Mapping[str, str], refusal: Refusal | None = None) -> str:
    found = one_opening(reader(), actor=employer(), opening_id=opening_id) if opening_id else None
    return show(
        "opening.html",
        found=found,
        values=values,
        kept=_values(found.line.opening) if found and isinstance(refusal, SavedMeanwhile) else None,
        refusal=refusal,
        choices=choices(reader()),
        places=places(reader()),
        units=list(WageUnit),
        insurances=list(Insurance),
        rules=own_rules(reader(), employer()),
    )
