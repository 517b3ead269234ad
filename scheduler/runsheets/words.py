"""Words that must not be said on air: discrimination, fees, promises; each with what forbids it."""

from typing import NamedTuple


class Forbidden(NamedTuple):
    """A group of words with the reason, in both languages, and the rule that it comes from."""

    words: tuple[str, ...]
    why_zh: str
    why_en: str
    rule: str


FORBIDDEN = (
    Forbidden(
        ("限男性", "限女性", "只招男", "只招女", "男士优先", "女士优先", "未婚", "已婚已育", "不孕"),
        "不得有性别、婚育歧视",
        "no word about sex, marriage or children",
        "就业服务与就业管理规定",
    ),
    Forbidden(
        ("限本地户口", "限本地户籍", "不要外地人", "限汉族", "无宗教信仰", "形象气质佳", "五官端正"),
        "不得有户籍、民族、宗教、相貌歧视",
        "no word about origin, ethnicity, religion or looks",
        "就业服务与就业管理规定",
    ),
    Forbidden(
        ("乙肝", "携带者勿扰", "无残疾", "身体无残"),
        "不得歧视残疾人和传染病病原携带者",
        "no word about disability or carriers of a disease",
        "就业服务与就业管理规定",
    ),
    Forbidden(
        ("报名费", "押金", "保证金", "培训费", "服装费", "中介费", "内部名额"),
        "不得向求职者收取任何费用",
        "no fee of any kind from seekers",
        "就业服务与就业管理规定",
    ),
    Forbidden(
        ("全网最高薪", "最高薪资", "第一名企", "国家级企业", "保证录用", "包过", "百分百入职", "稳赚"),
        "不得使用绝对化用语，不得作保证性承诺",
        "no superlatives and no promises",
        "广告法",
    ),
    Forbidden(
        ("加我微信", "私聊转账", "身份证号发", "点击外部链接"),
        "不得引导站外联系、收集身份证号等个人信息",
        "no contact outside the platform, no collecting of ID numbers",
        "网络招聘服务管理规定",
    ),
)


def said_in(*texts: str) -> tuple[str, ...]:
    """Return the forbidden words that the texts contain, each once, in the order of the list."""
    together = "\n".join(texts).replace(" ", "")
    return tuple(word for group in FORBIDDEN for word in group.words if word in together)
