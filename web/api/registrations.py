"""An enterprise's registrations: the events it wants to attend, with its openings and wishes."""

from typing import Any

from flask import Response
from marshmallow import Schema, ValidationError, fields, validate, validates_schema
from sqlalchemy.orm import Session

from scheduler.models import TokenScope
from scheduler.queries.booking.mine import Entry, entries_behind, entry_of
from scheduler.queries.keyset import Key
from scheduler.services import registering
from web.api.cursors import Paged, page, page_of
from web.api.once import create
from web.api.shapes import flag, many, moment, number, text
from web.api.subject import Subject
from web.policy import enterprise, policy
from web.schemas.base import Form, Text, Whole
from web.security import HIGHEST_ID
from web.site import reader, writing
from web.views.enterprise.base import employer

MOST_WISHES, MOST_OPENINGS, MOST_TOGETHER = 20, 50, 20
subject = Subject("Registrations", "The events your enterprise wants to attend.")


class WishBody(Form):
    """A booth or a zone: one of the two."""

    booth_id = Whole(least=1, most=HIGHEST_ID, load_default=None)
    zone_code = Text(longest=12, load_default=None)

    @validates_schema
    def one_of_two(self, values: dict[str, Any], **_: Any) -> None:  # noqa: ANN401
        """Refuse a wish for nothing or for two things."""
        if bool(values["booth_id"]) == bool(values["zone_code"]):
            raise ValidationError("give a booth or a zone")


class CommonBody(Form):
    """The openings brought along, whom not to stand beside, how many booths, and what they need."""

    opening_ids = fields.List(
        Whole(least=1, most=HIGHEST_ID), load_default=list, validate=validate.Length(max=MOST_OPENINGS)
    )
    avoided_ids = fields.List(
        Whole(least=1, most=HIGHEST_ID), load_default=list, validate=validate.Length(max=MOST_WISHES)
    )
    booths_wanted = Whole(least=1, most=MOST_TOGETHER, load_default=1)
    needs_power = fields.Boolean(load_default=False)
    needs_network = fields.Boolean(load_default=False)


class RegistrationBody(CommonBody):
    """An event, what is brought along, and the wishes dearest first."""

    event_id = Whole(least=1, most=HIGHEST_ID, required=True)
    wishes = fields.List(
        fields.Nested(WishBody), load_default=list, validate=validate.Length(max=MOST_WISHES)
    )


class TogetherBody(CommonBody):
    """Several events, what is brought to each of them, and zones by their letters, dearest first."""

    event_ids = fields.List(
        Whole(least=1, most=HIGHEST_ID), required=True, validate=validate.Length(min=1, max=MOST_TOGETHER)
    )
    zones = fields.List(Text(longest=12), load_default=list, validate=validate.Length(max=MOST_WISHES))


class WithdrawBody(Form):
    """Why, for the organizer."""

    reason = Text(longest=200, required=True)


class Wish(Schema):
    """A wish; rank 1 is the dearest."""

    rank = number()
    booth_id = number(allow_none=True)
    zone_code = text(allow_none=True)


class Registration(Schema):
    """A registration: requested, approved, refused (`answer` says why) or withdrawn."""

    event_id = number(attribute="registration.event_id")
    event_uid = text(attribute="uid")
    state = text(attribute="registration.state")
    requested_at = moment(attribute="registration.requested_at")
    answered_at = moment(attribute="registration.answered_at", allow_none=True)
    answer = text(attribute="registration.answer", allow_none=True)
    booths_wanted = number(attribute="registration.booths_wanted")
    needs_power = fields.Boolean(required=True, attribute="registration.needs_power")
    needs_network = fields.Boolean(required=True, attribute="registration.needs_network")
    opening_ids = fields.List(fields.Integer(), required=True)
    wishes = many(Wish)


class Refused(Schema):
    """Why there is no registration: a code that stays, and the sentence in both languages."""

    code = text()
    zh = fields.Function(lambda refusal: refusal.text("zh"), required=True)
    en = fields.Function(lambda refusal: refusal.text("en"), required=True)


class Result(Schema):
    """What became of one event: where the registration stands, or why there is none.

    It is kept where it stood before: what was said then stays.
    """

    event_id = number()
    state = text(allow_none=True)
    kept = flag()
    refusal = fields.Nested(Refused, allow_none=True, required=True)


class Together(Schema):
    """What became of each event, in the order in which they were named."""

    results = many(Result)


@subject.operation(
    "GET",
    "/registrations",
    policy(enterprise),
    scope=TokenScope.READ,
    query=Paged,
    answer=page_of(Registration),
)
def list_registrations(asked: dict[str, Any]) -> dict[str, Any]:
    """List your enterprise's registrations."""
    return page(
        asked,
        lambda after, size: entries_behind(reader(), actor=employer(), after=after, size=size),
        lambda entry: Key("", entry.registration.event_id),
    )


@subject.operation(
    "POST",
    "/registrations",
    policy(enterprise),
    scope=TokenScope.BOOK,
    body=RegistrationBody,
    answer=Registration,
    status=201,
    creates=True,
)
def register(body: dict[str, Any]) -> Response:
    """Register for an event, or change what was said; at home it is approved at once where nobody reviews."""
    actor = employer()
    form = _form(body)

    def enrol(session: Session) -> Entry:
        registering.register(session, event_id=body["event_id"], enterprise_id=actor.enterprise_id, form=form)
        return entry_of(session, actor=actor, event_id=body["event_id"])

    return create(enrol, Registration)


@subject.operation(
    "POST",
    "/registrations/together",
    policy(enterprise),
    scope=TokenScope.BOOK,
    body=TogetherBody,
    answer=Together,
    status=201,
    creates=True,
)
def register_together(body: dict[str, Any]) -> Response:
    """Register for several events with one form; each has its own answer, and none costs another."""
    firm = employer().enterprise_id
    event_ids = body.pop("event_ids")
    form = _form({**body, "wishes": [{"booth_id": None, "zone_code": code} for code in body.pop("zones")]})

    def enrol(session: Session) -> dict[str, Any]:
        outcomes = registering.register_together(session, event_ids=event_ids, enterprise_id=firm, form=form)
        return {"results": outcomes}

    return create(enrol, Together)


@subject.operation(
    "GET", "/registrations/<int:event_id>", policy(enterprise), scope=TokenScope.READ, answer=Registration
)
def get_registration(event_id: int) -> Entry:
    """Return your registration for an event."""
    return entry_of(reader(), actor=employer(), event_id=event_id)


@subject.operation(
    "PUT",
    "/registrations/<int:event_id>/withdrawal",
    policy(enterprise),
    scope=TokenScope.BOOK,
    body=WithdrawBody,
    status=204,
)
def withdraw(body: dict[str, Any], event_id: int) -> Response:
    """Withdraw a registration; your booking is cancelled with it, if that is still possible."""
    entry = entry_of(reader(), actor=employer(), event_id=event_id)
    with writing() as session:
        registering.withdraw(
            session,
            event_id=entry.registration.event_id,
            enterprise_id=employer().enterprise_id,
            reason=body["reason"],
        )
    return Response(status=204)


def _form(body: dict[str, Any]) -> registering.Form:
    return registering.Form(
        opening_ids=body["opening_ids"],
        wishes=[registering.Wanted(**wish) for wish in body["wishes"]],
        avoided_ids=body["avoided_ids"],
        booths_wanted=body["booths_wanted"],
        needs_power=body["needs_power"],
        needs_network=body["needs_network"],
    )
