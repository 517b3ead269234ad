"""Alembic's entry: runs the migrations on the connection that scheduler.schema hands over."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from scheduler.models.base import Base, UtcDateTime


def _render(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write moments as plain columns: history never imports the present."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
