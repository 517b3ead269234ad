"""The workbench's words for goals, states, outcomes and duties, in the language of the page."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask_babel import LazyString, lazy_gettext

from scheduler.importing.plans import Drawn
from scheduler.models import (
    ChangeKind,
    DayKind,
    EventState,
    FloorState,
    Importance,
    PlanState,
    Role,
    RunState,
    SlotPattern,
    Strength,
    TokenScope,
    VenueOpening,
)
from scheduler.queries.duties import Light, Validity
from scheduler.queries.tree import covers
from scheduler.queries.workbench.rows import Change, EventLine
from scheduler.times import local
from web.access_words import ACCESS_WORDS
from web.audit_words import AUDIT_WORDS
from web.booking_words import BOOKING_WORDS
from web.fair_words import FAIR_WORDS
from web.floor_pictures import FIXTURE_WORDS
from web.language import current
from web.livestream_words import LIVESTREAM_WORDS
from web.opening_words import OPENING_WORDS
from web.review_words import REVIEW_WORDS
from web.safety_words import SAFETY_WORDS
from web.views.organizer.desk import blueprint
from web.wording import clock, day, kind

WORDS: dict[str, LazyString] = {
    "goal-left_out": lazy_gettext("未能排入的活动"),
    "goal-days": lazy_gettext("日期（周末、节假日、离期望日）"),
    "goal-times": lazy_gettext("不便的时段"),
    "goal-waste": lazy_gettext("展位空置"),
    "goal-distance": lazy_gettext("离本县区的路程"),
    "goal-rent": lazy_gettext("场地费用"),
    "goal-rivals": lazy_gettext("同城同日同主题"),
    "goal-nearby": lazy_gettext("相邻地区几天内同主题"),
    "goal-stability": lazy_gettext("与现行方案的变动"),
    "goal-load": lazy_gettext("活动与人员忙闲不均"),
    "goal-livestreams": lazy_gettext("直播撞期、挤占黄金时段"),
    "goal-access": lazy_gettext("两周内附近没有活动的县"),
    "goal-burden": lazy_gettext("用人单位一月内多次参会"),
    "goal-wishes": lazy_gettext("用人单位一周内两次参会"),
    f"importance-{Importance.OFF}": lazy_gettext("不考虑"),
    f"importance-{Importance.SLIGHT}": lazy_gettext("略微"),
    f"importance-{Importance.NORMAL}": lazy_gettext("一般"),
    f"importance-{Importance.HIGH}": lazy_gettext("重视"),
    f"importance-{Importance.HIGHEST}": lazy_gettext("非常重视"),
    f"run-{RunState.QUEUED}": lazy_gettext("排队中"),
    f"run-{RunState.RUNNING}": lazy_gettext("编排中"),
    f"run-{RunState.DONE}": lazy_gettext("已完成"),
    f"run-{RunState.CANCELLED}": lazy_gettext("已停止"),
    f"run-{RunState.INTERRUPTED}": lazy_gettext("已中断"),
    f"run-{RunState.FAILED}": lazy_gettext("失败"),
    f"plan-{PlanState.DRAFT}": lazy_gettext("草案"),
    f"plan-{PlanState.PUBLISHED}": lazy_gettext("现行"),
    f"plan-{PlanState.SUPERSEDED}": lazy_gettext("已被替代"),
    "outcome-proven": lazy_gettext("已证明最优"),
    "outcome-good": lazy_gettext("时限内找到的最好方案"),
    "outcome-fewest": lazy_gettext("变动最少，已证明"),
    "outcome-few": lazy_gettext("变动较少，未证明最少"),
    "outcome-cancelled": lazy_gettext("提前停止时的最好方案"),
    "outcome-nothing_yet": lazy_gettext("尚未找到方案"),
    "outcome-copied": lazy_gettext("由现行安排复制"),
    "outcome-changed": lazy_gettext("人工调整过"),
    "slot-morning": lazy_gettext("上午"),
    "slot-afternoon": lazy_gettext("下午"),
    "slot-evening": lazy_gettext("晚间"),
    "slot_short-morning": lazy_gettext("上"),
    "slot_short-afternoon": lazy_gettext("下"),
    "slot_short-evening": lazy_gettext("晚"),
    f"change-{Change.NEW}": lazy_gettext("新增"),
    f"change-{Change.MOVED}": lazy_gettext("调整"),
    f"change-{Change.SAME}": lazy_gettext("不变"),
    f"change-{Change.GONE}": lazy_gettext("未含"),
    f"history-{ChangeKind.PUBLISHED}": lazy_gettext("发布"),
    f"history-{ChangeKind.MOVED}": lazy_gettext("调整时间或场地"),
    f"history-{ChangeKind.CANCELLED}": lazy_gettext("取消"),
    f"event-{EventState.PLANNED}": lazy_gettext("未公开"),
    f"event-{EventState.PUBLISHED}": lazy_gettext("已发布"),
    f"event-{EventState.CANCELLED}": lazy_gettext("已取消"),
    f"event-{EventState.HELD}": lazy_gettext("已举办"),
    "stage-first plan": lazy_gettext("先排出一份完整方案"),
    "stage-widen": lazy_gettext("逐步放宽选择并证明"),
    "stage-draft": lazy_gettext("快速改进整个方案"),
    "stage-whole": lazy_gettext("整体精确求解"),
    "stage-regions": lazy_gettext("逐省编排"),
    "stage-areas": lazy_gettext("逐市改进"),
    "stage-together": lazy_gettext("全省合并改进"),
    "cause-closure": lazy_gettext("场地停用"),
    "cause-absence": lazy_gettext("工作组缺席"),
    "cause-withdrawal": lazy_gettext("单位退出"),
    "cause-urgent": lazy_gettext("绿色通道"),
    "cause-insertion": lazy_gettext("插入待安排活动"),
    "cause-check": lazy_gettext("其他变化"),
    "stage-repair": lazy_gettext("以最少变动修复"),
    f"pattern-{SlotPattern.HALF_DAY}": lazy_gettext("半天"),
    f"pattern-{SlotPattern.FULL_DAY}": lazy_gettext("一整天"),
    f"pattern-{SlotPattern.EVENING}": lazy_gettext("晚间优先"),
    f"pattern-{SlotPattern.TWO_DAYS}": lazy_gettext("连续两天"),
    f"floor-{FloorState.DRAFT}": lazy_gettext("草稿"),
    f"floor-{FloorState.READY}": lazy_gettext("可用"),
    f"floor-{FloorState.RETIRED}": lazy_gettext("已停用"),
    **{f"part-{kind}": said for kind, said in FIXTURE_WORDS.items()},
    f"part-{Drawn.BOOTH}": lazy_gettext("展位"),
    f"part-{Drawn.HALL}": lazy_gettext("场地轮廓"),
    f"part-{Drawn.NOTHING}": lazy_gettext("不导入"),
    f"strength-{Strength.MUST}": lazy_gettext("必须（至少）"),
    f"strength-{Strength.TARGET}": lazy_gettext("目标（力争、鼓励）"),
    f"validity-{Validity.VALID}": lazy_gettext("有效"),
    f"validity-{Validity.EXPIRED}": lazy_gettext("已失效"),
    f"validity-{Validity.TO_COME}": lazy_gettext("尚未生效"),
    f"light-{Light.RED}": lazy_gettext("红灯"),
    f"light-{Light.YELLOW}": lazy_gettext("黄灯"),
    f"light-{Light.GREEN}": lazy_gettext("绿灯"),
    f"day-{DayKind.HOLIDAY}": lazy_gettext("节假日"),
    f"day-{DayKind.RESTDAY}": lazy_gettext("休息日"),
    f"day-{DayKind.MAKEUP_WORKDAY}": lazy_gettext("调休上班"),
    f"day-{DayKind.WORKDAY}": lazy_gettext("工作日"),
    "period-week": lazy_gettext("每周"),
    "period-calendar_month": lazy_gettext("每月"),
    "period-calendar_quarter": lazy_gettext("每季度"),
    "period-calendar_year": lazy_gettext("每年"),
    "period-campaign": lazy_gettext("每次专项活动"),
    "level-province": lazy_gettext("省级"),
    "level-city": lazy_gettext("各市"),
    "level-county": lazy_gettext("各县（市、区）"),
    "level-all": lazy_gettext("各级"),
    **ACCESS_WORDS,
    **LIVESTREAM_WORDS,
    **OPENING_WORDS,
    f"scope-{TokenScope.READ}": lazy_gettext("读取"),
    f"scope-{TokenScope.PLAN}": lazy_gettext("编排：发起和停止"),
    f"scope-{TokenScope.PUBLISH}": lazy_gettext("发布、取消、豁免"),
    f"scope-{TokenScope.BOOK}": lazy_gettext("报名和预订"),
    f"scope-{TokenScope.TOKENS}": lazy_gettext("管理令牌"),
    f"scope-{TokenScope.WEBHOOKS}": lazy_gettext("管理推送（webhook）"),
    **AUDIT_WORDS,
    **BOOKING_WORDS,
    **REVIEW_WORDS,
    **FAIR_WORDS,
    **SAFETY_WORDS,
}
WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
EQUIPMENT = {
    "sound": lazy_gettext("音响"),
    "projector": lazy_gettext("投影"),
    "livestream": lazy_gettext("直播设备"),
}


@blueprint.app_template_filter("word")
def word(value: object, family: str) -> str:
    """Return the word for a value of a family such as "goal" or "run"; an unknown one as it is."""
    return str(WORDS.get(f"{family}-{value}", value))


@blueprint.app_template_filter("within")
def within(code: str, scope_code: str) -> bool:
    """Tell whether a division is the scope itself or lies below it."""
    return covers(scope_code, code)


@blueprint.app_template_filter("roles")
def roles(held: Iterable[Role]) -> str:
    """Return roles in words, in their usual order."""
    return "、".join(word(role, "role") for role in Role if role in held)


@blueprint.app_template_filter("equipment")
def equipment(values: list[str]) -> str:
    """Return equipment in words."""
    return "、".join(str(EQUIPMENT.get(value, value)) for value in values)


@blueprint.app_template_filter("said")
def said(facts: dict[str, object] | None) -> str:
    """Return a sentence that was stored in both languages."""
    return str((facts or {}).get(current(), ""))


@blueprint.app_template_filter("said_each")
def said_each(facts: dict[str, list[str]]) -> list[str]:
    """Return sentences that were stored in both languages."""
    return facts.get(current(), [])


@blueprint.app_template_filter("thousands")
def thousands(value: float | None) -> str:
    """Return a number with its thousands set apart; a dash for none."""
    return "—" if value is None else f"{round(value):,}"


@blueprint.app_template_filter("percent")
def percent(value: float | None) -> str:
    """Return a percentage with one place; a dash for none."""
    return "—" if value is None else f"{value:.1f}%"


@blueprint.app_template_filter("called")
def called(thing: Any) -> str:  # noqa: ANN401 — anything with `zh` and `en`
    """Return the name of a value that carries it in both languages; Chinese where there is no English."""
    return str(thing.zh if current() == "zh" else thing.en or thing.zh)


@blueprint.app_template_filter("about")
def about(line: EventLine) -> str:
    """Return what an event is about in a word or two: in a narrow cell every letter counts."""
    return called(line.theme) if line.theme else kind(line.kind)


@blueprint.app_template_filter("span_short")
def span_short(starts_at: datetime, ends_at: datetime) -> str:
    """Return day and hours; of a fair of several days the days only."""
    if local(starts_at).date() == local(ends_at).date():
        return f"{day(starts_at)} {clock(starts_at)}–{clock(ends_at)}"
    return f"{day(starts_at)} – {day(ends_at)}"


@blueprint.app_template_filter("opening_hours")
def opening_hours(openings: Iterable[VenueOpening]) -> list[str]:
    """Return weekly openings as texts, days with the same hours together: 周一–周五 08:30–17:00."""
    texts: list[str] = []
    for (opens, closes), group in groupby(openings, key=lambda it: (it.opens_minute, it.closes_minute)):
        days = [it.iso_weekday - 1 for it in group]
        names = WEEKDAYS[current()]
        first, last = names[days[0]], names[days[-1]]
        texts.append(f"{first if first == last else f'{first}–{last}'} {hour(opens)}–{hour(closes)}")
    return texts


@blueprint.app_template_filter("short_day")
def short_day(value: date) -> str:
    """Return a day as 1/8."""
    return f"{value.month}/{value.day}"


@blueprint.app_template_filter("signed")
def signed(cost: int) -> str:
    """Return a difference with its sign: +3, −2, ±0."""
    return f"+{cost:,}" if cost > 0 else f"−{-cost:,}" if cost else "±0"


@blueprint.app_template_filter("stamp")
def stamp(at: datetime) -> str:
    """Return a moment as an address carries it: 2027-01-05T08:30."""
    return local(at).strftime("%Y-%m-%dT%H:%M")


@blueprint.app_template_filter("weekday_names")
def weekday_names(_: object = None) -> tuple[str, ...]:
    """Return the names of the days of the week."""
    return WEEKDAYS[current()]


@blueprint.app_template_filter("hour")
def hour(minute: int) -> str:
    """Return minutes since midnight as 08:30."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
