"""Files as answers, to be saved: stored ones, never shown, kept by nobody on the way; and texts of ours."""

from urllib.parse import quote

from flask import Response

from scheduler.models import StoredFile
from scheduler.services.files import FileGone

TABLES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SEALED = "default-src 'none'; sandbox"


def download(file: StoredFile) -> Response:
    """Return a file that the view has found within the actor's scope; raises FileGone.

    Its type is what the bytes said when it came in, and nothing in it runs even where somebody opens it.
    """
    if file.content is None:
        raise FileGone
    response = Response(file.content, content_type=file.media_type)
    ending = file.name.rpartition(".")[2]
    response.headers["Content-Disposition"] = (
        f"attachment; filename=file-{file.id}.{ending}; filename*=UTF-8''{quote(file.name)}"
    )
    response.headers["Content-Security-Policy"] = SEALED
    return response


def as_json_file(text: str, *, name: str) -> Response:
    """Return a JSON text to be saved as a file; its name is of our own making."""
    response = Response(f"{text}\n", mimetype="application/json")
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def as_table_file(content: bytes, *, name: str) -> Response:
    """Return a table to be saved as a file; its name is of our own making and says which kind it is."""
    response = Response(content, content_type=TABLES[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
