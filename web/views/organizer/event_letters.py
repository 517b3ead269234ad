"""The letters of one event: who was written to, what became of it, what it said, and another try."""

from typing import Any, NamedTuple

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import NotFound, Refusal
from scheduler.mailing.letters import compose
from scheduler.mailing.writing import SUBJECTS, without_links
from scheduler.models import Enterprise, Event, Message, MessageState, Role
from scheduler.quarters import Quarter
from scheduler.queries.event_letters import event_letter, event_letters
from scheduler.queries.scope import get_scoped
from scheduler.services.retrying import retry
from web.language import current
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.letters import EventLettersQuery
from web.site import reader, settings, writing
from web.views.organizer.desk import blueprint, desk, event_for, member, show

UNASKED = EventLettersQuery().load({})
TO_COME = {MessageState.WAITING, MessageState.SENDING, MessageState.FAILED}


class Opened(NamedTuple):
    """A letter that is looked at; `text` is None where none was kept or none would be sent."""

    letter: Message
    firm: Enterprise
    text: str | None

    @property
    def was_sent(self) -> bool:
        """Tell whether the text is what was sent, and not what would be."""
        return self.letter.state is MessageState.SENT


@blueprint.get("/events/<int:event_id>/letters")
@policy(organizer)
def event_letters_page(event_id: int) -> str:
    """Show the letters about an event that went to enterprises, and how many went to people."""
    return _page(event_id, asked(EventLettersQuery))


@blueprint.post("/letters/<int:letter_id>/resend")
@policy(organizer, Role.PLANNER)
def resend_letter(letter_id: int) -> ResponseReturnValue:
    """Let a letter that was given up be sent once more."""
    posted(Nothing)
    letter, firm = event_letter(reader(), letter_id=letter_id, scope=member())
    event = event_for(reader(), letter.event_id or 0, Role.PLANNER)
    try:
        with writing() as session:
            retry(session, name=f"letter-{letter.id}")
    except Refusal as refusal:
        return _page(event.id, UNASKED, refusal), refusal.status
    flash(gettext("发给“%(name)s”的邮件已重新排入发送。", name=firm.name_zh))
    return redirect(url_for("organizer.event_letters_page", event_id=event.id))


def _page(event_id: int, values: dict[str, Any], refusal: Refusal | None = None) -> str:
    event: Event = get_scoped(reader(), Event, event_id, member())
    found = event_letters(
        reader(), event_id=event_id, kind=values["kind"], state=values["state"], number=values["page"]
    )
    return show(
        "event_letters.html",
        desk(values["quarter"] or Quarter.parse(event.quarter)),
        event=event,
        found=found,
        values=values,
        opened=_opened(event_id, values["letter"]) if values["letter"] else None,
        names={kind: said[current()] for kind, said in SUBJECTS.items()},
        states=list(MessageState),
        sends_again=member().may(Role.PLANNER, event.division_code),
        refusal=refusal,
    )


def _opened(event_id: int, letter_id: int) -> Opened:
    letter, firm = event_letter(reader(), letter_id=letter_id, scope=member())
    if letter.event_id != event_id:
        raise NotFound
    text = letter.said
    if letter.state in TO_COME:
        written = compose(reader(), letter, settings())
        text = without_links(written) if written else None
    return Opened(letter, firm, text)
