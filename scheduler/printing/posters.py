"""The A3 poster of an event."""

from scheduler.printing.halls import hall, head
from scheduler.printing.setting import typeset
from scheduler.printing.wording import PaperLanguage
from scheduler.queries.stands import Stands


def poster(stands: Stands, *, language: PaperLanguage, qr_svg: str) -> bytes:
    """Return a PDF with the plan of each hall and a directory of who is where; raises NoChineseFont."""
    say, many = language.say, len(stands.firms)
    firms = {booth: firm.name_zh for firm in stands.firms for booth in firm.booth_ids}
    is_sample = any(plan.is_sample for plan in stands.plans)
    organizer = stands.organizer
    return typeset(
        "poster",
        head(stands, language)
        | {
            "words": {
                "organizer": say(
                    f"主办：{organizer.name_zh}", f"by {organizer.name_en or organizer.name_zh}"
                ),
                "free": say("免费参加，不收任何费用", "free of charge"),
                "note": say("展位图为示例，不是实测图", "sample plan, not measured") if is_sample else [""],
                "scan": say("扫码查看详情和最新变动", "scan for details and changes"),
                "firms": say("参会单位", "Employers"),
                "directory": say(f"参会单位（{many} 家，按名称排列）", f"Employers ({many}, by name)"),
            },
            "qr": qr_svg,
            "plans": [hall(plan, firms, language) for plan in stands.plans],
            "firms": [
                {"name": firm.name_zh, "codes": "、".join(firm.codes)}
                for firm in sorted(stands.firms, key=lambda firm: firm.name_zh.encode("gb18030"))
            ],
        },
    )
