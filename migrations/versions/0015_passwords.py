"""Passwords: when one was changed, and who took a link to hand over that resets one."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "reset_handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("handed_by", sa.Integer(), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_reset_handover_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["handed_by"], ["account.id"], name=op.f("fk_reset_handover_handed_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reset_handover")),
    )
    with op.batch_alter_table("reset_handover") as batch:
        batch.create_index(batch.f("ix_reset_handover_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("reset_handover") as batch:
        batch.drop_index(batch.f("ix_reset_handover_account_id"))
    op.drop_table("reset_handover")
    with op.batch_alter_table("account") as batch:
        batch.drop_column("password_changed_at")
