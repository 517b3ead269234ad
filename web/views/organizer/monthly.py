"""A bureau's statistics of one month, as a page and as a file."""

from datetime import date

from flask import Response

from scheduler.exporting.monthly import month_table
from scheduler.exporting.tables import as_comma, as_workbook
from scheduler.queries.fair_day.monthly import FIGURES, month_of
from scheduler.times import today
from web.downloads import as_table_file
from web.policy import organizer, policy
from web.schemas.base import asked
from web.schemas.organizer import MonthQuery
from web.site import reader
from web.views.organizer.desk import blueprint, desk, member, show


@blueprint.get("/statistics")
@policy(organizer)
def monthly() -> str:
    """Show what the fairs of a month came to."""
    values = asked(MonthQuery)
    found = month_of(reader(), first_on=_first(values["month"]), scope=member())
    return show("monthly.html", desk(values["quarter"]), found=found, figures=FIGURES)


@blueprint.get("/statistics.csv")
@policy(organizer)
def monthly_csv() -> Response:
    """Hand the month out as CSV."""
    found = month_of(reader(), first_on=_first(asked(MonthQuery)["month"]), scope=member())
    return as_table_file(as_comma(month_table(found)), name=f"statistics-{found.first_on:%Y-%m}.csv")


@blueprint.get("/statistics.xlsx")
@policy(organizer)
def monthly_xlsx() -> Response:
    """Hand the month out as a workbook."""
    found = month_of(reader(), first_on=_first(asked(MonthQuery)["month"]), scope=member())
    return as_table_file(as_workbook(month_table(found)), name=f"statistics-{found.first_on:%Y-%m}.xlsx")


def _first(month: str) -> date:
    """Return the first day of a month as 2027-01, of this month where none is named."""
    return date.fromisoformat(f"{month}-01") if month else today().replace(day=1)
