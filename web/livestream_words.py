"""Words for what pages say of livestreams, and how minutes of a run sheet and of a replay are written."""

from datetime import datetime, timedelta

from flask import Flask
from flask_babel import LazyString, lazy_gettext

from scheduler.models import Insurance, LivestreamState, Platform, SheetState, Strictness
from scheduler.queries.livestreams.checklist import CheckKind
from scheduler.runsheets import Conflict, LineKind
from web.language import current
from web.wording import clock

LIVESTREAM_WORDS: dict[str, LazyString] = {
    f"platform-{Platform.DOUYIN}": lazy_gettext("抖音"),
    f"platform-{Platform.KUAISHOU}": lazy_gettext("快手"),
    f"platform-{Platform.WECHAT}": lazy_gettext("微信视频号"),
    f"platform-{Platform.BILIBILI}": lazy_gettext("哔哩哔哩"),
    f"platform-{Platform.OTHER}": lazy_gettext("其他平台"),
    f"stream-{LivestreamState.PREPARING}": lazy_gettext("筹备中"),
    f"stream-{LivestreamState.OPEN}": lazy_gettext("接受报名"),
    f"stream-{LivestreamState.CLOSED}": lazy_gettext("报名截止"),
    f"stream-{LivestreamState.HELD}": lazy_gettext("已播出"),
    f"sheet-{SheetState.DRAFT}": lazy_gettext("草稿"),
    f"sheet-{SheetState.PUBLISHED}": lazy_gettext("现行"),
    f"sheet-{SheetState.REPLACED}": lazy_gettext("已被取代"),
    f"line-{LineKind.LEAD}": lazy_gettext("主播开场"),
    f"line-{LineKind.TURN}": lazy_gettext("单位场次"),
    f"line-{LineKind.BREAK}": lazy_gettext("间隔"),
    f"line-{LineKind.HOST}": lazy_gettext("换主持人"),
    f"check-{CheckKind.ADMITTED}": lazy_gettext("报名已审核"),
    f"check-{CheckKind.LICENCE}": lazy_gettext("执照已核验"),
    f"check-{CheckKind.ABOUT}": lazy_gettext("单位简介"),
    f"check-{CheckKind.OPENINGS}": lazy_gettext("已选岗位"),
    f"check-{CheckKind.WAGE}": lazy_gettext("薪资区间合理"),
    f"check-{CheckKind.HOURS}": lazy_gettext("工作时间"),
    f"check-{CheckKind.INSURANCE}": lazy_gettext("社会保险"),
    f"check-{CheckKind.WORDS}": lazy_gettext("用语合规"),
    f"check-{CheckKind.RULES}": lazy_gettext("已承诺守规"),
    f"insurance-{Insurance.FIVE_AND_FUND}": lazy_gettext("五险一金"),
    f"insurance-{Insurance.FIVE}": lazy_gettext("五险"),
    f"insurance-{Insurance.INJURY}": lazy_gettext("仅工伤保险"),
    f"insurance-{Insurance.NONE}": lazy_gettext("未缴纳"),
    f"strictness-{Strictness.BLOCK}": lazy_gettext("清单未完成不能发布"),
    f"strictness-{Strictness.WARN}": lazy_gettext("只提醒"),
}


def install(app: Flask) -> None:
    """Give templates the filters of this module under their own names."""
    app.jinja_env.filters.update(on_air=on_air, fault=fault, playtime=playtime)


def on_air(minute: int, starts_at: datetime | None) -> str:
    """Return a minute of a run sheet as the clock shows it, 18:35; before there is a time, as +35."""
    return f"+{minute}" if starts_at is None else clock(starts_at + timedelta(minutes=minute))


def fault(conflict: Conflict) -> str:
    """Return what is wrong with a run sheet, in the language of the page."""
    return conflict.text(current())


def playtime(second: int) -> str:
    """Return a second of a recording as 12:05, or 1:02:05 past the hour."""
    minutes, seconds = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
