"""which booths a booking has or had and why, and every rule that the terms of an event fix."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BARS: Sequence[str] = ("none", "next_fair", "quarter", "year")


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.add_column(sa.Column("booth_ids", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("reason", sa.String(length=200), nullable=True))
    op.execute("DELETE FROM booking_terms")  # nothing could open a booking yet
    bar = sa.Enum(*BARS, name="bar", native_enum=False, create_constraint=False, length=24)
    with op.batch_alter_table("booking_terms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("no_show_limit", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("no_show_bar", bar, nullable=False))
        batch_op.add_column(sa.Column("fairs_a_month", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("consecutive", sa.Boolean(), nullable=False))
        batch_op.create_check_constraint(
            batch_op.f("ck_booking_terms_counts"), "no_show_limit >= 1 AND fairs_a_month >= 0"
        )
        words = ", ".join(f"'{word}'" for word in BARS)
        batch_op.create_check_constraint(batch_op.f("ck_booking_terms_bar"), f"no_show_bar IN ({words})")


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("booking_terms", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_booking_terms_bar"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_booking_terms_counts"), type_="check")
        batch_op.drop_column("consecutive")
        batch_op.drop_column("fairs_a_month")
        batch_op.drop_column("no_show_bar")
        batch_op.drop_column("no_show_limit")
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.drop_column("reason")
        batch_op.drop_column("booth_ids")
