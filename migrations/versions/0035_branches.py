"""Branches: their parent, its letter of authorisation, and whether a fair asks for that."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

RULES = ("booking_rules", "booking_terms")
PURPOSE = "ck_stored_file_filepurpose"
BEFORE = "purpose IN ('licence', 'agency_licence', 'claim', 'event_document')"
AFTER = "purpose IN ('licence', 'agency_licence', 'parent_letter', 'claim', 'event_document')"
CHECKS = {
    "ck_enterprise_parent": "parent_code <> credit_code",
    "ck_enterprise_authorised": "authorised_to IS NULL OR parent_code IS NOT NULL",
}


def upgrade() -> None:
    """Apply this step."""
    for table in RULES:
        with op.batch_alter_table(table) as batch:
            batch.add_column(
                sa.Column("branch_authorised", sa.Boolean(), server_default=sa.text("false"), nullable=False)
            )
    with op.batch_alter_table("enterprise") as batch:
        batch.add_column(sa.Column("parent_code", sa.String(length=18), nullable=True))
        batch.add_column(sa.Column("authorised_to", sa.Date(), nullable=True))
        for name, rule in CHECKS.items():
            batch.create_check_constraint(batch.f(name), rule)
    _purposes(AFTER)


def downgrade() -> None:
    """Take this step back."""
    letters = "SELECT id FROM stored_file WHERE purpose = 'parent_letter'"
    op.execute(f"DELETE FROM case_file WHERE file_id IN ({letters})")  # noqa: S608
    op.execute("DELETE FROM stored_file WHERE purpose = 'parent_letter'")
    _purposes(BEFORE)
    with op.batch_alter_table("enterprise") as batch:
        for name in CHECKS:
            batch.drop_constraint(batch.f(name), type_="check")
        batch.drop_column("authorised_to")
        batch.drop_column("parent_code")
    for table in RULES:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("branch_authorised")


def _purposes(rule: str) -> None:
    with op.batch_alter_table("stored_file") as batch:
        batch.drop_constraint(batch.f(PURPOSE), type_="check")
        batch.create_check_constraint(batch.f(PURPOSE), rule)
