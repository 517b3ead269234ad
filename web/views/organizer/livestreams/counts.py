"""What came of each opening: typed in, or taken from a table with a verdict on every row."""

from flask import Response, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import ValidationError, fields

from scheduler.errors import Refusal
from scheduler.exporting.text_workbook import text_workbook
from scheduler.importing import UnreadableTable
from scheduler.models import Role
from scheduler.quarters import Quarter
from scheduler.queries.livestreams.firms import TurnFirm, firms_of
from scheduler.services import livestreams
from scheduler.services.livestreams import Count, importing
from web.livestream_words import playtime
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import BadForm, Form, attempted, posted
from web.site import reader, writing
from web.views.organizer.desk import blueprint, desk, event_for, show
from web.views.organizer.livestreams.page import done, stream_page, view_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (12, 34, 30)
HEADER = (importing.OPENING, "单位", "岗位", importing.REPLAY, importing.VIEWS, importing.RESUMES)


class PlayTime(fields.Field[int | None]):
    """A moment of a recording, 12:05; or nothing."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> int | None:
        try:
            return importing.read_playtime(str(value).strip())
        except importing.UnfitCell as fault:
            raise ValidationError(fault.en) from fault


class CountField(fields.Field[int | None]):
    """How often; or nothing."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> int | None:
        try:
            return importing.read_number(str(value).strip(), attr or "")
        except importing.UnfitCell as fault:
            raise ValidationError(fault.en) from fault


class UnfitCounts(Refusal):
    """What is typed in of a firm's openings cannot be read in some fields."""

    status = 422
    code = "unfit_counts"
    zh = "有 {many} 处填写有误，已标出，未保存任何内容。回放时间写成 12:05 或 1:02:05，次数和份数写整数。"
    en = (
        "{many} of the fields, which are marked, cannot be read; nothing was saved. Write a moment of the "
        "replay as 12:05 or 1:02:05, views and résumés as whole numbers."
    )


@blueprint.post("/livestreams/<int:stream_id>/counts/<int:firm_id>")
@policy(organizer, Role.PLANNER)
def enter_counts(stream_id: int, firm_id: int) -> ResponseReturnValue:
    """Keep what is typed in of one firm's openings."""
    view = view_of(stream_id)
    firm = view.firm(firm_id)
    ids = [line.opening.id for line in firm.openings] if firm else []
    form, faults = attempted(_form_for(ids))
    if faults:
        refusal = UnfitCounts(many=len(faults))
        return stream_page(stream_id, refusal, faults), refusal.status
    counts = {key: Count(form[f"replay-{key}"], form[f"views-{key}"], form[f"resumes-{key}"]) for key in ids}
    return done(
        stream_id,
        lambda session: livestreams.enter_counts(session, event_id=stream_id, counts=counts),
        said=gettext("已保存成效。"),
        anchor="counts",
    )


@blueprint.post("/livestreams/<int:stream_id>/counts/import")
@policy(organizer, Role.PLANNER)
def import_counts(stream_id: int) -> ResponseReturnValue:
    """Take what came of the openings from a file: all rows, or none and a verdict on each."""
    posted(Nothing)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise BadForm(field="file")
    refusal: Refusal | None = None
    report: livestreams.CountsReport | None = None
    try:
        with writing() as session:
            event_for(session, stream_id, Role.PLANNER)
            report = livestreams.import_counts(session, event_id=stream_id, content=file.read())
    except (UnreadableTable, livestreams.NotBegunYet) as found:
        refusal = found
    status = refusal.status if refusal else 200 if report and report.changed is not None else 422
    if status == 200:  # noqa: PLR2004
        flash(gettext("已导入成效。"))
    view = view_of(stream_id)
    place = desk(Quarter.parse(view.event.quarter))
    return show("livestreams/report.html", place, view=view, report=report, refusal=refusal), status


@blueprint.get("/livestreams/<int:stream_id>/counts.xlsx")
@policy(organizer)
def counts_template(stream_id: int) -> Response:
    """Hand out the table to be filled in, with what is known already."""
    view = view_of(stream_id)
    firms = firms_of(reader(), event_id=stream_id)
    response = Response(text_workbook(HEADER, _rows(firms), WIDTHS), content_type=WORKBOOK)
    response.headers["Content-Disposition"] = f'attachment; filename="livestream-{view.event.id}.xlsx"'
    return response


def _rows(firms: tuple[TurnFirm, ...]) -> list[tuple[str, ...]]:
    return [
        (
            str(line.opening.id),
            firm.enterprise.name_zh,
            line.opening.title_zh,
            "" if line.shown.replay_second is None else playtime(line.shown.replay_second),
            "" if line.shown.views is None else str(line.shown.views),
            "" if line.shown.resumes is None else str(line.shown.resumes),
        )
        for firm in firms
        for line in firm.openings
    ]


def _form_for(ids: list[int]) -> type[Form]:
    found: dict[str, fields.Field[int | None]] = {}
    for key in ids:
        found[f"replay-{key}"] = PlayTime(load_default=None)
        found[f"views-{key}"] = CountField(load_default=None)
        found[f"resumes-{key}"] = CountField(load_default=None)
    return Form.from_dict(found, name="FirmCountsForm")  # type: ignore[return-value]
