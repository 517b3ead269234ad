"""What one row of each reference file must obey beyond the types of its columns."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from scheduler.models import EventKind, Level
from scheduler.services.reference.cells import CellError

Values = Mapping[str, Any]
LEVELS = ("province", "city", "county", "all", "college")
OPERATORS = ("", ">=", "=", "~", "<=")
PERIOD = r"week|calendar_month|calendar_quarter(:Q[1-4])?|calendar_year|campaign"
CAMPAIGN_KINDS = (
    "national",
    "provincial",
    "inter_provincial",
    "theme_session",
    "provincial_forum",
    "national_other",
)
SPAN = r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d"
SHARE = r"[01](\.\d{1,6})?"
WHOLE = r"\d{1,9}"
RATIO = r"1:[1-9]\d{0,3}"
EXAMPLES = {
    SPAN: ("08:30-12:00 的形式", "written like 08:30-12:00"),
    RATIO: ("1:10 的形式", "written like 1:10"),
    SHARE: ("0 到 1 的小数", "a share from 0 to 1"),
    WHOLE: ("非负整数", "a whole number"),
}
FIRST_YEAR, LAST_YEAR = 1949, 2100
HIGHEST_PRIORITY = 3


class ColumnError(CellError):
    """A value that breaks a rule; `column` is the one to mend."""

    def __init__(self, column: str, zh: str, en: str) -> None:
        """Keep the column and the reason in both languages."""
        self.column = column
        super().__init__(zh, en)


def nothing(_values: Values) -> None:
    """Check nothing."""


def division(row: Values) -> None:
    """Six digits; everything but the province has a parent; a point lies on the globe."""
    _match("code", row["code"], r"\d{6}", "六位数字", "six digits")
    if (row["parent_code"] is None) != (row["level"] is Level.PROVINCE):
        raise ColumnError("parent_code", "省级没有上级，其他区划必须有", "only the province has no parent")
    if (row["lon"] is None) != (row["lat"] is None):
        raise ColumnError("lat", "经度和纬度应同时填写", "longitude and latitude belong together")
    if row["lon"] is not None:
        _within("lon", row["lon"], -180, 180)
        _within("lat", row["lat"], -90, 90)


def historic_division(row: Values) -> None:
    """Six digits, and a year in which a code can have changed."""
    _match("code", row["code"], r"\d{6}", "六位数字", "six digits")
    if row["changed_year"] is not None:
        _within("changed_year", row["changed_year"], FIRST_YEAR, LAST_YEAR)


def calendar_day(row: Values) -> None:
    """A holiday or a make-up workday carries the name of its holiday, another day none."""
    _within("day_on", row["day_on"].year, FIRST_YEAR, LAST_YEAR)
    if bool(row["name_zh"]) != (row["kind"].value in {"holiday", "makeup_workday"}):
        raise ColumnError(
            "name_zh",
            "节假日和调休上班日须写明节日名称，其他日期应为空",
            "a holiday or make-up workday needs its holiday's name, any other day has none",
        )


INDUSTRY_SHAPES = {"section": r"[A-T]", "division": r"[A-T]\d\d", "group": r"[A-T]\d\d\d"}


def industry(row: Values) -> None:
    """A section is a letter, a division a letter and two digits, a group three (GB/T 4754-2017)."""
    _among("level", row["level"], tuple(INDUSTRY_SHAPES))
    shape = INDUSTRY_SHAPES[row["level"]]
    _match(
        "code",
        row["code"],
        shape,
        "门类一个字母，大类一个字母加两位数字，中类三位数字",
        "a letter, or a letter and two or three digits",
    )


def skill_level(row: Values) -> None:
    """There are eight grades."""
    _within("rank", row["rank"], 1, 8)


def venue_type(row: Values) -> None:
    """A place is indoors, outdoors, both or none at all."""
    _among("indoor", row["indoor"], ("yes", "no", "mixed", "none"))


def parameter(row: Values) -> None:
    """Low, default and high are spans of hours, ratios 1:n, shares, or whole numbers; numbers rise."""
    unit = row["unit"]
    shape = {"time": SPAN, "staff": RATIO}.get(unit, SHARE if unit.startswith("share") else WHOLE)
    for column in ("default", "low", "high"):
        _match(column, row[column], shape, *EXAMPLES[shape])
        begin, _, end = row[column].partition("-")
        if shape == SPAN and begin >= end:
            raise ColumnError(
                column, f"“{row[column]}”结束早于开始", f"“{row[column]}” ends before it begins"
            )
    if shape in {SHARE, WHOLE} and not float(row["low"]) <= float(row["default"]) <= float(row["high"]):
        raise ColumnError("default", "应介于最小值和最大值之间", "must lie between low and high")


def campaign(row: Values) -> None:
    """The kinds are a closed list."""
    _among("kind", row["kind"], CAMPAIGN_KINDS)


def campaign_window(row: Values) -> None:
    """It begins in its year and ends after it has begun."""
    _within("year", row["year"], FIRST_YEAR, LAST_YEAR)
    if row["starts_on"].year != row["year"]:
        raise ColumnError("starts_on", "起始日不在该年份内", "does not lie in that year")
    _rising("ends_on", row["starts_on"], row["ends_on"])


def duty(row: Values) -> None:
    """Level, kinds, operator and period are closed lists; validity ends after it has begun."""
    _among("level", row["level"], LEVELS)
    _kinds(row["event_kinds"])
    _among("operator", row["operator"], OPERATORS)
    _period(row["period"], may_be_blank=True)
    if row["count"] is not None:
        _within("count", row["count"], 1, 2**31 - 1)
    if row["valid_from"] is not None and row["valid_to"] is not None:
        _rising("valid_to", row["valid_from"], row["valid_to"])


def programme(row: Values) -> None:
    """Like a duty, but always with a kind, a count and a period."""
    _among("level", row["level"], LEVELS)
    _kinds(row["event_kinds"])
    if not row["event_kinds"]:
        raise ColumnError("event_kinds", "不能为空", "must not be empty")
    _period(row["period"], may_be_blank=False)
    _within("count", row["count"], 1, 10_000)
    _within("priority", row["priority"], 0, HIGHEST_PRIORITY)
    if row["within_days"] is not None:
        _within("within_days", row["within_days"], 1, 366)


def _kinds(words: list[str]) -> None:
    for word in words:
        _among("event_kinds", word, [kind.value for kind in EventKind])


def _period(text: str, *, may_be_blank: bool) -> None:
    if text or not may_be_blank:
        words = "week, calendar_month, calendar_quarter, calendar_quarter:Q1, calendar_year, campaign"
        _match("period", text, PERIOD, words, words)


def _among(column: str, text: str, words: Collection[str]) -> None:
    if text not in words:
        listed = [word for word in words if word]
        raise ColumnError(
            column,
            f"“{text}”无法识别，应为 {'、'.join(listed)} 之一",
            f"“{text}” is not one of {', '.join(listed)}",
        )


def _match(column: str, text: str, shape: str, zh: str, en: str) -> None:
    if re.fullmatch(shape, text, re.ASCII) is None:
        raise ColumnError(column, f"“{text}”应为{zh}", f"“{text}” must be {en}")


def _within(column: str, number: float, least: float, most: float) -> None:
    if not least <= number <= most:
        raise ColumnError(
            column, f"{number} 应在 {least} 到 {most} 之间", f"{number} must lie between {least} and {most}"
        )


def _rising(column: str, first: Any, last: Any) -> None:  # noqa: ANN401 — any two days
    if last < first:
        raise ColumnError(column, f"{last} 早于 {first}", f"{last} is before {first}")
