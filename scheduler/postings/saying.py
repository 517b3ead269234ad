"""What a finding says in words: what is wrong, what to write instead, and the clause behind it."""

from typing import NamedTuple

from scheduler.errors import Language
from scheduler.postings.checks import Finding, FindingKind, WageUnit

NOTICE_ZH = "人社部等五部门《关于规范网络平台招聘类信息发布的通知》（2026）"
NOTICE_EN = "notice of five ministries on online postings (2026)"
PAY_ZH, PAY_EN = f"{NOTICE_ZH}：须含“基本劳动报酬”", f"{NOTICE_EN}: basic pay is to be stated"
FRESH_ZH = f"{NOTICE_ZH}：“应标注有效期限或及时更新”"
FRESH_EN = f"{NOTICE_EN}: postings say until when they hold, or are kept up to date"
TRUE_ZH, TRUE_EN = f"{NOTICE_ZH}：“应真实、合法”", f"{NOTICE_EN}: postings have to be true and lawful"
"""How each clause was verified stands in docs/openings.md; without a number it is quoted."""

UNITS: dict[WageUnit, dict[Language, str]] = {
    WageUnit.MONTH: {"zh": "月", "en": "month"},
    WageUnit.DAY: {"zh": "日", "en": "day"},
    WageUnit.HOUR: {"zh": "小时", "en": "hour"},
    WageUnit.YEAR: {"zh": "年", "en": "year"},
}
OPEN_WAGE: dict[Language, str] = {"zh": "面议", "en": "not stated"}


class Said(NamedTuple):
    """What is wrong, what to do, and the clause, in one language."""

    what: str
    instead: str
    clause: str


SAYINGS: dict[FindingKind, dict[Language, Said]] = {
    FindingKind.WAGE_MISSING: {
        "zh": Said("未写工资（面议）", "写明最低和最高工资，以及按月、按日还是按小时", PAY_ZH),
        "en": Said("no wage is stated", "state the lowest and highest wage, by month, day or hour", PAY_EN),
    },
    FindingKind.WAGE_VAGUE: {
        "zh": Said("工资范围过宽，上限超过下限三倍", "写多数人实际能拿到的范围", PAY_ZH),
        "en": Said("the wage range is too wide", "state what most people really get", PAY_EN),
    },
    FindingKind.WAGE_UNIT: {
        "zh": Said("工资数额与计薪单位不相称", "核对是按月、按日、按小时还是按年", PAY_ZH),
        "en": Said("the wage does not fit its unit", "check: by month, day, hour or year?", PAY_EN),
    },
    FindingKind.STALE: {
        "zh": Said("已 {days} 天未确认", "仍在招聘的点“确认有效”，否则撤下", FRESH_ZH),
        "en": Said("not confirmed for {days} days", "confirm that it still holds, or withdraw it", FRESH_EN),
    },
    FindingKind.FILLED: {
        "zh": Said("已招满", "增加招聘人数，或撤下岗位", FRESH_ZH),
        "en": Said("everybody wanted is hired", "want more people, or withdraw it", FRESH_EN),
    },
    FindingKind.WORKPLACE_GONE: {
        "zh": Said("工作地点的区划已撤销", "改为现在的县（市、区）", TRUE_ZH),
        "en": Said("the division of the workplace was abolished", "choose today's county", TRUE_EN),
    },
}


def wage_text(low: int | None, high: int | None, unit: WageUnit, language: Language) -> str:
    """Return a wage in yuan as 5,000–8,000/月, or 面议 where it is not stated."""
    if low is None or high is None:
        return OPEN_WAGE[language]
    return f"{'–'.join(dict.fromkeys((f'{low:,}', f'{high:,}')))}/{UNITS[unit][language]}"


def say(finding: Finding, language: Language) -> Said:
    """Return what a finding says in a language."""
    if finding.hit is not None:
        group, word = finding.hit.group, finding.hit.word
        if language == "zh":
            return Said(f"“{word}”：{group.why_zh}", group.instead_zh, group.clause_zh)
        return Said(f"“{word}”: {group.why_en}", group.instead_en, group.clause_en)
    said = SAYINGS[finding.kind][language]
    return said._replace(what=said.what.format(days=finding.days))
