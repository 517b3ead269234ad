"""What an event is called, from official words and short enough for a phone."""

import re
from dataclasses import dataclass

from scheduler.models import Campaign, Division, EventKind, Industry
from scheduler.queries.duties import Period, Requirement

LONG_NAME = 9
FAIRS = {
    EventKind.COMPREHENSIVE: ("综合性招聘会", "comprehensive fair"),
    EventKind.PROFESSIONAL: ("专业性招聘会", "specialised fair"),
    EventKind.CAMPUS: ("校园招聘会", "campus fair"),
    EventKind.LIVESTREAM: ("直播带岗", "recruitment livestream"),
    EventKind.POLICY_TALK: ("“政策速递”进校园", "policy talk on campus"),
    EventKind.ONLINE: ("线上招聘会", "online fair"),
    EventKind.TOUR: ("巡回招聘", "touring fair"),
    EventKind.OTHER: ("招聘活动", "recruitment event"),
}
THEMES = {
    "advanced_manufacturing": ("先进制造业企业", "advanced-manufacturing"),
    "key_industrial_enterprise": ("重点工业企业", "key-industry"),
    "shandong_handicraft": ("“山东手造”", "Shandong handicraft"),
}
ORDINALS_ZH = "零一二三四"


@dataclass(frozen=True, slots=True)
class Title:
    """A title in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a title may name."""

    division: Division
    item: Requirement
    kind: EventKind
    period: Period
    campaign: Campaign | None
    industry: Industry | None
    number: int | None

    @property
    def is_campaigns_own(self) -> bool:
        """Tell whether the event is held for the campaign, not merely while it runs."""
        return self.period.kind == "campaign" or bool(self.item.theme.campaign_code)


def title(words: Words) -> Title:
    """Compose a title: whose, when, which campaign, what, for which industry, the how-manieth."""
    division, (what_zh, what_en), (when_zh, when_en) = words.division, _what(words), when(words.period)
    number_zh = f"第{words.number}场" if words.number else ""
    number_en = f" no. {words.number}" if words.number else ""
    of_zh, of_en = _campaign(words) if words.is_campaigns_own else ("", "")
    more_zh, more_en = _remarks(words)
    return Title(
        f"{division.name_zh}{when_zh}{of_zh}{what_zh}{number_zh}{more_zh}",
        f"{division.name_en} {what_en}{number_en}, {when_en}{of_en}{more_en}",
    )


def when(period: Period) -> tuple[str, str]:
    """Name a period in both languages."""
    year, _, rest = period.label.rpartition("-")
    if period.kind == "week":
        return f"{year}年第{int(rest[1:])}周", f"week {int(rest[1:])} of {year}"
    if period.kind == "calendar_month":
        return f"{year}年{int(rest)}月", f"{period.first_on:%B %Y}"
    if period.kind == "calendar_quarter":
        number = int(period.label[-1])
        return f"{period.first_on.year}年第{ORDINALS_ZH[number]}季度", f"Q{number} {period.first_on.year}"
    return f"{period.first_on.year}年", f"{period.first_on.year}"


def short(name: str) -> str:
    """Return the slogan that a campaign's name quotes, else the first of its names, without brackets."""
    if quoted := re.search(r'"(.+?)"', name):
        return f"“{quoted[1]}”"
    return name.split(" / ", maxsplit=1)[0].split("(", maxsplit=1)[0].split("（", maxsplit=1)[0].strip()


def short_industry(name: str) -> str:
    """Return an industry's name, a long one as its first part and 等行业 (and others)."""
    head, comma, _ = name.partition("、")
    return f"{head}等行业" if comma and len(name) > LONG_NAME else name


def _campaign(words: Words) -> tuple[str, str]:
    if words.campaign is None:
        return "", ""
    return short(words.campaign.name_zh), f", {short(words.campaign.name_en)}"


def _remarks(words: Words) -> tuple[str, str]:
    """Return what stands in brackets: the industry (if no theme says it) or a campaign that runs then."""
    if words.industry and not words.item.theme.industries:
        return f"（{short_industry(words.industry.name_zh)}）", f" ({words.industry.name_en})"
    if words.campaign and not words.is_campaigns_own:
        return f"（{short(words.campaign.name_zh)}）", f" ({short(words.campaign.name_en)})"
    return "", ""


def _what(words: Words) -> tuple[str, str]:
    programme, theme = words.item.programme, words.item.theme
    if programme:
        return programme.name_zh, programme.name_en
    usual = FAIRS[words.kind]
    if not theme.label or theme.campaign_code:
        return usual
    theme_zh, theme_en = THEMES.get(theme.label, (theme.label, theme.label.replace("_", " ")))
    if words.kind is EventKind.PROFESSIONAL:
        return f"{theme_zh}专场招聘会", f"{theme_en} session"
    return f"{theme_zh}{usual[0]}", f"{theme_en} {usual[1]}"
