"""The card of each booth of an event."""

from scheduler.postings.saying import wage_zh
from scheduler.printing.halls import when
from scheduler.printing.setting import typeset
from scheduler.queries.stands import Stands

MOST_OPENINGS = 7


def booth_cards(stands: Stands, *, qr_svg: str) -> bytes:
    """Return a PDF with a page of A5 for each booth, in the order of the plans; raises NoChineseFont."""
    event = stands.event
    firms = {booth: firm for firm in stands.firms for booth in firm.booth_ids}
    cards = []
    for plan in stands.plans:
        for booth in plan.drawing.booths:
            firm = firms.get(plan.booth_ids[booth.code])
            if not booth.usable:
                continue
            openings = firm.openings if firm else ()
            cards.append(
                {
                    "code": booth.code,
                    "firm": firm.name_zh if firm else "",
                    "industry": firm.industry_zh if firm else "",
                    "openings": [
                        {
                            "title": one.title_zh,
                            "headcount": one.headcount,
                            "wage": wage_zh(one.wage_min, one.wage_max, one.wage_unit),
                        }
                        for one in openings[:MOST_OPENINGS]
                    ],
                    "more": max(len(openings) - MOST_OPENINGS, 0),
                }
            )
    return typeset(
        "cards",
        {
            "title": event.title_zh,
            "when": when(event.starts_at, event.ends_at),
            "where": "、".join(stands.venues) or "地点待定",
            "qr": qr_svg,
            "cards": cards,
        },
    )
