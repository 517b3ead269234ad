"""How many people a bureau has on duty at once, and on which weekdays it likes to hold events."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("organizer") as batch:
        batch.add_column(sa.Column("staff", sa.Integer(), nullable=True))
        batch.add_column(
            sa.Column("preferred_weekdays", sa.JSON(), server_default=sa.text("'[]'"), nullable=False)
        )
        batch.create_check_constraint(batch.f("ck_organizer_staff"), "staff BETWEEN 1 AND 9999")


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("organizer") as batch:
        batch.drop_constraint(batch.f("ck_organizer_staff"), type_="check")
        batch.drop_column("preferred_weekdays")
        batch.drop_column("staff")
