"""The words of the letters about a fair's day, by kind and language."""

SUBJECTS = {
    "ticket": {"zh": "您的入场码", "en": "Your ticket"},
}
TEXTS = {
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
