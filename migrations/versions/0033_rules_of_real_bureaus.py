"""Rules that real bureaus publish: check-in by kind of day, a fair's size, misconduct, bars until settled."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0033"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("booking_rules", "booking_terms")
BEFORE = "no_show_bar IN ('none', 'next_fair', 'quarter', 'year')"
AFTER = "no_show_bar IN ('none', 'next_fair', 'quarter', 'year', 'lifted')"
CHECKS = {
    "rest_day_check_in": "rest_day_check_in_minute BETWEEN 0 AND 1439",
    "check_in_from": "check_in_from_minute BETWEEN 0 AND 1439",
    "size": "most_booths >= 0 AND most_people >= 0",
}
ACCOUNT = "fk_no_show_recorded_by_account"


def upgrade() -> None:
    """Apply this step."""
    _bars(AFTER)
    with op.batch_alter_table("booking_rules") as batch:
        batch.add_column(sa.Column("rest_day_check_in_minute", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("check_in_from_minute", sa.Integer(), nullable=True))
        for name in ("most_booths", "most_people"):
            batch.add_column(sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False))
        for name, rule in CHECKS.items():
            batch.create_check_constraint(batch.f(f"ck_booking_rules_{name}"), rule)
    with op.batch_alter_table("booking_terms") as batch:
        batch.add_column(sa.Column("check_in_from", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("no_show") as batch:
        batch.add_column(sa.Column("misconduct", sa.String(length=200), nullable=True))
        batch.add_column(sa.Column("recorded_by", sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f(ACCOUNT), "account", ["recorded_by"], ["id"], ondelete="SET NULL")


def downgrade() -> None:
    """Take this step back."""
    op.execute("DELETE FROM no_show WHERE misconduct IS NOT NULL")
    with op.batch_alter_table("no_show") as batch:
        batch.drop_constraint(batch.f(ACCOUNT), type_="foreignkey")
        batch.drop_column("recorded_by")
        batch.drop_column("misconduct")
    with op.batch_alter_table("booking_terms") as batch:
        batch.drop_column("check_in_from")
    with op.batch_alter_table("booking_rules") as batch:
        for name in CHECKS:
            batch.drop_constraint(batch.f(f"ck_booking_rules_{name}"), type_="check")
        for name in ("most_people", "most_booths", "check_in_from_minute", "rest_day_check_in_minute"):
            batch.drop_column(name)
    for table in TABLES:
        op.execute(f"UPDATE {table} SET no_show_bar = 'year' WHERE no_show_bar = 'lifted'")  # noqa: S608
    _bars(BEFORE)


def _bars(rule: str) -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(batch.f(f"ck_{table}_bar"), type_="check")
            batch.create_check_constraint(batch.f(f"ck_{table}_bar"), rule)
