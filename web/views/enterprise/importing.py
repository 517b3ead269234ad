"""Openings from a table, a file or copied cells; a bad one comes back to be put right on the page."""

import csv
import io

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Refusal
from scheduler.exporting.text_workbook import text_workbook
from scheduler.importing import TableRow, UnreadableTable
from scheduler.queries.openings.library import choices
from scheduler.services import openings
from scheduler.services.openings import ImportReport
from scheduler.services.openings.cells import COLUMNS, INSURANCES
from scheduler.services.openings.importing import MOST_AT_ONCE
from web.policy import enterprise, policy
from web.schemas.account import Nothing
from web.schemas.base import BadForm, asked, posted
from web.schemas.openings import LONGEST_PASTED, ImportForm
from web.site import reader, writing
from web.uploads import BESIDE, given, takes_files, takes_up_to
from web.views.enterprise.base import blueprint, employer, show

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNFIT = 422
LARGEST_TABLE = 3 * LONGEST_PASTED + BESIDE
"""In octets: three of each Chinese letter."""


@blueprint.get("/openings/import")
@policy(enterprise)
def import_page() -> str:
    """Ask for a table of openings, and say what its columns hold."""
    asked(Nothing)
    return _page("")


@blueprint.post("/openings/import")
@policy(enterprise)
@takes_up_to(LARGEST_TABLE)
@takes_files()
def import_openings() -> ResponseReturnValue:
    """Add the openings of a table, or say of every cell what is wrong and give the table back."""
    pasted, file = posted(ImportForm)["table"], given("file")["file"]
    if not pasted.strip() and file is None:
        raise BadForm(field="table")
    content = file.content if file else pasted.encode()
    try:
        with writing() as session:
            firm = employer().enterprise_id
            report = openings.import_openings(session, enterprise_id=firm, content=content)
    except (UnreadableTable, openings.TooManyOpenings) as refusal:
        return _page(pasted, refusal), refusal.status
    if report.added is None:
        return _page(_again(report.rows), None, report), UNFIT
    flash(
        gettext(
            "已加入 %(added)s 个岗位；%(known)s 个与库中相同，未重复添加。",
            added=report.added,
            known=report.known,
        )
    )
    return redirect(url_for("enterprise.openings_page"))


@blueprint.get("/openings/template.xlsx")
@policy(enterprise)
def import_template() -> Response:
    """Hand out the table to be filled in."""
    asked(Nothing)
    response = Response(text_workbook(tuple(COLUMNS), ()), content_type=WORKBOOK)
    response.headers["Content-Disposition"] = 'attachment; filename="openings.xlsx"'
    return response


def _again(rows: tuple[TableRow, ...]) -> str:
    """Return a table as text, so that it can be put right where it stands; empty where it is too long."""
    file = io.StringIO()
    writer = csv.DictWriter(
        file, list(rows[0].cells), dialect="excel-tab", lineterminator="\n", extrasaction="ignore"
    )
    writer.writeheader()
    writer.writerows(dict(row.cells) for row in rows)
    text = file.getvalue()
    return text if len(text) <= LONGEST_PASTED else ""


def _page(table: str, refusal: Refusal | None = None, report: ImportReport | None = None) -> str:
    return show(
        "openings_import.html",
        table=table,
        refusal=refusal,
        report=report,
        columns=COLUMNS,
        choices=choices(reader()),
        insurances=list(INSURANCES),
        most=MOST_AT_ONCE,
    )
