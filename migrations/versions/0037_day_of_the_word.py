"""The day from which a lottery's public word can be known."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0037"
down_revision: str | None = "0036"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

DAY = "ck_booking_terms_drawn_on"


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("booking_terms") as batch:
        batch.add_column(sa.Column("drawn_on", sa.Date(), nullable=True))
        batch.create_check_constraint(batch.f(DAY), "drawn_on IS NULL OR public_rule IS NOT NULL")


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("booking_terms") as batch:
        batch.drop_constraint(batch.f(DAY), type_="check")
        batch.drop_column("drawn_on")
