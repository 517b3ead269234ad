"""The opening library: an enterprise's openings, what is to be put right in them, the events they are in."""

from collections.abc import Callable
from typing import Any

from flask import Response
from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from scheduler.models import Opening, TokenScope
from scheduler.postings import say
from scheduler.queries.keyset import Key
from scheduler.queries.openings.judging import Judged
from scheduler.queries.openings.library import Line, OneOpening, Shelf, lines_behind, one_opening
from scheduler.queries.scope import get_scoped
from scheduler.services import openings, registering
from scheduler.services.openings import Facts
from web.api.cursors import Paged, page, page_of
from web.api.once import create
from web.api.shapes import flag, many, moment, number, shown, text
from web.api.subject import Subject
from web.api.tags import require_match
from web.policy import enterprise, policy
from web.schemas.base import Text
from web.schemas.openings import OpeningForm
from web.site import reader, writing
from web.views.enterprise.base import employer

subject = Subject(
    "Openings", "Your enterprise's opening library: written once, brought to any event, checked as it stands."
)


class OpeningsQuery(Paged):
    """Openings in use, those of them to be put right, or those withdrawn; narrowed by words."""

    shelf = fields.Enum(Shelf, by_value=True, load_default=Shelf.STANDING)
    q = Text(longest=60, load_default="")


class OpeningBody(OpeningForm):
    """All that is said of an opening: what is left out is empty; without a wage it is 面议."""

    hours_zh = Text(longest=80, load_default=None)


class Finding(Schema):
    """One thing to put right: `blocks` where the bureau of your county lets no such opening in.

    A word stands in `field` from `start` to before `end`; what is wrong, what to write instead and where
    that comes from is said in both languages.
    """

    kind = text(attribute="finding.kind.value")
    blocks = flag()
    field = text(attribute="finding.field")
    start = fields.Function(lambda one: one.finding.hit and one.finding.hit.start, required=True)
    end = fields.Function(lambda one: one.finding.hit and one.finding.hit.end, required=True)
    word = fields.Function(lambda one: one.finding.hit and one.finding.hit.word, required=True)
    zh = fields.Function(lambda one: _said(one, "zh"), required=True)
    en = fields.Function(lambda one: _said(one, "en"), required=True)


class Use(Schema):
    """An event that an opening was brought to, and where the registration stands."""

    event_id = number(attribute="event.id")
    event_uid = text(attribute="event.uid")
    state = text()


class OwnOpening(Schema):
    """An opening as it stands; `used` counts the events it was brought to, `findings` what to put right."""

    id = number(attribute="opening.id")
    title_zh = text(attribute="opening.title_zh")
    occupation_code = text(attribute="opening.occupation_code")
    skill_rank = number(attribute="opening.skill_rank", allow_none=True)
    headcount = number(attribute="opening.headcount")
    hired = number(attribute="opening.hired")
    wage_min = number(attribute="opening.wage_min", allow_none=True)
    wage_max = number(attribute="opening.wage_max", allow_none=True)
    wage_unit = text(attribute="opening.wage_unit.value")
    division_code = text(attribute="opening.division_code")
    workplace_zh = text(attribute="opening.workplace_zh")
    hours_zh = text(attribute="opening.hours_zh", allow_none=True)
    insurance = text(attribute="opening.insurance", allow_none=True)
    requirements_zh = text(attribute="opening.requirements_zh")
    confirmed_at = moment(attribute="opening.confirmed_at")
    withdrawn_at = moment(attribute="opening.withdrawn_at", allow_none=True)
    used = number()
    findings = many(Finding)


class OwnOpeningWithUses(OwnOpening):
    """An opening with its events, the next one first."""

    uses = many(Use)


@subject.operation(
    "GET",
    "/openings",
    policy(enterprise),
    scope=TokenScope.READ,
    query=OpeningsQuery,
    answer=page_of(OwnOpening),
)
def list_openings(asked: dict[str, Any]) -> dict[str, Any]:
    """List your enterprise's openings with what is to be put right in each, oldest first."""
    actor, asking = employer(), {"shelf": asked["shelf"], "text": asked["q"]}
    return page(
        asked,
        lambda after, size: lines_behind(reader(), actor=actor, after=after, size=size, **asking),
        lambda line: Key("", line.opening.id),
    )


