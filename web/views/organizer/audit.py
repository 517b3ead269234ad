"""The audit: who did what, when and why, to read, to search and to take along as a file."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from flask import Response

from scheduler.exporting.as_comma import harmless
from scheduler.models import Role
from scheduler.queries.audit import SUBJECTS, AuditFilter, Line, audit_lines, audit_page
from web.policy import organizer, policy
from web.schemas.audit import AuditQuery
from web.schemas.base import asked
from web.site import reader
from web.views.organizer.desk import blueprint, desk, member, show
from web.views.organizer.words import word
from web.wording import clock, dated

FACTS = ("before", "after", "reason", "sealed")
HEAD = ("id", "at", "login", "division", "deed", "subject", "subject_id", *FACTS)


@blueprint.get("/audit")
@policy(organizer, Role.AUDITOR)
def audit() -> str:
    """Show the entries of the division worked in and of everything below it, the newest first."""
    values = asked(AuditQuery)
    page = audit_page(reader(), actor=member(), wanted=_wanted(values), number=values["page"])
    return show("audit.html", desk(values["quarter"]), values=values, page=page, subjects=SUBJECTS)


@blueprint.get("/audit.csv")
@policy(organizer, Role.AUDITOR)
def audit_file() -> Response:
    """Give the same entries as a file that a spreadsheet opens."""
    values = asked(AuditQuery)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    lines = audit_lines(reader(), actor=member(), wanted=_wanted(values))
    writer.writerows([harmless(cell) for cell in _cells(line)] for line in lines)
    named = {"Content-Disposition": "attachment; filename=audit.csv"}
    body = text.getvalue().encode("utf-8-sig")
    return Response(body, content_type="text/csv; charset=utf-8", headers=named)


@blueprint.app_template_filter("noted")
def noted(values: dict[str, Any]) -> str:
    """Return noted fields and their values as one line of text."""
    return "；".join(f"{word(name, 'noted')} {_told(value)}" for name, value in values.items())


def _wanted(values: dict[str, Any]) -> AuditFilter:
    names = ("subject", "login", "first_on", "last_on")
    return AuditFilter(**{name: values[name] for name in names})


def _cells(line: Line) -> Iterable[str | int | None]:
    entry = line.entry
    at = f"{dated(entry.noted_at)} {clock(entry.noted_at)}"
    told = (entry.deed.value, entry.subject, entry.subject_id, noted(entry.before), noted(entry.after))
    return (
        entry.id,
        at,
        line.login,
        entry.division_code,
        *told,
        entry.reason,
        "yes" if line.sealed else "no",
    )


def _told(value: object) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "—" if value is None else str(value)
