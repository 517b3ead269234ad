"""The words of letters about livestreams, in both languages; braces are filled in when one is written."""

SUBJECTS = {
    "stream_minute": {"zh": "您的直播场次时间", "en": "When your firm is on air"},
}
TEXTS = {
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
