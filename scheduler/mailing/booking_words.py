"""The words of the letters about registrations and booths, by kind and language."""

EVENT_ZH = """活动：{title}
时间：{when}（北京时间）
地点：{where}
"""
EVENT_EN = """Event: {title}
When: {when} (Beijing time)
Where: {where}
"""
SUBJECTS = {
    "booking_opened": {"zh": "展位预订已开放", "en": "Booths can be booked"},
    "booking_closed": {"zh": "展位预订已关闭", "en": "Booking was closed again"},
    "booth_offer": {"zh": "候补展位请尽快确认", "en": "A booth is offered to you: please answer soon"},
    "booth_lapsed": {"zh": "候补展位保留到期", "en": "The booth that was offered to you is no longer kept"},
    "booth_confirmed": {"zh": "展位已确认", "en": "Your booth is confirmed"},
    "booth_moved": {"zh": "展位有调整", "en": "Your booth was changed"},
    "booth_left": {"zh": "场地已变更，请重新选择展位", "en": "The event has moved: choose a booth again"},
    "booth_ended": {"zh": "展位预订已取消", "en": "Your booking was cancelled"},
    "booth_waiting": {
        "zh": "展位分配结果：候补",
        "en": "Booths were allocated: you are waiting",
    },
    "booth_excluded": {
        "zh": "展位分配结果：未参加分配",
        "en": "Booths were allocated without you",
    },
    "registration_answer": {"zh": "报名审核结果", "en": "The answer to your registration"},
}
HOW = {
    "first_come": {
        "zh": "先到先得：开放后选展位，为您保留 {minutes} 分钟，确认后生效。",
        "en": "First come, first served: choose a booth once booking is open; it is held {minutes} minutes "
        "for you to confirm.",
    },
    "allocation": {
        "zh": "申请后统一分配：截止前可填写意愿，先后不影响结果；截止后按公布的次序一次分配，结果另行通知。",
        "en": "By request and allocation: say what you wish before the closing date, when does not matter; "
        "the booths are then given out at once in the published order, and you are told.",
    },
}
ARRIVALS = {
    "ahead": {
        "zh": "请在 {check_in}（北京时间）前签到，逾期展位将让给候补单位。",
        "en": "Check in before {check_in} (Beijing time), or the booth goes to those waiting.",
    },
    "over": {
        "zh": "签到时间已过，展位为您保留；请到场后尽快签到。",
        "en": "The time to check in is over and the booth is kept for you: check in as soon as you arrive.",
    },
    "done": {"zh": "贵单位已签到。", "en": "You are checked in."},
}
"""What is to be done at the door: a confirmation may come from the waiting list on the day itself."""
WAYS_OUT = {
    True: {"zh": "如不能参加，请在 {cancel} 前取消", "en": "If you cannot come, cancel before {cancel}"},
    False: {"zh": "详情见", "en": "Details"},
}
"""Whether it can still be cancelled."""
TEXTS = {
    "booking_opened": {
        "zh": "{firm}：\n\n您报名的活动开放展位预订：{opens} 至 {until}（北京时间）。\n{how}\n\n"
        + EVENT_ZH
        + "\n规则和展位图见：\n\n{link}\n",
        "en": "To {firm}:\n\nBooths of an event for which you are registered can be booked from {opens} "
        "until {until} (Beijing time).\n{how}\n\n" + EVENT_EN + "\nTerms and floor plan:\n\n{link}\n",
    },
    "booking_closed": {
        "zh": "{firm}：\n\n此前通知您的展位预订已由办会机构关闭，此前没有单位订出展位。您的报名仍然有效，"
        "重新开放时另行通知。\n\n" + EVENT_ZH + "\n详情见：\n\n{link}\n",
        "en": "To {firm}:\n\nThe organizer has closed the booking of which you were told; nobody had booked. "
        "Your registration stands, and you are told when booking opens again.\n\n"
        + EVENT_EN
        + "\nDetails:\n\n{link}\n",
    },
    "booth_offer": {
        "zh": "{firm}：\n\n您候补的展位有空位了：{booths}，已为您保留到 {until}（北京时间），"
        "逾期将给下一家候补单位。\n\n" + EVENT_ZH + "\n请在此之前打开下面的页面确认或放弃：\n\n{link}\n",
        "en": "To {firm}:\n\nBooth {booths} became free and is held for you until {until} (Beijing time); "
        "after that it is offered to the next one waiting.\n\n"
        + EVENT_EN
        + "\nAccept or decline it here before then:\n\n{link}\n",
    },
    "booth_lapsed": {
        "zh": "{firm}：\n\n为您保留的候补展位 {booths} 没有在限时内确认，已不再保留，您也不在候补名单上了。"
        "这不计违约。\n\n"
        + EVENT_ZH
        + "\n仍想参加的，请打开下面的页面选空展位，或重新登记候补：\n\n{link}\n",
        "en": "To {firm}:\n\nBooth {booths}, held for you, was not confirmed in time. It is no longer "
        "kept, and you are no longer on the waiting list. Nothing is put on record.\n\n"
        + EVENT_EN
        + "\nIf you still want to come, choose a free booth here or join the list again:\n\n{link}\n",
    },
    "booth_confirmed": {
        "zh": "{firm}：\n\n您的展位已确认：{booths}。\n\n" + EVENT_ZH + "\n{arrival}{way_out}：\n\n{link}\n",
        "en": "To {firm}:\n\nYour booth is confirmed: {booths}.\n\n"
        + EVENT_EN
        + "\n{arrival} {way_out}:\n\n{link}\n",
    },
    "booth_moved": {
        "zh": "{firm}：\n\n办会机构调整了您的展位：现在是 {booths}，原为 {before}。\n\n"
        + EVENT_ZH
        + "\n详情见：\n\n{link}\n",
        "en": "To {firm}:\n\nThe organizer changed your booth: it is {booths} now, and was {before}.\n\n"
        + EVENT_EN
        + "\nDetails:\n\n{link}\n",
    },
    "booth_left": {
        "zh": "{firm}：\n\n活动已改换场地，您原来的展位 {booths} 不再使用，新场地没有自动排到合适的展位。\n\n"
        + EVENT_ZH
        + "\n请打开下面的页面选择空展位，或取消预订（不受取消截止限制，不计违约）：\n\n{link}\n",
        "en": "To {firm}:\n\nThe event takes place elsewhere now. Your booth {booths} is not used any more, "
        "and none that suits was found for you in the new hall.\n\n"
        + EVENT_EN
        + "\nChoose a free booth here, or cancel, whatever the deadline and without a record:\n\n{link}\n",
    },
    "booth_ended": {
        "zh": "{firm}：\n\n您的展位 {booths} 的预订已取消。原因：{reason}。\n\n"
        + EVENT_ZH
        + "\n详情见：\n\n{link}\n",
        "en": "To {firm}:\n\nYour booking of booth {booths} was cancelled. Reason: {reason}.\n\n"
        + EVENT_EN
        + "\nDetails:\n\n{link}\n",
    },
    "booth_waiting": {
        "zh": "{firm}：\n\n展位已按公布的次序分配，贵单位这次没有分到展位，候补第 {rank} 位。"
        "原因：{reason}。\n\n"
        + EVENT_ZH
        + "\n空出的展位按这一顺序提供，届时另发邮件。抽签种子已公布，回执可下载验算：\n\n{link}\n",
        "en": "To {firm}:\n\nThe booths were allocated in the published order. You have none this time and "
        "are number {rank} on the waiting list: {reason}.\n\n"
        + EVENT_EN
        + "\nBooths that become free are offered in this order, by another letter. The lottery's seed is "
        "shown now; your receipt, which you can work out again, is here:\n\n{link}\n",
    },
    "booth_excluded": {
        "zh": "{firm}：\n\n展位已按公布的次序分配，贵单位没有参加分配。原因：{reason}\n\n"
        + EVENT_ZH
        + "\n详情见：\n\n{link}\n",
        "en": "To {firm}:\n\nThe booths were allocated in the published order, without you: {reason}\n\n"
        + EVENT_EN
        + "\nDetails:\n\n{link}\n",
    },
    "registration_answer": {
        "zh": "{firm}：\n\n您的报名{state}。{answer}\n\n" + EVENT_ZH + "\n下一步请看：\n\n{link}\n",
        "en": "To {firm}:\n\nYour registration was {state}. {answer}\n\n"
        + EVENT_EN
        + "\nWhat to do next:\n\n{link}\n",
    },
}
