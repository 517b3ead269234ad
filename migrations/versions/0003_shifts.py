"""Shifts: who is on duty in which slot of a placement."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "shift",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "resource",
            sa.Enum(
                "venue", "crew", "host", name="resource", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_shift_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_shift_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "plan_id", "event_id", "resource", "resource_id", "day_on", "period", name=op.f("pk_shift")
        ),
    )


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("shift")
