"""The periods in which a duty falls due: weeks, months, quarters, years and campaigns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.models import CampaignWindow
from scheduler.quarters import Quarter


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included, that a duty counts; its label names it for good."""

    label: str
    first_on: date
    last_on: date
    kind: str
    campaign_code: str | None = None
    provisional: bool = False

    def holds(self, first_on: date, last_on: date) -> bool:
        """Tell whether days lie wholly inside."""
        return self.first_on <= first_on and last_on <= self.last_on

    def meets(self, first_on: date, last_on: date) -> bool:
        """Tell whether days lie at least partly inside."""
        return self.first_on <= last_on and first_on <= self.last_on

    def within(self, quarter: Quarter) -> tuple[date, date]:
        """Return the days to plan in: an ISO week stays whole, anything longer is cut to the quarter."""
        if self.kind == "week":
            return self.first_on, self.last_on
        return max(self.first_on, quarter.first_on), min(self.last_on, quarter.last_on)


@dataclass(frozen=True, slots=True)
class Windows:
    """The campaign windows known for all years."""

    rows: tuple[CampaignWindow, ...]
    counted: frozenset[str]

    def knows(self, campaign_code: str) -> bool:
        """Tell whether a campaign has days at all, in whichever year."""
        return any(row.campaign_code == campaign_code for row in self.rows)

    def periods(self, quarter: Quarter, campaign_code: str = "") -> list[Period]:
        """Return the campaigns that run in a quarter: the named one, or all that duties count."""
        wanted = {campaign_code} if campaign_code else self.counted
        periods = [_campaign(row) for row in self.rows if row.campaign_code in wanted]
        return [period for period in periods if period.meets(quarter.first_on, quarter.last_on)]


def periods(kind: str, quarter: Quarter, windows: Windows, campaign_code: str = "") -> list[Period]:
    """Return the periods of a kind that touch a quarter.

    `kind` is a duty's period: week, calendar_month, calendar_quarter, calendar_year or campaign, with
    an optional suffix that limits it ("calendar_quarter:Q1", "calendar_year:2023"). A duty that names
    a campaign with known days is due while that campaign runs and nowhere else. An unknown kind has
    no periods: such a duty is shown, not planned.
    """
    name, _, only = kind.partition(":")
    if only not in {"", f"Q{quarter.number}", str(quarter.year)}:
        return []
    if campaign_code and windows.knows(campaign_code) and name in {"calendar_year", "campaign"}:
        return windows.periods(quarter, campaign_code)
    if name == "campaign":
        return windows.periods(quarter)
    make = CALENDAR.get(name)
    return make(quarter) if make else []


def year_of(quarter: Quarter) -> tuple[date, date]:
    """Return the first and last day that any period of a quarter may reach into, campaigns aside."""
    weeks = quarter.weeks
    first_on, last_on = date(quarter.year, 1, 1), date(quarter.year, 12, 31)
    return min(first_on, weeks[0].monday_on), max(last_on, weeks[-1].sunday_on)


def span(found: Iterable[Period], quarter: Quarter) -> tuple[date, date]:
    """Return the days that cover a quarter's year and the given periods."""
    first_on, last_on = year_of(quarter)
    known = list(found)
    return (
        min([first_on, *(period.first_on for period in known)]),
        max([last_on, *(period.last_on for period in known)]),
    )


def _campaign(row: CampaignWindow) -> Period:
    label = f"{row.campaign_code}-{row.year}"
    return Period(label, row.starts_on, row.ends_on, "campaign", row.campaign_code, row.provisional)


def _weeks(quarter: Quarter) -> list[Period]:
    return [Period(week.label, week.monday_on, week.sunday_on, "week") for week in quarter.weeks]


def _months(quarter: Quarter) -> list[Period]:
    return [Period(f"{first:%Y-%m}", first, last, "calendar_month") for first, last in quarter.months]


def _quarter(quarter: Quarter) -> list[Period]:
    return [Period(str(quarter), quarter.first_on, quarter.last_on, "calendar_quarter")]


def _year(quarter: Quarter) -> list[Period]:
    year = quarter.year
    return [Period(str(year), date(year, 1, 1), date(year, 12, 31), "calendar_year")]


CALENDAR: dict[str, Callable[[Quarter], list[Period]]] = {
    "week": _weeks,
    "calendar_month": _months,
    "calendar_quarter": _quarter,
    "calendar_year": _year,
}
