"""stream rules."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "stream_rules",
        sa.Column("organizer_id", sa.Integer(), nullable=False),
        sa.Column("least_minutes", sa.Integer(), nullable=False),
        sa.Column("most_minutes", sa.Integer(), nullable=False),
        sa.Column("lead_minutes", sa.Integer(), nullable=False),
        sa.Column("closes_lead_days", sa.Integer(), nullable=False),
        sa.Column("cancel_lead_days", sa.Integer(), nullable=False),
        sa.Column(
            "checklist",
            sa.Enum("block", "warn", name="strictness", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "closes_lead_days BETWEEN 0 AND 20 AND cancel_lead_days BETWEEN 0 AND 20",
            name=op.f("ck_stream_rules_days"),
        ),
        sa.CheckConstraint("lead_minutes BETWEEN 0 AND 30", name=op.f("ck_stream_rules_lead")),
        sa.CheckConstraint(
            "least_minutes BETWEEN 5 AND most_minutes AND most_minutes <= 60",
            name=op.f("ck_stream_rules_minutes"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"],
            ["organizer.id"],
            name=op.f("fk_stream_rules_organizer_id_organizer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organizer_id", name=op.f("pk_stream_rules")),
    )


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("stream_rules")
