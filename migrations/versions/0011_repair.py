"""repair."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "crew_absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crew_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("reason_zh", sa.String(length=120), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_crew_absence_days")),
        sa.ForeignKeyConstraint(
            ["crew_id"], ["crew.id"], name=op.f("fk_crew_absence_crew_id_crew"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crew_absence")),
    )
    with op.batch_alter_table("crew_absence") as batch:
        batch.create_index(batch.f("ix_crew_absence_crew_id"), ["crew_id"], unique=False)
    for table in ("plan", "plan_run"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("repair", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take this step back."""
    for table in ("plan", "plan_run"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("repair")
    with op.batch_alter_table("crew_absence") as batch:
        batch.drop_index(batch.f("ix_crew_absence_crew_id"))
    op.drop_table("crew_absence")
