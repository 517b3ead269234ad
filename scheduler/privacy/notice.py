"""The privacy notice (隐私说明, PIPL art. 17), put together from the register: nobody writes it twice."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from scheduler.privacy.kinds import Basis, Category, Erasing, Kept, Rule, Said, Sight

Content = dict[str, Any]

CATEGORIES = {
    Category.NAME: Said("姓名或称呼", "name"),
    Category.LOGIN: Said("登录账号", "login"),
    Category.CONTACT: Said("电话、邮箱等联系方式", "telephone, e-mail or other contact"),
    Category.SECRET: Said("密码、密钥（只存散列值或密文）", "passwords and keys (as hashes or sealed)"),
    Category.TRACE: Said("登录时的网络地址、浏览器", "network address and browser when signing in"),
    Category.TYPED: Said("填写或生成的文字", "texts that were typed or written"),
    Category.PASS: Said("入场码", "ticket"),
}
BASES = {
    Basis.DUTY: Said("履行公共就业服务法定职责", "public employment service by law"),
    Basis.SECURITY: Said("履行网络安全法定义务", "network security by law"),
    Basis.CONSENT: Said("您的同意", "your consent"),
    Basis.KIND: Said(
        "机构人员：履行法定职责；用人单位人员和求职者：您的同意",
        "members of bureaus: public duty by law; employers and seekers: your consent",
    ),
}
SIGHTS = {
    Sight.SELF: Said("仅您本人", "you alone"),
    Sight.COLLEAGUES: Said(
        "您本人，以及本单位和上级单位依职权办理的人员", "you, and colleagues in the course of their duties"
    ),
    Sight.SERVED: Said(
        "您本人、本单位和上级单位，以及您服务的用人单位",
        "you, your bureau and those above, and the enterprises you serve",
    ),
}
ENDINGS = {
    Erasing.DELETED: Said("注销账号时删除", "deleted when the account is erased"),
    Erasing.BLANKED: Said(
        "注销账号时抹去，只留下不指向任何人的编号",
        "blanked when the account is erased; a number that leads to nobody stays",
    ),
    Erasing.KEPT: Said(
        "只有编号和时间，注销后作为凭证保留", "numbers and times only; they stay as proof after an erasure"
    ),
}
RIGHTS = (
    Said(
        "查阅、复制：在“隐私中心”查看，或下载全部内容。",
        "See and copy: read it in the privacy centre, or download all.",
    ),
    Said(
        "更正：姓名和邮箱可自行更改，邮箱须点链接确认。",
        "Correct: change your name and e-mail; an e-mail is proved by link.",
    ),
    Said(
        "撤回同意：随时可撤回，与给出同意一样方便。",
        "Withdraw a consent at any time, as easily as it was given.",
    ),
    Said(
        "删除：可随时注销账号，立即执行并给出可核验的凭证。",
        "Erase your account at any time: it happens at once, and you get a receipt that can be checked.",
    ),
    Said(
        "浏览活动、订阅日历不需要账号，不收集个人信息；本系统从不收集身份证号、残疾等敏感信息。",
        "Browsing and subscribing need no account and collect nothing. Identity numbers, disabilities and "
        "other sensitive matters are never asked for.",
    ),
    Said(
        "招聘活动、用人单位和岗位的记录不少于三年，其中不含求职者个人信息。",
        "Records of events, employers and openings are kept for three years at least; they name no seeker.",
    ),
)


def content(register: tuple[Kept, ...], *, days: Mapping[str, int], processor: Said, contact: str) -> Content:
    """Return the notice word for word, in both languages; `days` are the terms in force by their keys."""
    return {
        "processor": _both(processor),
        "contact": contact,
        "kept": [_entry(kept, days) for kept in register],
        "rights": [_both(right) for right in RIGHTS],
    }


def fingerprint(notice: Content) -> str:
    """Return the SHA-256 of a notice: another word, another term or another contact makes another version."""
    text = json.dumps(notice, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _entry(kept: Kept, days: Mapping[str, int]) -> Content:
    sorts = dict.fromkeys(kept.fields.values())
    return {
        "title": _both(kept.title),
        "categories": [_both(CATEGORIES[sort]) for sort in sorts],
        "purpose": _both(kept.purpose),
        "basis": _both(BASES[kept.basis]),
        "seen_by": _both(SIGHTS[kept.sight]),
        "terms": [*(_term(rule, days[rule.term.key]) for rule in kept.rules), _both(ENDINGS[kept.erasing])],
    }


def _term(rule: Rule, days: int) -> Content:
    unit = "day" if days == 1 else "days"
    return {"zh": f"{rule.since.zh}后 {days} 天删除", "en": f"erased {days} {unit} after {rule.since.en}"}


def _both(said: Said) -> Content:
    return {"zh": said.zh, "en": said.en}
