"""Reads enterprises that somebody names, by their credit codes or their full names."""

import re

from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.queries.booking.lists import named_enterprises


class UnknownFirms(Refusal):
    """Names or credit codes that no enterprise has, or names that several have."""

    status = 422
    code = "unknown_firms"
    zh = "没有找到“{firms}”，或有几家同名单位。请填写单位全称或统一社会信用代码。"
    en = "“{firms}” was not found, or is the name of several. Give the full name or the credit code."


def firms_named(session: Session, text: str) -> list[int]:
    """Return the ids of the enterprises in a text, with commas between them; raises UnknownFirms."""
    given = [one.strip() for one in re.split(r"[,，、;；\n]", text) if one.strip()]
    known = named_enterprises(session, given)
    unknown = [one for one in given if one not in known]
    if unknown:
        raise UnknownFirms(firms="、".join(unknown))
    return [known[one] for one in given]
