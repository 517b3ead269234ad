"""What is printed for the studio: a card for the host per firm, and a code per opening."""

from scheduler.quarters import Quarter
from scheduler.queries.livestreams.stream import StreamView
from scheduler.runsheets.words import FORBIDDEN
from web import addresses
from web.papers import chosen, spoken
from web.policy import organizer, policy
from web.qr import qr_code
from web.schemas.base import asked
from web.schemas.papers import PaperQuery
from web.site import settings
from web.views.organizer.desk import blueprint, desk, show
from web.views.organizer.livestreams.page import ordered, view_of


@blueprint.get("/livestreams/<int:stream_id>/cards")
@policy(organizer)
def host_cards(stream_id: int) -> str:
    """Print a card per firm: when, who it is, its openings, questions and answers, words not to say."""
    return _printed("livestreams/cards.html", view_of(stream_id), forbidden=FORBIDDEN)


@blueprint.get("/livestreams/<int:stream_id>/codes")
@policy(organizer)
def opening_codes(stream_id: int) -> str:
    """Print a QR code per opening that leads to the opening's public page."""
    return _printed("livestreams/codes.html", view_of(stream_id), code_of=_code_of)


def _code_of(view: StreamView, opening_id: int) -> str:
    return qr_code(settings().public_url + addresses.opening(view.event.uid, opening_id))


def _printed(template: str, view: StreamView, **values: object) -> str:
    language = chosen(asked(PaperQuery)["language"])
    place = desk(Quarter.parse(view.event.quarter))
    return show(template, place, view=view, turns=ordered(view), paper=language, spoken=spoken, **values)
