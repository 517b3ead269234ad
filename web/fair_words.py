"""Words for a fair's day, in the language of the page."""

from flask_babel import LazyString, lazy_gettext

from scheduler.models.fair_days import Objection
from scheduler.queries.fair_day.absences import Which
from scheduler.queries.fair_day.occupancy import Crowd

FAIR_WORDS: dict[str, LazyString] = {
    f"objection-{Objection.TWICE}": lazy_gettext("重复使用"),
    f"objection-{Objection.CANCELLED}": lazy_gettext("名额已退还或预订已取消"),
    f"objection-{Objection.RELEASED}": lazy_gettext("展位释放后到场"),
    f"objection-{Objection.NOT_CONFIRMED}": lazy_gettext("预订未确认"),
    f"objection-{Objection.OTHER_EVENT}": lazy_gettext("其他活动的入场码"),
    f"objection-{Objection.UNKNOWN}": lazy_gettext("查无此码"),
    f"crowd-{Crowd.ROOM}": lazy_gettext("人数正常"),
    f"crowd-{Crowd.NEAR}": lazy_gettext("接近核准人数，请准备限流"),
    f"crowd-{Crowd.FULL}": lazy_gettext("已达核准人数，请暂停入场"),
    f"absence-{Which.APPEALED}": lazy_gettext("待答复的申诉"),
    f"absence-{Which.COUNTS}": lazy_gettext("计入的违约"),
    f"absence-{Which.LIFTED}": lazy_gettext("已撤销的"),
    f"objection-{Objection.UNDONE}": lazy_gettext("签到已撤销"),
}
