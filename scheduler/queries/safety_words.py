"""What the matters of safety are called, what they ask for, and where that comes from, in both languages."""

from typing import NamedTuple

from scheduler.models.safety import SafetyKind

ORDER_505 = ("大型群众性活动安全管理条例", "Regulations on the Safety of Large Public Events (Order 505)")
ORDER_700 = ("人力资源市场暂行条例", "Interim Regulations on the Human Resources Market (Order 700)")
OWN = (
    "产品默认清单，以当地消防、公安、气象部门要求为准",
    "default list; the local authorities' word goes first",
)

BEIJING = (
    "参照北京市 2020、2021 年通告，天数可在参数中调整",
    "as Beijing's notices of 2020/2021 ask; the days are a parameter",
)


class Words(NamedTuple):
    """A matter's name, what it asks for, and its source: Chinese, then English."""

    zh: str
    en: str
    asks_zh: str
    asks_en: str
    source: tuple[str, str]


WORDS: dict[SafetyKind, Words] = {
    SafetyKind.PERMIT: Words(
        "公安安全许可",
        "police permit",
        "向公安机关申请安全许可，取得许可决定书",
        "ask the police for a permit and get their decision",
        ORDER_505,
    ),
    SafetyKind.FILING: Words(
        "活动备案",
        "filing",
        "向人社部门备案",
        "file the fair with the authority",
        (
            "参照北京市 2020、2021 年通告，天数可在参数中调整",
            "as Beijing's notices of 2020/2021 ask; the days are a parameter",
        ),
    ),
    SafetyKind.IMPLEMENTATION_PLAN: Words(
        "组织实施办法",
        "implementation plan",
        "写明时间、地点、规模、分工",
        "when, where, how large, who does what",
        ORDER_700,
    ),
    SafetyKind.EMERGENCY_PLAN: Words(
        "应急预案",
        "emergency plan",
        "拥挤、火情、伤病、停电、恶劣天气的处置",
        "crowding, fire, illness, power cuts, weather",
        ORDER_700,
    ),
    SafetyKind.SECURITY_PLAN: Words(
        "安全保卫工作方案",
        "security plan",
        "安保人员、岗位、检查和疏散",
        "guards, posts, checks and evacuation",
        ORDER_700,
    ),
    SafetyKind.VENUE_CONSENT: Words(
        "场所管理者同意证明",
        "consent of the venue",
        "场所管理者书面同意",
        "in writing",
        ORDER_505,
    ),
    SafetyKind.SAFETY_OFFICER: Words(
        "安全责任人",
        "safety officer",
        "确定安全责任人并备齐证明",
        "named, with the papers that prove it",
        ORDER_505,
    ),
    SafetyKind.CROWD_PLAN: Words(
        "人流控制方案",
        "crowd plan",
        "核定容量、限流和单向动线",
        "capacity, admission in turns, one-way routes",
        ORDER_505,
    ),
    SafetyKind.FIRE: Words(
        "消防检查",
        "fire check",
        "出口畅通、灭火器材和应急照明可用",
        "exits free, extinguishers and emergency lights work",
        OWN,
    ),
    SafetyKind.FIRST_AID: Words(
        "医疗急救",
        "first aid",
        "急救点、急救包和就近医院",
        "a post, a kit and the nearest hospital",
        OWN,
    ),
    SafetyKind.GUARDS: Words(
        "安保人员到位",
        "guards in place",
        "人数、岗位和对讲",
        "numbers, posts and radios",
        OWN,
    ),
    SafetyKind.POWER: Words(
        "用电检查",
        "power check",
        "展位线路、负荷和备用电源",
        "booth wiring, load and reserve",
        OWN,
    ),
    SafetyKind.WEATHER: Words(
        "天气预警",
        "weather",
        "查看预警，户外活动备好改期或转场",
        "look at the warnings; outdoors have another day or place",
        OWN,
    ),
}
