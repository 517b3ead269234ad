"""What is printed of an event: the poster with its plan, and a card for each booth."""

from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from flask import Response

from scheduler.errors import Refusal
from scheduler.printing import PaperLanguage, booth_cards, poster
from scheduler.queries.public import approved_ids
from scheduler.queries.stands import Stands, stands_of
from web import addresses
from web.papers import chosen
from web.policy import organizer, policy
from web.qr import qr_svg as svg_code
from web.qr import qr_svgs as svg_codes
from web.schemas.base import asked
from web.schemas.papers import CardsOf, CardsQuery, PaperQuery
from web.site import reader, settings
from web.views.organizer.desk import blueprint, member


class NoFloorYet(Refusal):
    """An event without a floor plan has nothing to print."""

    status = 409
    code = "no_floor_yet"
    zh = "本活动还没有可用的展位图，无法打印。请先为场地设一张可用的展位图，再发布活动。"
    en = "This event has no floor plan yet: there is nothing to print. Make a plan of its venue ready first."


@blueprint.get("/events/<int:event_id>/poster.pdf")
@policy(organizer)
def event_poster(event_id: int) -> Response:
    """Give the A3 poster: when and where, the plan with who stands where, the directory."""
    return _printed(event_id, poster, ("海报", "poster"), asked(PaperQuery)["language"])


@blueprint.get("/events/<int:event_id>/cards.pdf")
@policy(organizer)
def event_cards(event_id: int) -> Response:
    """Give the cards of the booths that are taken, or of all, a page each."""
    wanted = asked(CardsQuery)
    cards = partial(_cards, every=wanted["booths"] is CardsOf.ALL)
    return _printed(event_id, cards, ("展位牌", "booth cards"), wanted["language"])


def _cards(stands: Stands, *, language: PaperLanguage, qr_svg: str, every: bool) -> bytes:
    """Draw the cards; the code of a firm that the public sees at the event leads to its openings there."""
    shown = approved_ids(reader(), event_id=stands.event.id)
    uid, site = stands.event.uid, settings().public_url
    led = {firm.id: site + addresses.employer(uid, firm.id) for firm in stands.firms if firm.id in shown}
    codes = svg_codes(led)
    return booth_cards(stands, language=language, qr_svg=qr_svg, firm_codes=codes, every=every)


def _printed(
    event_id: int, draw: Callable[..., bytes], what: tuple[str, str], wanted: PaperLanguage | None
) -> Response:
    language = chosen(wanted)
    stands: Stands = stands_of(reader(), event_id=event_id, scope=member())
    if not stands.plans:
        raise NoFloorYet
    code = svg_code(settings().public_url + addresses.event(stands.event.uid))
    response = Response(draw(stands, language=language, qr_svg=code), content_type="application/pdf")
    title = language.text(stands.event.title_zh, stands.event.title_en)
    name = quote(f"{language.text(*what)} {title}.pdf")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=event-{event_id}.pdf; filename*=UTF-8''{name}"
    )
    return response
