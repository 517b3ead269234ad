"""customary programme."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "programme",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("event_kinds", sa.JSON(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("theme", sa.String(length=80), nullable=False),
        sa.Column("size", sa.String(length=48), nullable=False),
        sa.Column("attendees", sa.String(length=48), nullable=False),
        sa.Column(
            "pattern",
            sa.Enum(
                "half_day",
                "full_day",
                "evening",
                "two_days",
                name="slotpattern",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("within_days", sa.Integer(), nullable=True),
        sa.Column("venue_types", sa.JSON(), nullable=False),
        sa.Column("equipment", sa.JSON(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_programme")),
    )


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("programme")
