"""The papers of an event in one file: requests, plan, booths, checklist, contacts, what was handed in."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime

from scheduler.exporting.text_workbook import text_workbook
from scheduler.models import StoredFile
from scheduler.models.safety import SafetyKind, SafetyState
from scheduler.printing.halls import head
from scheduler.printing.posters import poster
from scheduler.printing.requests import filing, permit
from scheduler.printing.setting import typeset
from scheduler.printing.wording import PaperLanguage, Said
from scheduler.queries.safety import SafetyRule, StepLine
from scheduler.queries.safety_words import WORDS
from scheduler.queries.stands import Stands
from scheduler.times import local

STATES: Mapping[SafetyState, tuple[str, str]] = {
    SafetyState.OPEN: ("未办", "open"),
    SafetyState.HANDED_IN: ("已提交", "handed in"),
    SafetyState.DONE: ("已办妥", "done"),
    SafetyState.REFUSED: ("未获批准", "refused"),
    SafetyState.NOT_NEEDED: ("无需办理", "not needed"),
}
POSTS = (
    ("现场总指挥", "in command on site"),
    ("安全责任人", "safety officer"),
    ("安保负责人", "head of the guards"),
    ("消防负责人", "fire safety"),
    ("医疗急救点", "first aid post"),
    ("场馆值班", "venue on duty"),
    ("用电保障", "power supply"),
    ("属地派出所", "local police station"),
)
STEPS = (
    ("事项", "Matter"),
    ("要求与依据", "What it asks, and its source"),
    ("期限", "Due"),
    ("状态", "State"),
    ("负责人", "Seen to by"),
    ("文号、备注", "Number, note"),
    ("现场核查签字", "Checked on site, signed"),
)
BOOTHS = (
    ("展位", "booth"),
    ("展区", "zone"),
    ("宽（米）", "width (m)"),
    ("深（米）", "depth (m)"),
    ("电源", "power"),
    ("网络", "network"),
    ("无障碍", "accessible"),
    ("用人单位", "employer"),
)
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
    language: PaperLanguage,
    rule: SafetyRule,
    qr_svg: str,
) -> bytes:
    """Return a zip of an event's papers; a file whose content is gone is left out. Raises NoChineseFont."""
    owed = {step.kind: step for step in steps}
    name = language.text
    papers = [
        (language.say(WORDS[kind].zh, WORDS[kind].en), _standing(owed[kind], language))
        for kind in PAPERS
        if kind in owed
    ]
    parts: dict[str, bytes] = {}
    if SafetyKind.FILING in owed:
        parts[f"01 {name('招聘会备案表', 'filing form')}.pdf"] = filing(stands, papers, language)
    if SafetyKind.PERMIT in owed:
        city = stands.event.people > rule.permit.city_people
        parts[f"02 {name('大型群众性活动安全许可申请书', 'permit request')}.pdf"] = permit(
            stands, papers, language, of_city=city
        )
    parts[f"03 {name('安全事项清单', 'safety checklist')}.pdf"] = _checklist(stands, steps, language)
    parts[f"04 {name('应急联系人（待填写）', 'emergency contacts (to fill in)')}.pdf"] = _contacts(
        stands, language
    )
    if stands.plans:
        parts[f"05 {name('展位图', 'floor plan')}.pdf"] = poster(stands, language=language, qr_svg=qr_svg)
        titles = [name(*title) for title in BOOTHS]
        widths = [10 if language is not PaperLanguage.BOTH else 16] * (len(BOOTHS) - 1) + [40]
        parts[f"06 {name('展位清单', 'booth list')}.xlsx"] = text_workbook(
            titles, _booths(stands, language), widths
        )
    for step in steps:
        if step.file is not None and step.file.content is not None:
            parts[_named(step.kind, step.file, language)] = step.file.content
    return _zipped(parts, stands.event.updated_at)


def _checklist(stands: Stands, steps: Sequence[StepLine], language: PaperLanguage) -> bytes:
    people = f"{stands.event.people:,}"
    return typeset(
        "checklist",
        head(stands, language)
        | {
            "heading": language.say("安全事项清单", "Safety checklist"),
            "people": language.say(f"预计 {people} 人", f"{people} people expected"),
            "titles": [language.say(*title) for title in STEPS],
            "steps": [_step(step, language) for step in steps],
        },
    )


def _contacts(stands: Stands, language: PaperLanguage) -> bytes:
    say = language.say
    return typeset(
        "contacts",
        head(stands, language)
        | {
            "heading": say("应急联系人", "Emergency contacts"),
            "note": say(
                "本系统不保存这些人员的姓名和电话，请打印后填写，或在表格中填写。"
                "火警 119、急救 120、报警 110。",
                "The system keeps neither names nor numbers of these people: print and fill in. "
                "Fire 119, ambulance 120, police 110.",
            ),
            "titles": [say("岗位", "Post"), say("姓名", "Name"), say("手机", "Mobile")],
            "posts": [say(*post) for post in POSTS],
        },
    )


def _standing(step: StepLine, language: PaperLanguage) -> Said:
    zh, en = STATES[step.state]
    return language.say(zh + "（附文件）", f"{en} (paper enclosed)") if step.file else language.say(zh, en)


def _step(step: StepLine, language: PaperLanguage) -> dict[str, Said | str]:
    words, row, say = WORDS[step.kind], step.row, language.say
    said = [row.number, row.note] if row else []
    return {
        "name": say(words.zh, words.en),
        "asks": say(words.asks_zh, words.asks_en),
        "source": say(*words.source),
        "due": [f"{step.due_on:%Y-%m-%d}"] if step.due_on else say("时间待定", "to be settled"),
        "state": say(*STATES[step.state]),
        "owner": step.owner,
        "note": "；".join(filter(None, said)),
    }


def _booths(stands: Stands, language: PaperLanguage) -> list[tuple[str, ...]]:
    firms = {booth: firm.name_zh for firm in stands.firms for booth in firm.booth_ids}
    yes, no = language.text("是", "yes"), language.text("否", "no")
    return [
        (
            booth.code,
            booth.zone_code or "",
            f"{booth.place.width / 1000:g}",
            f"{booth.place.depth / 1000:g}",
            *(yes if fact else no for fact in (booth.power, booth.network, booth.accessible)),
            firms.get(plan.booth_ids[booth.code], ""),
        )
        for plan in stands.plans
        for booth in plan.drawing.booths
    ]


def _named(kind: SafetyKind, file: StoredFile, language: PaperLanguage) -> str:
    folder = language.text("附件", "enclosed")
    return f"{folder}/{language.text(WORDS[kind].zh, WORDS[kind].en)} {file.name}"


def _zipped(parts: Mapping[str, bytes], moment: datetime) -> bytes:
    """Return the parts in one file, dated by the event's last change: the same papers look the same."""
    file, dated = io.BytesIO(), local(moment)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (dated.year, dated.month, dated.day, dated.hour, dated.minute, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    return file.getvalue()
