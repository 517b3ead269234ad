"""Seekers' tickets: take one, show it at the entrance, print it, give it back; no account is needed."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.entry_codes import read_code, write_code
from scheduler.errors import NotFound, Refusal
from scheduler.queries import public as schedule
from scheduler.queries.actors import Seeker
from scheduler.queries.public_rows import VisibleEvent
from scheduler.queries.tickets import (
    TicketView,
    code_event,
    gives_tickets,
    held_ticket,
    own_tickets,
    places,
    ticket_view,
)
from scheduler.services import tickets
from web.actors import current_actor
from web.language import current
from web.policy import policy, seeker, visitor
from web.qr import qr_code
from web.schemas.account import Nothing
from web.schemas.base import posted
from web.schemas.tickets import TakeForm
from web.site import reader, settings, writing

blueprint = Blueprint("tickets", __name__)


@blueprint.get("/events/<uid>/ticket")
@policy(visitor)
def offer(uid: str) -> ResponseReturnValue:
    """Offer a ticket: for what, and how many places are left."""
    return _offer(schedule.get_event(reader(), uid=uid))


@blueprint.post("/events/<uid>/ticket")
@policy(visitor)
def take(uid: str) -> ResponseReturnValue:
    """Take a ticket and go to its page; the same form sent twice takes one."""
    form = posted(TakeForm)
    event = schedule.get_event(reader(), uid=uid)
    serial = tickets.drawn_serial(settings().secret_key, form["drawn"])
    holder = _seeker()
    try:
        with writing() as session:
            tickets.take_ticket(
                session,
                event_id=event.id,
                serial=serial,
                account_id=holder.account_id if holder else None,
                language=current(),
            )
    except (tickets.NoTickets, tickets.EventFull, tickets.TicketHeld) as refusal:
        return _offer(event, refusal), refusal.status
    return redirect(_address(serial))


@blueprint.get("/tickets")
@policy(seeker)
def mine() -> str:
    """List the own tickets, the next event first."""
    holder = _seeker()
    if holder is None:
        raise NotFound
    found = [(view, _address(view.ticket.serial)) for view in own_tickets(reader(), actor=holder)]
    return render_template("public/tickets.html", tickets=found)


@blueprint.get("/tickets/<ticket>")
@policy(visitor)
def show(ticket: str) -> str:
    """Show a ticket large enough for a scanner, with its event, when and where."""
    view = _view(ticket)
    return render_template(
        "public/ticket.html",
        view=view,
        event=view.event,
        link=ticket,
        qr=qr_code(code_address(view)) if view.lets_in else None,
    )


@blueprint.post("/tickets/<ticket>/cancel")
@policy(visitor)
def cancel(ticket: str) -> ResponseReturnValue:
    """Give a ticket back; somebody else can have the place."""
    posted(Nothing)
    view = _view(ticket)
    with writing() as session:
        tickets.cancel_ticket(session, serial=view.ticket.serial)
    flash(gettext("已退还名额，这个入场码不能再用。"))
    return redirect(url_for("tickets.show", ticket=ticket))


@blueprint.get("/t/<code>")
@policy(visitor)
def scanned(code: str) -> str:
    """Say what a QR code is to whoever scans it with a phone; it tells nothing about its holder."""
    found = read_code(settings().secret_key, code)
    return render_template("public/scanned.html", code=found, event=code_event(reader(), code=found))


def code_address(view: TicketView) -> str:
    """Return what the QR code of a ticket holds: an address, which every scanner understands."""
    code = write_code(settings().secret_key, view.code)
    return settings().public_url + url_for("tickets.scanned", code=code)


def _view(link: str) -> TicketView:
    return ticket_view(reader(), serial=tickets.linked_serial(settings().secret_key, link))


def _address(serial: str) -> str:
    return url_for("tickets.show", ticket=tickets.ticket_link(settings().secret_key, serial))


def _seeker() -> Seeker | None:
    actor = current_actor()
    return actor if isinstance(actor, Seeker) else None


def _offer(event: VisibleEvent, refusal: Refusal | None = None) -> str:
    holder = _seeker()
    held = held_ticket(reader(), event_id=event.id, actor=holder) if holder else None
    return render_template(
        "public/take_ticket.html",
        event=event,
        places=places(reader(), event_id=event.id),
        is_open=gives_tickets(event),
        held=held and _address(held.serial),
        drawn=tickets.draw_serial(settings().secret_key),
        holder=holder,
        refusal=refusal,
    )
