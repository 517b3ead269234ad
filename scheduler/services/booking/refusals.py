"""Every way in which booking says no."""

from scheduler.errors import Refusal


class NotOpen(Refusal):
    """Booths of this event are not given yet."""

    status = 409
    code = "booking_not_open"
    zh = "“{title_zh}”的展位尚未开放预订（{opens_zh}）。请在开放后再试。"
    en = "Booths of “{title_en}” cannot be booked yet ({opens_en}). Try again once booking is open."


class Closed(Refusal):
    """The time for booking is over, or the event is not held."""

    status = 409
    code = "booking_closed"
    zh = "“{title_zh}”的展位预订已截止。可查看其他活动，或联系办会机构。"
    en = "Booking for “{title_en}” is closed. Look for other events, or ask the organizer."


class ByAllocation(Refusal):
    """This event gives its booths by request and allocation, to nobody who comes first."""

    status = 409
    code = "by_allocation"
    zh = "“{title_zh}”的展位统一分配，不能自行预订。请在报名中填写展位意愿。"
    en = "“{title_en}” allocates its booths among all requests. State your wishes with the registration."


class NotAdmitted(Refusal):
    """An enterprise that has not registered, or whose registration was not approved."""

    status = 409
    code = "not_admitted"
    zh = "本单位还没有获准参加“{title_zh}”（报名状态：{state_zh}）。报名通过后才能预订展位。"
    en = "Your enterprise is not admitted to “{title_en}” yet ({state_en}). Book once it is approved."


class BoothTaken(Refusal):
    """Somebody else has one of the booths; names free ones nearby."""

    status = 409
    code = "booth_taken"
    zh = "展位 {codes} 已被预订。附近的空展位：{near}。"
    en = "Booth {codes} is taken. Free booths nearby: {near}."


class FullyBooked(Refusal):
    """No booth is free."""

    status = 409
    code = "fully_booked"
    zh = "“{title_zh}”的展位已全部订出。可以登记候补，有空出的展位会按顺序通知。"
    en = (
        "All booths of “{title_en}” are booked. Join the waiting list; what becomes free is offered in order."
    )


class OthersWait(Refusal):
    """Enterprises on the waiting list come first."""

    status = 409
    code = "others_wait"
    zh = "“{title_zh}”已有单位在候补，空出的展位先给候补单位。请登记候补。"
    en = "Others wait for booths of “{title_en}” and come first. Please join the waiting list."


class BoothsAreFree(Refusal):
    """Nobody waits for what can be had."""

    status = 409
    code = "booths_are_free"
    zh = "“{title_zh}”还有空展位，请直接预订，无需候补。"
    en = "“{title_en}” has free booths: book one, there is no need to wait."


class TooManyBooths(Refusal):
    """More booths, or fewer, than the terms let one enterprise have."""

    status = 409
    code = "too_many_booths"
    zh = "每家单位在本场活动最多预订 {most} 个展位，至少 1 个。"
    en = "An enterprise books at most {most} booths at this event, and at least one."


class NoBooths(Refusal):
    """A booking is of at least one booth."""

    status = 422
    code = "no_booths"
    zh = "请至少选择一个展位。"
    en = "Choose at least one booth."


class NotSideBySide(Refusal):
    """Several booths of one enterprise stand side by side."""

    status = 409
    code = "not_side_by_side"
    zh = "所选展位 {codes} 不相邻。一家单位的多个展位须连在一起。"
    en = "Booths {codes} are not side by side; several booths of one enterprise have to be."


class BoothOutOfUse(Refusal):
    """A booth that is not used at present."""

    status = 409
    code = "booth_out_of_use"
    zh = "展位 {codes} 暂不使用，请另选。"
    en = "Booth {codes} is out of use; choose another one."


class BoothLeft(Refusal):
    """A booth of a hall in which the event does not take place any more."""

    status = 409
    code = "booth_left"
    zh = "展位 {codes} 在活动已离开的场地，不能再订。请选择现场地的展位。"
    en = "Booth {codes} is in a hall that the event has left. Choose a booth where it takes place now."


class NotLeftBehind(Refusal):
    """Booths are chosen anew by who has them in a hall that the event has left."""

    status = 409
    code = "not_left_behind"
    zh = "这个预订的展位就在活动现在的场地，无须重新选择。如需调整，请联系办会机构。"
    en = "The booths of this booking are where the event takes place. Ask the organizer for other ones."


