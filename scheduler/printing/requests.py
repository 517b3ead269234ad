"""The forms to file a fair and to ask for its permit: what is known is filled in, the rest left empty."""

from collections.abc import Sequence

from scheduler.printing.halls import head
from scheduler.printing.setting import typeset
from scheduler.printing.wording import PaperLanguage, Said
from scheduler.queries.stands import Stands

UNKNOWN = (
    ("安全责任人姓名", "Safety officer"),
    ("安全责任人联系电话", "Safety officer's telephone"),
    ("安保人员数量", "Number of guards"),
    ("场所核定容量", "Capacity of the place as assessed"),
)
"""What a request asks for and the product does not keep: it is left to be written by hand."""

Papers = Sequence[tuple[Said, Said]]
"""What is enclosed, and how far it is."""


def filing(stands: Stands, papers: Papers, language: PaperLanguage) -> bytes:
    """Return the form with which a fair is filed."""
    return _form(
        stands,
        papers,
        language,
        heading=("招聘会备案表", "Filing of a recruitment fair"),
        to=("致：人力资源社会保障部门", "To: human resources and social security"),
    )


def permit(stands: Stands, papers: Papers, language: PaperLanguage, *, of_city: bool) -> bytes:
    """Return the form with which the police are asked for a permit: those of the city for a large one."""
    city, county = (
        ("致：市公安机关", "To: police of the city"),
        ("致：县（市、区）公安机关", "To: police of the county"),
    )
    return _form(
        stands,
        papers,
        language,
        heading=("大型群众性活动安全许可申请书", "Request for a permit of a large public event"),
        to=city if of_city else county,
    )


def _form(
    stands: Stands, papers: Papers, language: PaperLanguage, *, heading: tuple[str, str], to: tuple[str, str]
) -> bytes:
    say = language.say
    return typeset(
        "request",
        {
            "heading": say(*heading),
            "to": say(*to),
            "rows": _rows(stands, language),
            "empty": say("（待填写）", "(to be filled in)"),
            "enclosed": say("随附材料", "Enclosed"),
            "papers": papers,
            "seal": say("办会机构（盖章）：", "Organizer (seal):"),
            "date": say("日期：", "Date:"),
            "note": say(
                "由排程系统按已登记信息生成；“待填写”各项系统不保存，须由办会机构核实后填写。"
                "格式以受理机关要求为准。",
                "Made by the scheduling system from what is registered; what is to be filled "
                "in the system does not keep: the organizer checks and writes it. "
                "The authority's own format goes first.",
            ),
        },
    )


def _rows(stands: Stands, language: PaperLanguage) -> list[tuple[Said, Said]]:
    say, event, top, organizer = language.say, stands.event, head(stands, language), stands.organizer
    people, firms = f"{event.people:,}", len(stands.firms)
    return [
        (say("活动名称", "Event"), top["title"]),
        (say("办会机构", "Organizer"), say(organizer.name_zh, organizer.name_en)),
        (say("时间", "Time"), top["when"]),
        (say("地点", "Place"), top["where"]),
        (say("地址", "Address"), ["、".join(venue.address_zh for venue in stands.venues)]),
        (say("预计人数", "People expected"), say(f"{people} 人", people)),
        (say("展位数", "Booths"), say(f"{event.booths} 个", str(event.booths))),
        (say("用人单位", "Employers"), say(f"{firms} 家已定展位", f"{firms} with a booth")),
        (say("工作人员", "Staff"), say(f"{event.staff} 人", str(event.staff))),
        *((say(*asked), [""]) for asked in UNKNOWN),
    ]
