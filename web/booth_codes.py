"""Reads booths that somebody names by their codes."""

import re

from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.queries.booking.lists import named_booths


class UnknownBooths(Refusal):
    """Codes that no booth of the event has."""

    status = 422
    code = "unknown_booths"
    zh = "本场活动没有展位“{codes}”。请按展位图上的编号填写。"
    en = "This event has no booth “{codes}”. Use the codes on the floor plan."


class AlreadyThere(Refusal):
    """A booking is to be moved to where it stands."""

    status = 409
    code = "already_there"
    zh = "该单位已在展位 {codes}，没有变动，也不发通知。"
    en = "The enterprise has booth {codes} already. Nothing changed, and nobody is told."


def codes_in(text: str) -> list[str]:
    """Return the codes in a text, with commas or spaces between them."""
    return [code for code in re.split(r"[\s,，、;；]+", text.upper()) if code]


def booths_by_codes(session: Session, *, event_id: int, codes: str) -> list[int]:
    """Return the ids of booths of an event by their codes; raises UnknownBooths."""
    known = named_booths(session, event_id=event_id)
    given = codes_in(codes)
    unknown = [code for code in given if code not in known]
    if unknown or not given:
        raise UnknownBooths(codes="、".join(unknown))
    return [known[code] for code in given]
