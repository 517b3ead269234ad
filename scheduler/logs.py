"""Logs without personal data: one JSON object a line in production, a readable line elsewhere.

Log ids and names of routes, never what somebody typed; whatever looks like one of our secrets is masked.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRETS = re.compile(r"\b(fair_|fairhook_)[A-Za-z0-9_-]{8,}|(?<=token=)[A-Za-z0-9_-]{8,}|(?<=Bearer )\S+")
Entry = MutableMapping[str, Any]


def configure(*, as_json: bool, level: int = logging.INFO) -> None:
    """Send every log line of this process, our own and libraries', to standard error."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask,
    ]
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    # says at each tick that due work still goes on, as it may; the pulse tells when a worker stops
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


def mask(_logger: object, _method: str, entry: Entry) -> Entry:
    """Replace secrets in every text of a log line."""
    for name, value in entry.items():
        if isinstance(value, str):
            entry[name] = SECRETS.sub("***", value)
    return entry
