"""The language of the letters to an account."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("account") as batch:
        batch.add_column(
            sa.Column("language", sa.String(length=2), server_default=sa.text("'zh'"), nullable=False)
        )
        batch.create_check_constraint(batch.f("ck_account_known_language"), "language IN ('zh', 'en')")


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("account") as batch:
        batch.drop_constraint(batch.f("ck_account_known_language"), type_="check")
        batch.drop_column("language")
