"""A key is kept only together with the answer of its deed."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0038"
down_revision: str | None = "0037"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ANSWER: dict[str, sa.types.TypeEngine[Any]] = {"status": sa.Integer(), "answer": sa.Text()}


def upgrade() -> None:
    """Apply this step."""
    op.execute("DELETE FROM idempotency_key WHERE status IS NULL OR answer IS NULL")
    with op.batch_alter_table("idempotency_key") as batch:
        for name, kind in ANSWER.items():
            batch.alter_column(name, existing_type=kind, nullable=False)


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("idempotency_key") as batch:
        for name, kind in ANSWER.items():
            batch.alter_column(name, existing_type=kind, nullable=True)
