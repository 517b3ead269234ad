"""Notes that a bureau has filed the plan of a year's regular fairs, and takes that back."""

from datetime import date

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import Refusal
from scheduler.models import Organizer
from scheduler.models.safety import AnnualFiling
from scheduler.queries.annual_filing import AnnualTask, annual_task
from scheduler.times import now, today


class NoPlanToFile(Refusal):
    """A year whose plan the bureau does not have to file now."""

    status = 409
    code = "no_plan_to_file"
    zh = "本机构目前没有 {year} 年定期招聘会计划的备案任务。请刷新页面查看最新情况。"
    en = "The bureau does not have to file a plan of {year} now. Reload the page to see what is to be filed."


class PlanFiledAlready(Refusal):
    """A plan that somebody has marked as filed before."""

    status = 409
    code = "plan_filed_already"
    zh = "{year} 年定期招聘会计划已登记为备案，您的操作没有生效。如登记有误，请先撤销。"
    en = "The plan of {year} is marked as filed already; nothing was changed. Undo that first if it is wrong."


class PlanNotFiled(Refusal):
    """A filing to be undone that is not there."""

    status = 409
    code = "plan_not_filed"
    zh = "{year} 年定期招聘会计划没有备案登记，无需撤销。"
    en = "The plan of {year} is not marked as filed; there is nothing to undo."


class FiledAhead(Refusal):
    """A day of filing that is still to come."""

    status = 422
    code = "filed_ahead"
    zh = "备案日期不能晚于今天。未保存任何内容。"
    en = "The day of filing cannot be after today. Nothing was saved."


def file_plan(  # noqa: PLR0913 — whose, which, when, under what number, by whom
    session: Session, *, bureau: Organizer, year: int, filed_on: date, number: str, by: int
) -> None:
    """Mark the plan of a year as filed; raises NoPlanToFile, PlanFiledAlready and FiledAhead."""
    if _task(session, bureau, year).filed is not None:
        raise PlanFiledAlready(year=year)
    if filed_on > today():
        raise FiledAhead
    row = AnnualFiling(
        organizer_id=bureau.id, year=year, filed_on=filed_on, number=number, noted_at=now(), noted_by=by
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:  # a colleague was quicker
        raise PlanFiledAlready(year=year) from error


def unfile_plan(session: Session, *, bureau: Organizer, year: int) -> None:
    """Take back that the plan of a year is filed; raises NoPlanToFile and PlanNotFiled."""
    _task(session, bureau, year)
    mine = (AnnualFiling.organizer_id == bureau.id, AnnualFiling.year == year)
    if not changed(session, delete(AnnualFiling).where(*mine)):
        raise PlanNotFiled(year=year)


def _task(session: Session, bureau: Organizer, year: int) -> AnnualTask:
    task = annual_task(session, division_code=bureau.division_code)
    if task is None or task.year != year:
        raise NoPlanToFile(year=year)
    return task