class BookedAlready(Refusal):
    """An enterprise has one booking at an event."""

    status = 409
    code = "booked_already"
    zh = "已在“{title_zh}”有展位预订，每家单位一场活动只能有一个预订。"
    en = "Your enterprise has a booking at “{title_en}”; each enterprise has one booking at an event."


class Barred(Refusal):
    """An enterprise that did not come too often."""

    status = 409
    code = "barred"
    zh = "本单位有 {times} 次未到场记录，{until_zh}不能预订“{title_zh}”的展位。如有异议，可提交书面申诉。"
    en = (
        "Your enterprise did not come {times} times, so it cannot book at “{title_en}” {until_en}. "
        "You may appeal in writing."
    )


class BarredForMisconduct(Refusal):
    """Who broke a rule at a fair attends no other one of the bureau in the same quarter."""

    status = 409
    code = "barred_for_misconduct"
    zh = "本单位本季度在该机构的活动中有违规记录，不能预订“{title_zh}”。可在“违约记录”中查看原因并申诉。"
    en = (
        "Your enterprise broke a rule at a fair of this bureau in this quarter and cannot book “{title_en}”. "
        "Its record of absences shows the reason and takes an appeal."
    )


class MonthIsFull(Refusal):
    """More fairs of a bureau in one month than its rules allow."""

    status = 409
    code = "month_is_full"
    zh = "按规则，每家单位每月最多参加本机构 {most} 场招聘会，本月已满。请选择其他月份的活动。"
    en = "An enterprise attends at most {most} fairs of this bureau a month; this month is full."


class WeekAfterWeek(Refusal):
    """Fairs of a bureau in consecutive weeks, where its rules do not allow that."""

    status = 409
    code = "week_after_week"
    zh = "按规则，不能连续两周参加本机构的招聘会。请选择其他周的活动。"
    en = "An enterprise does not attend fairs of this bureau in consecutive weeks. Choose another week."


class HoldRanOut(Refusal):
    """A hold that was not confirmed in time."""

    status = 409
    code = "hold_ran_out"
    zh = "保留时间已过，展位已释放。请重新选择展位。"
    en = "The hold ran out and the booth was given back. Choose a booth again."


class BookingEnded(Refusal):
    """A booking that does not stand any more."""

    status = 409
    code = "booking_ended"
    zh = "这个预订已失效（{state_zh}），不能再操作。"
    en = "This booking has ended ({state_en}); nothing can be done with it."


class BookingStands(Refusal):
    """A booking that still stands."""

    status = 409
    code = "booking_stands"
    zh = "这个预订仍然有效，无需恢复。"
    en = "This booking still stands; there is nothing to restore."


class TooLateToCancel(Refusal):
    """The time in which an enterprise can cancel is over."""

    status = 409
    code = "too_late_to_cancel"
    zh = "取消截止时间 {until} 已过，不能在线取消。请直接联系办会机构，无故不到场将记入违约。"
    en = "Bookings could be cancelled until {until}. Call the organizer: not coming is put on record."


class OfferedSize(Refusal):
    """An offer of the waiting list keeps the number of booths that were waited for."""

    status = 409
    code = "offered_size"
    zh = "“{name}”正在确认候补的展位，确认前只能换成同样数量的展位。"
    en = "“{name}” is answering an offer of the waiting list: it can only be given as many other booths."


class MovedMeanwhile(Refusal):
    """A booking whose booths somebody else has changed since the page was opened."""

    status = 409
    code = "moved_meanwhile"
    zh = "“{name}”的展位刚被别人调整过，现在是 {codes}。这次没有改动，请核对后再操作。"
    en = "Somebody has just changed the booths of “{name}”: {codes} now. Nothing was done: look again."


class BookingPinned(Refusal):
    """A booking that was pinned to its booths."""

    status = 409
    code = "booking_pinned"
    zh = "“{name}”的展位已锁定。请先解除锁定再调整。"
    en = "The booths of “{name}” are pinned. Unpin them first."


class NotOneEvent(Refusal):
    """Booths are exchanged between two or more different bookings of one event."""

    status = 409
    code = "not_one_event"
    zh = "只能在同一场活动的不同预订之间互换展位（至少两个）。"
    en = "Booths are exchanged between at least two different bookings of one event."


class NoReason(Refusal):
    """Setting a rule aside needs a reason, which is audited."""

    status = 422
    code = "override_needs_reason"
    zh = "请填写理由；理由会记入审计。"
    en = "Give a reason; it goes into the audit."
