"""The words of letters about livestreams, in both languages; braces are filled in when one is written."""

SUBJECTS = {
    "turn_offer": {"zh": "候补场次请尽快确认", "en": "A turn is offered to you: please answer soon"},
    "stream_minute": {"zh": "您的直播场次时间", "en": "When your firm is on air"},
}
TEXTS = {
    "turn_offer": {
        "zh": """{firm}：

您单位候补的直播场次有了空位，为您保留到 {until}（北京时间），过时依次提供给下一家：

{link}

直播：{title}
时间：{when}（北京时间）
地点：{where}

请在页面上接受或放弃。
""",
        "en": """To {firm}:

A turn in the livestream for which your enterprise is on the waiting list is kept for you until {until} \
(Beijing time). After that it is offered to the next in line.

{link}

Livestream: {title}
When: {when} (Beijing time)
Where: {where}

Please accept or decline it on that page.
""",
    },
    "stream_minute": {
        "zh": """您好：

“{title}”的流程单已发布。{firm}的场次时间为：

{when}，时长 {minutes} 分钟（北京时间）

地点：{where}

请至少提前 20 分钟到场。岗位、问答和清单在这里查看和修改：

{link}
""",
        "en": """Hello,

The run sheet of “{title}” has been published. {firm} is on air

{when}, for {minutes} minutes (Beijing time)

Place: {where}

Please be there 20 minutes before. Your openings, questions and checklist are here:

{link}
""",
    },
}
