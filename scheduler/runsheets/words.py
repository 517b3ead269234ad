"""Words that must not be said on air: discrimination, fees, promises; each with what forbids it."""

from typing import NamedTuple

from scheduler.postings import GROUPS, Force, Ground, find_words


class Forbidden(NamedTuple):
    """A group of words with the reason, in both languages, and the rule that it comes from."""

    words: tuple[str, ...]
    why_zh: str
    why_en: str
    rule: str


ON_AIR = {Ground.LOOKS, Ground.SUPERLATIVE}
"""Advice in a posting, and not to be said on air, where a firm advertises itself."""
SHUT_OUT = tuple(group for group in GROUPS if group.force is Force.LAW or group.ground in ON_AIR)
FORBIDDEN = (
    *(Forbidden(it.examples, it.why_zh, it.why_en, it.clause_zh) for it in SHUT_OUT),
    Forbidden(
        ("最高薪资", "保证录用", "包过", "百分百入职", "稳赚"),
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
    """Return the forbidden words that the texts contain, each once, those that shut people out first."""
    together = "\n".join(texts)
    found = [hit.word for hit in find_words(together) if hit.group in SHUT_OUT]
    own = [word for group in FORBIDDEN[len(SHUT_OUT) :] for word in group.words]
    plain = together.replace(" ", "")
    return tuple(dict.fromkeys([*found, *(word for word in own if word in plain)]))
