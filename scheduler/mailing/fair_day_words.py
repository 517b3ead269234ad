"""The words of the letters about a fair's day, by kind and language."""

SUBJECTS = {
    "place_offer": {"zh": "候补名额请尽快确认", "en": "A place is offered to you: please answer soon"},
    "ticket": {"zh": "您的入场码", "en": "Your ticket"},
    "booth_released": {"zh": "未按时签到，展位已释放", "en": "Your booth was released"},
    "check_in_undone": {"zh": "签到已撤销", "en": "Your check-in was undone"},
    "result_wanted": {"zh": "请填报招聘会成效", "en": "What came of the fair?"},
    "misconduct": {"zh": "现场违规记录", "en": "A rule was broken at a fair"},
    "appeal_answer": {"zh": "违约记录的处理结果", "en": "What became of your record"},
}
TEXTS = {
    "place_offer": {
        "zh": """您好：

您候补的“{title}”有了空位，为您保留到 {until}（北京时间），过时依次提供给下一位。

时间：{when}（北京时间）
地点：{where}

请打开下面的页面接受或放弃，接受后即得入场码：

{link}

入场不收任何费用。
""",
        "en": """Hello,

There is a place for you at “{title}”. It is kept for you until {until} (Beijing time); after that it is \
offered to the next in line.

When: {when} (Beijing time)
Where: {where}

Accept or decline it on this page; accepted, it is your ticket:

{link}

Nothing is charged for admission.
""",
    },
    "booth_released": {
        "zh": """您好：

{firm}预订了“{title}”（{when}，{where}）的展位 {booths}。
到签到截止时没有签到，展位已释放给候补单位，并记一次违约。

如果已在赶来的路上，请到服务台办理；对违约记录有异议的，可在下面的页面提交一次书面申诉：

{link}
""",
        "en": """Hello,

{firm} had booth {booths} at “{title}” ({when}, {where}) and had not checked in when check-in closed. \
The booth was released to those who wait, and an absence was put on record.

If you are on your way, go to the service desk. You can appeal against the record once, in writing:

{link}
""",
    },
    "check_in_undone": {
        "zh": """您好：

{firm}在“{title}”（{when}，{where}）的签到已由办会人员撤销，展位仍为您保留。

理由：{reason}

如果已到现场，请在签到口重新签到，或到服务台说明：

{link}
""",
        "en": """Hello,

The check-in of {firm} at “{title}” ({when}, {where}) was undone by the organizer. The booth is still yours.

Reason: {reason}

If you are there, check in again at a gate, or go to the service desk:

{link}
""",
    },
    "misconduct": {
        "zh": """您好：

办会机构记录了{firm}在“{title}”（{when}，{where}）的违规情况，本季度内不能再预订该机构的展位。

原因：{reason}

如有异议，可以查看记录并提交申诉：

{link}
""",
        "en": """Hello,

The organizer has put on record that {firm} broke a rule at “{title}” ({when}, {where}). \
It cannot book booths of that bureau in this quarter.

What happened: {reason}

If that is not right, read the record and appeal:

{link}
""",
    },
    "result_wanted": {
        "zh": """您好：

{firm}参加了“{title}”（{when}，{where}）。请用一分钟填报成效：展位来访人数、收到简历、达成意向和录用人数。

不用登录，打开下面的链接即可填写，{until} 前可以修改：

{link}

链接代表贵单位，请勿转发给其他单位。
""",
        "en": """Hello,

{firm} was at “{title}” ({when}, {where}). Please take a minute to say what came of it: \
visitors at your booth, résumés, intents and hires.

No signing in is needed. Open this link; until {until} you can also correct what you said:

{link}

The link speaks for your enterprise: pass it on to nobody else.
""",
    },
    "appeal_answer": {
        "zh": """您好：

{firm}在“{title}”（{when}）的违约记录已有处理结果：{decision}。

理由：{reason}

{link}
""",
        "en": """Hello,

About the record of {firm} at “{title}” ({when}) it was decided: {decision}.

Reason: {reason}

{link}
""",
    },
    "ticket": {
        "zh": """您好：

您已领取“{title}”的入场码。

时间：{when}（北京时间）
地点：{where}

打开下面的页面，入场时出示二维码；也可以打印，或在不能参加时退还名额：

{link}

入场不收任何费用。
""",
        "en": """Hello,

You have a ticket for “{title}”.

When: {when} (Beijing time)
Where: {where}

Open this page and show its QR code at the entrance. You can print it there, or give the place back:

{link}

Admission is free.
""",
    },
}
