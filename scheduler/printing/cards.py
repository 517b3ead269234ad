"""The card of each booth of an event."""

from collections.abc import Mapping
from typing import Any

from scheduler.postings.saying import UNITS, wage_text
from scheduler.printing.halls import head
from scheduler.printing.setting import typeset
from scheduler.printing.wording import PaperLanguage
from scheduler.queries.public_rows import OpeningLine
from scheduler.queries.stands import Firm, Stands

MOST_OPENINGS = 7


def booth_cards(
    stands: Stands,
    *,
    language: PaperLanguage,
    qr_svg: str,
    firm_codes: Mapping[int, str],
    every: bool = False,
) -> bytes:
    """Return a PDF with a page of A5 for each booth that is taken, in the order of the plans; for `every`
    booth, or as long as none is taken, the free ones have theirs too. Raises NoChineseFont.

    `firm_codes` lead from an enterprise's booth to its openings at the event; other cards lead to the event.
    """
    say = language.say
    firms = {booth: firm for firm in stands.firms for booth in firm.booth_ids}
    booths = [
        (booth.code, firms.get(plan.booth_ids[booth.code]))
        for plan in stands.plans
        for booth in plan.drawing.booths
        if booth.usable
    ]
    taken = [(code, firm) for code, firm in booths if firm]
    return typeset(
        "cards",
        head(stands, language)
        | {
            "words": {
                "opening": say("招聘岗位", "Openings"),
                "headcount": say("人数", "wanted"),
                "wage": say("薪资（元）", "pay (yuan)"),
                "scan_firm": say("扫码看本单位岗位", "scan for our openings"),
                "scan_event": say("扫码看活动详情", "scan for the event"),
                "ask": say("岗位请向展位工作人员咨询", "Ask at the booth for openings"),
            },
            "qr": qr_svg,
            "firm_codes": {str(key): code for key, code in firm_codes.items()},
            "cards": [
                _card(code, firm, language) for code, firm in (booths if every or not taken else taken)
            ],
        },
    )


def _card(code: str, firm: Firm | None, language: PaperLanguage) -> dict[str, Any]:
    openings = firm.openings if firm else ()
    more = len(openings) - MOST_OPENINGS
    return {
        "code": code,
        "firm_id": str(firm.id) if firm else "",
        "firm": firm.name_zh if firm else "",
        "industry": language.say(firm.industry.name_zh, firm.industry.name_en) if firm else [""],
        "openings": [_line(one, language) for one in openings[:MOST_OPENINGS]],
        "more": language.say(f"另有 {more} 个岗位，扫码查看", f"{more} more: scan the code")
        if more > 0
        else [],
    }


def _line(one: OpeningLine, language: PaperLanguage) -> dict[str, Any]:
    zh, en = (wage_text(one.wage_min, one.wage_max, one.wage_unit, spoken) for spoken in ("zh", "en"))
    if language is PaperLanguage.BOTH and one.wage_min is not None:
        en = f"/{UNITS[one.wage_unit]['en']}"  # the figures stand beside it already
    return {"title": one.title_zh, "headcount": one.headcount, "wage": language.say(zh, en)}
