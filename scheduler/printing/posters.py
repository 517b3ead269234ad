"""The A3 poster of an event."""

from scheduler.printing.halls import hall, when
from scheduler.printing.setting import typeset
from scheduler.queries.stands import Stands

SAMPLE = "展位图为示例，不是实测图"


def poster(stands: Stands, *, qr_svg: str) -> bytes:
    """Return a PDF with the plan of each hall and a directory of who is where; raises NoChineseFont."""
    event = stands.event
    firms = {booth: firm.name_zh for firm in stands.firms for booth in firm.booth_ids}
    return typeset(
        "poster",
        {
            "title": event.title_zh,
            "when": when(event.starts_at, event.ends_at),
            "where": "、".join(stands.venues) or "地点待定",
            "organizer": stands.organizer,
            "note": SAMPLE if any(plan.is_sample for plan in stands.plans) else "",
            "qr": qr_svg,
            "plans": [hall(plan, firms) for plan in stands.plans],
            "firms": [
                {"name": firm.name_zh, "codes": "、".join(firm.codes)}
                for firm in sorted(stands.firms, key=lambda firm: firm.name_zh.encode("gb18030"))
            ],
        },
    )
