"""The yearly filing of regular fairs: by which day a bureau owes it, and what it has filed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0036"
down_revision: str | None = "0035"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CHECKS = {
    "ck_safety_rules_annual": "annual_month BETWEEN 1 AND 12 AND annual_day BETWEEN 1 AND 31",
    "ck_safety_rules_annual_day": "(annual_month IS NULL) = (annual_day IS NULL)",
}


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("safety_rules") as batch:
        batch.add_column(sa.Column("annual_month", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("annual_day", sa.Integer(), nullable=True))
        for name, rule in CHECKS.items():
            batch.create_check_constraint(batch.f(name), rule)
    op.create_table(
        "annual_filing",
        sa.Column("organizer_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["noted_by"],
            ["account.id"],
            name=op.f("fk_annual_filing_noted_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"],
            ["organizer.id"],
            name=op.f("fk_annual_filing_organizer_id_organizer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organizer_id", "year", name=op.f("pk_annual_filing")),
    )


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("annual_filing")
    with op.batch_alter_table("safety_rules") as batch:
        for name in CHECKS:
            batch.drop_constraint(batch.f(name), type_="check")
        batch.drop_column("annual_day")
        batch.drop_column("annual_month")
