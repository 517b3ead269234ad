"""What pages call ways, states and sources of bookings, and for how long a no-show bars."""

from flask_babel import LazyString, lazy_gettext

from scheduler.models import AllocationState, Bar, BookingSource, BookingState, MessageState, Way
from scheduler.queries.booking.outcomes import Got
from scheduler.queries.booking.seats import How
from solver.booths import LastTime
from solver.booths.allocation import BOOKED, OPEN, TOLD

BOOKING_WORDS: dict[str, LazyString] = {
    f"letter-{MessageState.WAITING}": lazy_gettext("待发送"),
    f"letter-{MessageState.SENDING}": lazy_gettext("正在发送"),
    f"letter-{MessageState.SENT}": lazy_gettext("已发出"),
    f"letter-{MessageState.DROPPED}": lazy_gettext("不再需要"),
    f"letter-{MessageState.FAILED}": lazy_gettext("发送失败"),
    f"way-{Way.FIRST_COME}": lazy_gettext("先到先得"),
    f"way-{Way.ALLOCATION}": lazy_gettext("统一分配"),
    f"booking-{BookingState.HELD}": lazy_gettext("保留中"),
    f"booking-{BookingState.CONFIRMED}": lazy_gettext("已确认"),
    f"booking-{BookingState.CHECKED_IN}": lazy_gettext("已签到"),
    f"booking-{BookingState.LAPSED}": lazy_gettext("保留已过期"),
    f"booking-{BookingState.CANCELLED}": lazy_gettext("已取消"),
    f"booking-{BookingState.NO_SHOW}": lazy_gettext("未到场"),
    f"source-{BookingSource.FIRST_COME}": lazy_gettext("单位自行预订"),
    f"source-{BookingSource.ALLOCATION}": lazy_gettext("统一分配"),
    f"source-{BookingSource.ORGANIZER}": lazy_gettext("办会机构安排"),
    f"source-{BookingSource.WAITING_LIST}": lazy_gettext("候补递补"),
    f"allocation-{AllocationState.QUEUED}": lazy_gettext("排队中"),
    f"allocation-{AllocationState.RUNNING}": lazy_gettext("分配中"),
    f"allocation-{AllocationState.DRAFT}": lazy_gettext("草案"),
    f"allocation-{AllocationState.PUBLISHED}": lazy_gettext("已公布"),
    f"allocation-{AllocationState.DISCARDED}": lazy_gettext("已丢弃"),
    f"allocation-{AllocationState.CANCELLED}": lazy_gettext("已停止"),
    f"allocation-{AllocationState.FAILED}": lazy_gettext("失败"),
    f"round-{BOOKED}": lazy_gettext("原有预订"),
    f"round-{TOLD}": lazy_gettext("此前已入选"),
    f"round-{OPEN}": lazy_gettext("公开轮次"),
    f"got-{Got.WISH}": lazy_gettext("满足意愿"),
    f"got-{Got.OTHER}": lazy_gettext("其他展位"),
    f"got-{Got.NONE}": lazy_gettext("候补"),
    f"luck-{LastTime.LEFT_OUT}": lazy_gettext("上次落选"),
    f"luck-{LastTime.NOT_THERE}": lazy_gettext("上次未参加"),
    f"luck-{LastTime.ADMITTED}": lazy_gettext("上次入选"),
    f"seat-{How.CODE}": lazy_gettext("展位号不变"),
    f"seat-{How.ZONE}": lazy_gettext("同展区换位"),
    f"seat-{How.ELSEWHERE}": lazy_gettext("换展区"),
    f"seat-{How.NOWHERE}": lazy_gettext("没有位置"),
    "offer-power": lazy_gettext("电源"),
    "offer-network": lazy_gettext("网络"),
    "offer-accessible": lazy_gettext("无障碍"),
    f"bar-{Bar.NONE}": lazy_gettext("不限制"),
    f"bar-{Bar.NEXT_FAIR}": lazy_gettext("下一场"),
    f"bar-{Bar.QUARTER}": lazy_gettext("本季度"),
    f"bar-{Bar.YEAR}": lazy_gettext("12 个月"),
    f"bar-{Bar.LIFTED}": lazy_gettext("直到办会机构处理完结（如补缴展位费、提交盖章说明）"),
}
