"""importance."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("plan_run") as batch:
        batch.add_column(sa.Column("importance", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("plan_run") as batch:
        batch.alter_column("importance", server_default=None)


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("plan_run") as batch:
        batch.drop_column("importance")