@subject.operation(
    "POST",
    "/openings",
    policy(enterprise),
    scope=TokenScope.BOOK,
    body=OpeningBody,
    answer=OwnOpening,
    status=201,
    creates=True,
)
def add_opening(body: dict[str, Any]) -> Response:
    """Add an opening; one that stands there with the same words is answered instead of a second one."""
    actor = employer()

    def add(session: Session) -> Line:
        opening, _ = openings.add_opening(session, enterprise_id=actor.enterprise_id, facts=_facts(body))
        return one_opening(session, actor=actor, opening_id=opening.id).line

    return create(add, OwnOpening)


@subject.operation(
    "GET", "/openings/<int:opening_id>", policy(enterprise), scope=TokenScope.READ, answer=OwnOpeningWithUses
)
def get_opening(opening_id: int) -> dict[str, Any]:
    """Return an opening with the events that it was brought to."""
    return _with_uses(one_opening(reader(), actor=employer(), opening_id=opening_id))


@subject.operation(
    "PUT",
    "/openings/<int:opening_id>",
    policy(enterprise),
    scope=TokenScope.BOOK,
    body=OpeningBody,
    answer=OwnOpeningWithUses,
    edits=True,
)
def change_opening(body: dict[str, Any], opening_id: int) -> Response:
    """Say anew all that an opening says, in every event that it is brought to; that confirms it too."""
    return _edited(opening_id, lambda session: _change(session, opening_id, body), matched=True)


@subject.operation(
    "PUT",
    "/openings/<int:opening_id>/confirmation",
    policy(enterprise),
    scope=TokenScope.BOOK,
    answer=OwnOpeningWithUses,
)
def confirm_opening(opening_id: int) -> Response:
    """Say that an opening still holds; one that was withdrawn is in use again."""
    return _edited(opening_id, lambda session: openings.confirm_opening(session, opening_id=opening_id))


@subject.operation(
    "PUT",
    "/openings/<int:opening_id>/withdrawal",
    policy(enterprise),
    scope=TokenScope.BOOK,
    answer=OwnOpeningWithUses,
)
def withdraw_opening(opening_id: int) -> Response:
    """Take an opening out of use; the events that it was in keep it in their books."""
    return _edited(opening_id, lambda session: openings.withdraw_opening(session, opening_id=opening_id))


@subject.operation(
    "PUT",
    "/openings/<int:opening_id>/events/<int:event_id>",
    policy(enterprise),
    scope=TokenScope.BOOK,
    answer=OwnOpeningWithUses,
)
def bring_opening(opening_id: int, event_id: int) -> Response:
    """Bring an opening to an event for which you are registered; again changes nothing."""
    named = {"event_id": event_id, "enterprise_id": employer().enterprise_id, "opening_id": opening_id}
    return _edited(opening_id, lambda session: registering.bring_opening(session, **named))


@subject.operation(
    "DELETE",
    "/openings/<int:opening_id>/events/<int:event_id>",
    policy(enterprise),
    scope=TokenScope.BOOK,
    status=204,
)
def leave_opening(opening_id: int, event_id: int) -> Response:
    """Bring an opening to an event no more."""
    named = {"event_id": event_id, "enterprise_id": employer().enterprise_id, "opening_id": opening_id}
    _edited(opening_id, lambda session: registering.leave_opening(session, **named))
    return Response(status=204)


def _edited(opening_id: int, deed: Callable[[Session], None], *, matched: bool = False) -> Response:
    """Do a deed to an own opening, and answer how it stands then; `matched` where it must have been read."""
    actor = employer()
    with writing() as session:
        get_scoped(session, Opening, opening_id, actor)
        if matched:
            openings.hold_opening(session, opening_id=opening_id)  # of two who have read the same one is told
            before = one_opening(session, actor=actor, opening_id=opening_id)
            require_match(OwnOpeningWithUses, _with_uses(before))
        deed(session)
        after = one_opening(session, actor=actor, opening_id=opening_id)
        return shown(OwnOpeningWithUses, _with_uses(after))


def _change(session: Session, opening_id: int, body: dict[str, Any]) -> None:
    openings.change_opening(session, opening_id=opening_id, facts=_facts(body))


def _facts(body: dict[str, Any]) -> Facts:
    return Facts(**{**body, "hours_zh": body["hours_zh"] or None})


def _with_uses(found: OneOpening) -> dict[str, Any]:
    line = found.line
    return {"opening": line.opening, "used": line.used, "findings": line.findings, "uses": found.uses}


def _said(judged: Judged, language: str) -> dict[str, str]:
    return say(judged.finding, "zh" if language == "zh" else "en")._asdict()
