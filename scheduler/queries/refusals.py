"""How a filter is refused: one named refusal for each field, in both languages."""

from scheduler.errors import Refusal

LONGEST_SHOWN = 20


class BadFilter(Refusal):
    """A filter that cannot be read; subclasses name the field."""

    code = "bad_filter"


class UnknownParameter(BadFilter):
    """A parameter that no filter has."""

    code = "unknown_parameter"
    zh = "筛选条件“{name}”不存在。可用的条件：region、from、to、kind、industry、campaign、q。"
    en = "There is no filter “{name}”. The filters are region, from, to, kind, industry, campaign and q."


class BadRegion(BadFilter):
    """A region that is not a division's code."""

    code = "bad_region"
    zh = "地区代码“{value}”无法识别。请使用六位行政区划代码，例如 370100（济南市）。"
    en = "“{value}” is not a region. Use a six-digit division code such as 370100 (Jinan)."


class BadDay(BadFilter):
    """A day that is not in the calendar."""

    code = "bad_day"
    zh = "日期“{value}”无法识别。请写成 2027-01-31 的形式（2000–2100 年）。"
    en = "“{value}” is not a day. Write it like 2027-01-31 (years 2000–2100)."


class DaysReversed(BadFilter):
    """The first day is after the last."""

    code = "days_reversed"
    zh = "开始日期 {first} 晚于结束日期 {last}。请交换两个日期。"
    en = "The first day {first} is after the last day {last}. Swap the two."


class BadKind(BadFilter):
    """A kind of event that does not exist."""

    code = "bad_kind"
    zh = "活动类型“{value}”不存在。可用的类型：{kinds}。"
    en = "There is no kind of event “{value}”. The kinds are {kinds}."


class BadIndustry(BadFilter):
    """An industry that is not a code of GB/T 4754."""

    code = "bad_industry"
    zh = "行业代码“{value}”无法识别。请使用门类（如 C）或大类（如 C36）。"
    en = "“{value}” is not an industry. Use a section such as C or a division such as C36."


class BadCampaign(BadFilter):
    """A campaign that is not a code."""

    code = "bad_campaign"
    zh = "专项活动代码“{value}”无法识别。请从专项活动页面选择。"
    en = "“{value}” is not a campaign. Choose one on the campaigns page."


class BadText(BadFilter):
    """Words to search for that are too long or hold unseen characters."""

    code = "bad_text"
    zh = "搜索内容最多 {longest} 个字，且不能含有控制字符。请缩短后重试。"
    en = "The words to search for may have at most {longest} characters and no control characters."


def shown(value: str) -> str:
    """Return what somebody sent, short and printable, to be quoted back to them."""
    return "".join(letter if letter.isprintable() else "·" for letter in value[:LONGEST_SHOWN])
