"""The papers of an event in one file: requests, plan, booths, checklist, contacts, what was handed in."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime

from scheduler.exporting.text_workbook import text_workbook
from scheduler.models import StoredFile
from scheduler.models.safety import SafetyKind, SafetyState
from scheduler.printing.halls import when
from scheduler.printing.posters import poster
from scheduler.printing.setting import typeset
from scheduler.queries.safety import SafetyRule, StepLine
from scheduler.queries.safety_words import WORDS
from scheduler.queries.stands import Stands
from scheduler.times import local

STATES: Mapping[SafetyState, str] = {
    SafetyState.OPEN: "未办",
    SafetyState.HANDED_IN: "已提交",
    SafetyState.DONE: "已办妥",
    SafetyState.REFUSED: "未获批准",
    SafetyState.NOT_NEEDED: "无需办理",
}
POSTS = (
    *("现场总指挥", "安全责任人", "安保负责人", "消防负责人"),
    *("医疗急救点", "场馆值班", "用电保障", "属地派出所"),
)
NOTE = "由排程系统按已登记信息生成；“待填写”各项系统不保存，须由办会机构核实后填写。格式以受理机关要求为准。"
PERMIT = "大型群众性活动安全许可申请书"
UNKNOWN = ("安全责任人姓名", "安全责任人联系电话", "安保人员数量", "场所核定容量")
"""What a request asks for and the product does not keep: it is left to be written by hand."""
BOOTHS = ("展位", "展区", "宽（米）", "深（米）", "电源", "网络", "无障碍", "用人单位")
PAPERS = (
    SafetyKind.IMPLEMENTATION_PLAN,
    SafetyKind.EMERGENCY_PLAN,
    SafetyKind.SECURITY_PLAN,
    SafetyKind.VENUE_CONSENT,
    SafetyKind.SAFETY_OFFICER,
    SafetyKind.CROWD_PLAN,
)


def pack(
    stands: Stands,
    steps: Sequence[StepLine],
    *,
    rule: SafetyRule,
    qr_svg: str,
) -> bytes:
    """Return a zip of an event's papers; a file whose content is gone is left out. Raises NoChineseFont."""
    owed = {step.kind: step for step in steps}
    head = _head(stands)
    papers = [(WORDS[kind].zh, _standing(owed[kind])) for kind in PAPERS if kind in owed]
    rows = _rows(stands)
    parts: dict[str, bytes] = {}
    if SafetyKind.FILING in owed:
        parts["01 招聘会备案表.pdf"] = _request("招聘会备案表", "致：人力资源社会保障部门", rows, papers)
    if SafetyKind.PERMIT in owed:
        city = stands.event.people > rule.permit.city_people
        to = f"致：{'市' if city else '县（市、区）'}公安机关"
        parts["02 大型群众性活动安全许可申请书.pdf"] = _request(
            "大型群众性活动安全许可申请书", to, rows, papers
        )
    parts["03 安全事项清单.pdf"] = typeset("checklist", head | {"steps": [_step(step) for step in steps]})
    parts["04 应急联系人（待填写）.pdf"] = typeset("contacts", head | {"posts": POSTS})
    if stands.plans:
        parts["05 展位图.pdf"] = poster(stands, qr_svg=qr_svg)
        parts["06 展位清单.xlsx"] = text_workbook(BOOTHS, _booths(stands), (10, 10, 10, 10, 8, 8, 8, 40))
    for step in steps:
        if step.file is not None and step.file.content is not None:
            parts[_named(step.kind, step.file)] = step.file.content
    return _zipped(parts, stands.event.updated_at)


def _head(stands: Stands) -> dict[str, object]:
    event = stands.event
    return {
        "title": event.title_zh,
        "when": when(event.starts_at, event.ends_at),
        "where": "、".join(stands.venues) or "地点待定",
        "people": f"{event.people:,}",
    }


def _rows(stands: Stands) -> list[tuple[str, str]]:
    head = _head(stands)
    known = [
        ("活动名称", str(head["title"])),
        ("办会机构", stands.organizer),
        ("时间", str(head["when"])),
        ("地点", str(head["where"])),
        ("地址", "、".join(stands.addresses)),
        ("预计人数", f"{head['people']} 人"),
        ("展位数", f"{stands.event.booths} 个"),
        ("用人单位", f"{len(stands.firms)} 家已定展位"),
        ("工作人员", f"{stands.event.staff} 人"),
    ]
    return known + [(name, "") for name in UNKNOWN]


def _request(
    heading: str, to: str, rows: Sequence[tuple[str, str]], papers: Sequence[tuple[str, str]]
) -> bytes:
    note = (
        "由排程系统按已登记信息生成；“待填写”各项系统不保存，须由办会机构核实后填写。格式以受理机关要求为准。"
    )
    return typeset("request", {"heading": heading, "to": to, "rows": rows, "papers": papers, "note": note})


def _standing(step: StepLine) -> str:
    return STATES[step.state] + ("（附文件）" if step.file else "")


def _step(step: StepLine) -> dict[str, str]:
    words, row = WORDS[step.kind], step.row
    said = [row.number, row.note] if row else []
    return {
        "name": words.zh,
        "asks": words.asks_zh,
        "source": words.source[0],
        "due": f"{step.due_on:%Y-%m-%d}" if step.due_on else "时间待定",
        "state": STATES[step.state],
        "owner": step.owner,
        "note": "；".join(filter(None, said)),
    }


def _booths(stands: Stands) -> list[tuple[str, ...]]:
    firms = {booth: firm.name_zh for firm in stands.firms for booth in firm.booth_ids}
    return [
        (
            booth.code,
            booth.zone_code or "",
            f"{booth.place.width / 1000:g}",
            f"{booth.place.depth / 1000:g}",
            *("是" if fact else "否" for fact in (booth.power, booth.network, booth.accessible)),
            firms.get(plan.booth_ids[booth.code], ""),
        )
        for plan in stands.plans
        for booth in plan.drawing.booths
    ]


def _named(kind: SafetyKind, file: StoredFile) -> str:
    return f"附件/{WORDS[kind].zh} {file.name}"


def _zipped(parts: Mapping[str, bytes], moment: datetime) -> bytes:
    """Return the parts in one file, dated by the event's last change: the same papers look the same."""
    file, dated = io.BytesIO(), local(moment)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (dated.year, dated.month, dated.day, dated.hour, dated.minute, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    return file.getvalue()
