"""unknown year."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("historic_division") as batch:
        batch.alter_column("changed_year", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    """Take this step back: a year that nobody knows becomes 0."""
    op.execute("UPDATE historic_division SET changed_year = 0 WHERE changed_year IS NULL")
    with op.batch_alter_table("historic_division") as batch:
        batch.alter_column("changed_year", existing_type=sa.Integer(), nullable=False)
