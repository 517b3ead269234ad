"""Seekers' tickets: take one, show it at the entrance, print it, give it back; no account is needed."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.entry_codes import read_code, write_code
from scheduler.errors import NotFound, Refusal
from scheduler.models import WaitingState
from scheduler.queries import public as schedule
from scheduler.queries.actors import Seeker
from scheduler.queries.public_rows import VisibleEvent
from scheduler.queries.tickets import (
    TicketView,
    code_event,
    gives_tickets,
    held_ticket,
    own_tickets,
    own_waiting,
    places,
    ticket_view,
    waiting_view,
)
from scheduler.services import tickets, waiting_for_places
from scheduler.services.waiting_lists import OfferRanOut, WaitingAlready, WaitingEnded
from scheduler.times import now
from web.actors import current_actor
from web.language import current
from web.policy import policy, seeker, visitor
from web.qr import qr_code
from web.schemas.account import Nothing
from web.schemas.base import posted
from web.schemas.tickets import TakeForm
from web.site import reader, settings, writing

JOINING = (
    tickets.NoTickets,
    tickets.TicketHeld,
    waiting_for_places.PlacesAreFree,
    waiting_for_places.TooLateToWait,
    WaitingAlready,
)
ANSWERING = (tickets.TicketHeld, OfferRanOut, WaitingEnded)
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
    event, serial, account_id = _wanted(uid)
    try:
        with writing() as session:
            tickets.take_ticket(
                session, event_id=event.id, serial=serial, account_id=account_id, language=current()
            )
    except (*JOINING, tickets.EventFull) as refusal:
        return _offer(event, refusal), refusal.status
    return redirect(_address(serial))


@blueprint.post("/events/<uid>/ticket/wait")
@policy(visitor)
def wait(uid: str) -> ResponseReturnValue:
    """Join the waiting list of a full event and go to the page of it; the same form sent twice joins once."""
    event, serial, account_id = _wanted(uid)
    try:
        with writing() as session:
            waiting_for_places.join_place_list(
                session, event_id=event.id, serial=serial, account_id=account_id
            )
    except JOINING as refusal:
        return _offer(event, refusal), refusal.status
    return redirect(_waiting_address(serial))


@blueprint.get("/waiting/<entry>")
@policy(visitor)
def waiting(entry: str) -> str:
    """Show somebody's rank on a waiting list, or what is offered and until when."""
    return _waits(entry)


@blueprint.post("/waiting/<entry>/accept")
@policy(visitor)
def accept(entry: str) -> ResponseReturnValue:
    """Accept an offer in time and go to the ticket."""
    posted(Nothing)
    serial = _entry(entry)
    try:
        with writing() as session:
            waiting_for_places.accept_place(session, serial=serial, language=current())
    except ANSWERING as refusal:
        return _waits(entry, refusal), refusal.status
    return redirect(_address(serial))


@blueprint.post("/waiting/<entry>/leave")
@policy(visitor)
def leave(entry: str) -> ResponseReturnValue:
    """Leave a waiting list, or decline its offer."""
    posted(Nothing)
    try:
        with writing() as session:
            waiting_for_places.leave_place_list(session, serial=_entry(entry))
    except ANSWERING as refusal:
        return _waits(entry, refusal), refusal.status
    flash(gettext("已退出候补。"))
    return redirect(url_for("tickets.waiting", entry=entry))


@blueprint.get("/tickets")
@policy(seeker)
def mine() -> str:
    """List the own tickets, the next event first."""
    holder = _seeker()
    if holder is None:
        raise NotFound
    found = [(view, _address(view.ticket.serial)) for view in own_tickets(reader(), actor=holder)]
    listed = own_waiting(reader(), actor=holder)
    waits = [(view, _waiting_address(view.waiting.serial or "")) for view in listed]
    return render_template("public/tickets.html", tickets=found, waits=waits)


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


def _entry(link: str) -> str:
    return waiting_for_places.waiting_serial(settings().secret_key, link)


def _waiting_address(serial: str) -> str:
    link = waiting_for_places.waiting_link(settings().secret_key, serial)
    return url_for("tickets.waiting", entry=link)


def _waits(entry: str, refusal: Refusal | None = None) -> str:
    view = waiting_view(reader(), serial=_entry(entry))
    ticket = _address(view.waiting.serial or "") if view.waiting.state is WaitingState.ACCEPTED else None
    return render_template(
        "public/waiting.html",
        view=view,
        event=view.event,
        link=entry,
        ticket=ticket,
        refusal=refusal,
        moment=now(),
    )


def _wanted(uid: str) -> tuple[VisibleEvent, str, int | None]:
    """Return for which event the form asks, the serial that was drawn with it, and for whose account."""
    form = posted(TakeForm)
    event = schedule.get_event(reader(), uid=uid)
    serial = tickets.drawn_serial(settings().secret_key, form["drawn"])
    holder = _seeker()
    return event, serial, holder.account_id if holder else None


def _seeker() -> Seeker | None:
    actor = current_actor()
    return actor if isinstance(actor, Seeker) else None


def _offer(event: VisibleEvent, refusal: Refusal | None = None) -> str:
    holder = _seeker()
    held = held_ticket(reader(), event_id=event.id, actor=holder) if holder else None
    own = own_waiting(reader(), actor=holder) if holder else ()
    listed = next((view for view in own if view.event.id == event.id), None)
    return render_template(
        "public/take_ticket.html",
        event=event,
        places=places(reader(), event_id=event.id),
        is_open=gives_tickets(event),
        moment=now(),
        held=held and _address(held.serial),
        waits=listed and _waiting_address(listed.waiting.serial or ""),
        drawn=tickets.draw_serial(settings().secret_key),
        holder=holder,
        refusal=refusal,
    )
