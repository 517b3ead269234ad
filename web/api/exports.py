"""A quarter as a file, the same as the command `export` writes."""

from typing import Any

from flask import Response
from marshmallow import fields

from scheduler.exporting import Format, exported_octets
from scheduler.models import TokenScope
from web.api.subject import Subject
from web.policy import organizer, policy
from web.schemas.base import Form
from web.schemas.organizer import QuarterField
from web.site import reader, settings
from web.views.organizer.desk import member

subject = Subject("Exports", "A quarter's schedule as a file.")
MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
    Format.ICS: "text/calendar; charset=utf-8",
}


class ExportQuery(Form):
    """Which quarter, in which format."""

    quarter = QuarterField(required=True)
    format = fields.Enum(Format, by_value=True, required=True)


@subject.operation("GET", "/export", policy(organizer), scope=TokenScope.READ, query=ExportQuery)
def export(asked: dict[str, Any]) -> Response:
    """Return a quarter's schedule in your division: what is published, else the newest draft."""
    wanted: Format = asked["format"]
    octets = exported_octets(
        reader(),
        quarter=asked["quarter"],
        format=wanted,
        public_url=settings().public_url,
        scope_code=member().scope_code,
    )
    response = Response(octets, content_type=MEDIA_TYPES[wanted])
    name = f"{asked['quarter']}-{member().scope_code}.{wanted}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
