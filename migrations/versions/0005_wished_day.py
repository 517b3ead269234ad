"""wished day."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("wished_on", sa.Date(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_event_wish"), "wished_on BETWEEN window_first_on AND window_last_on"
        )


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("event") as batch:
        batch.drop_constraint(op.f("ck_event_wish"), type_="check")
        batch.drop_column("wished_on")
