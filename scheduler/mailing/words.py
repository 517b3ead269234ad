"""The words of our letters, by kind and language; braces are filled in when a letter is written."""

SITE = {"zh": "招聘活动编排", "en": "Fair scheduler"}
SUBJECTS = {
    "address": {"zh": "请确认您的邮箱", "en": "Confirm your e-mail address"},
    "invitation": {"zh": "请设置您的账号", "en": "Set up your account"},
    "reminder": {"zh": "活动提醒", "en": "An event to come"},
    "reset": {"zh": "重新设置密码", "en": "Set a new password"},
    "sign_up": {"zh": "继续单位注册", "en": "Go on with your enterprise's sign-up"},
}
TEXTS = {
    "address": {
        "zh": """您好：

账号“{login}”希望改用这个邮箱。请在 24 小时内打开下面的链接确认，链接只能使用一次：

{link}

如果不是您本人申请，请忽略这封邮件，邮箱不会改变。
""",
        "en": """Hello,

The account “{login}” wants to use this address from now on. Open this link within 24 hours to
confirm; it works once:

{link}

If it was not you, ignore this letter; the address stays as it is.
""",
    },
    "invitation": {
        "zh": """您好：

{who}邀请您使用“招聘活动编排”。请在 {until} 前打开下面的链接设置账号，链接只能使用一次：

{link}

如果您没有预料到这封邮件，请忽略它，不会产生任何影响。
""",
        "en": """Hello,

{who} invites you to Fair scheduler. Open this link before {until} to set up your account; it works once:

{link}

If you did not expect this letter, ignore it; nothing happens.
""",
    },
    "reminder": {
        "zh": """您好：

您报名的“{title}”将于 {when} 开始。时间、地点和提示见：

{link}

不想再收到提醒，可在隐私中心撤回同意：
{off}
""",
        "en": """Hello,

“{title_en}”, which you signed up for, begins at {when} (Beijing time). Time, place and hints:

{link}

To get no more reminders, withdraw your consent in the privacy centre:
{off}
""",
    },
    "reset": {
        "zh": """您好：

有人为账号“{login}”申请重新设置密码。请在一小时内打开下面的链接，链接只能使用一次：

{link}

如果不是您本人申请，请忽略这封邮件，密码不会改变。
""",
        "en": """Hello,

Somebody asked to set a new password for the account “{login}”. Open this link within an hour; it works once:

{link}

If it was not you, ignore this letter; the password stays as it is.
""",
    },
    "sign_up": {
        "zh": """您好：

有人以此邮箱为“{name}”办理单位注册。请在 {until} 前打开下面的链接继续：

{link}

如果不是您本人办理，请忽略这封邮件，不会产生任何影响。
""",
        "en": """Hello,

Somebody gave this address to sign up the enterprise “{name}”. Open this link before {until} to go on:

{link}

If it was not you, ignore this letter; nothing happens.
""",
    },
}
