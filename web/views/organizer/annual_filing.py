"""The yearly filing of a bureau's regular fairs: marked as done, taken back, and the list to hand in."""

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.exporting.regular_fairs import regular_fairs_table
from scheduler.exporting.tables import as_workbook
from scheduler.models import Role
from scheduler.queries.annual_filing import regular_fairs
from scheduler.queries.organizers import organizer_at
from scheduler.queries.owed_fairs import owed_fairs
from scheduler.services import safety
from web.downloads import as_table_file
from web.policy import organizer, policy
from web.schemas.base import asked, posted
from web.schemas.safety import FiledForm, YearForm
from web.site import reader, writing
from web.views.organizer.desk import blueprint, member
from web.views.organizer.safety import board_page


@blueprint.get("/safety/annual.xlsx")
@policy(organizer)
def regular_fairs_file() -> Response:
    """Hand out the regular fairs of a year in the division worked in: planned, and asked for by duties."""
    year = asked(YearForm)["year"]
    fairs = regular_fairs(reader(), year=year, scope=member())
    owed = owed_fairs(reader(), year=year, scope_code=member().scope_code)
    table = regular_fairs_table(fairs, owed, year=year)
    return as_table_file(as_workbook(table), name=f"regular-fairs-{year}.xlsx")


@blueprint.post("/safety/annual")
@policy(organizer, Role.PLANNER)
def file_annual_plan() -> ResponseReturnValue:
    """Note that the plan of a year is filed, on which day and under what number."""
    form = posted(FiledForm)
    try:
        with writing() as session:
            safety.file_plan(
                session,
                bureau=organizer_at(session, division_code=member().scope_code),
                year=form["year"],
                filed_on=form["filed_on"],
                number=form["number"],
                by=member().account_id,
            )
    except (safety.NoPlanToFile, safety.PlanFiledAlready, safety.FiledAhead) as refusal:
        return board_page(refusal, form), refusal.status
    flash(gettext("已登记 %(year)s 年定期招聘会计划备案。", year=form["year"]), "at-annual")
    return redirect(url_for("organizer.safety_board", _anchor="annual"))


@blueprint.post("/safety/annual/undo")
@policy(organizer, Role.PLANNER)
def unfile_annual_plan() -> ResponseReturnValue:
    """Take back that the plan of a year is filed."""
    year = posted(YearForm)["year"]
    try:
        with writing() as session:
            bureau = organizer_at(session, division_code=member().scope_code)
            safety.unfile_plan(session, bureau=bureau, year=year)
    except (safety.NoPlanToFile, safety.PlanNotFiled) as refusal:
        return board_page(refusal), refusal.status
    flash(gettext("已撤销 %(year)s 年定期招聘会计划的备案登记。", year=year), "at-annual")
    return redirect(url_for("organizer.safety_board", _anchor="annual"))
