"""Openings may lack a wage, say their unit, workplace and demands, grow stale and be withdrawn."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
UNITS = ("month", "day", "hour", "year")
CHECKS = {"wage_check": "warn", "word_check": "block", "stale_check": "warn"}


def upgrade() -> None:
    """Apply this step; an opening that is there already counts as confirmed now."""
    with op.batch_alter_table("opening") as batch:
        batch.add_column(sa.Column("hired", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch.add_column(_word("wage_unit", "wageunit", UNITS, "month"))
        batch.add_column(_text("workplace_zh", 120))
        batch.add_column(_text("requirements_zh", 1000))
        batch.add_column(sa.Column("confirmed_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("withdrawn_at", MOMENT, nullable=True))
        batch.alter_column("wage_min", existing_type=sa.Integer(), nullable=True)
        batch.alter_column("wage_max", existing_type=sa.Integer(), nullable=True)
    opening = sa.table("opening", sa.column("confirmed_at", MOMENT))
    op.execute(opening.update().values(confirmed_at=datetime.now(UTC)))  # noqa: TID251 — history has no clock
    with op.batch_alter_table("opening") as batch:
        batch.alter_column("confirmed_at", existing_type=MOMENT, nullable=False)
        batch.create_check_constraint(batch.f("ck_opening_hired"), "hired >= 0")
        batch.create_check_constraint(
            batch.f("ck_opening_whole_wage"), "(wage_min IS NULL) = (wage_max IS NULL)"
        )
        batch.create_check_constraint(batch.f("ck_opening_wageunit"), _among("wage_unit", UNITS))
    with op.batch_alter_table("booking_rules") as batch:
        batch.add_column(sa.Column("fresh_days", sa.Integer(), server_default=sa.text("60"), nullable=False))
        for name, usual in CHECKS.items():
            batch.add_column(_word(name, name, ("warn", "block"), usual))
            batch.create_check_constraint(
                batch.f(f"ck_booking_rules_{name}"), _among(name, ("warn", "block"))
            )
        batch.create_check_constraint(batch.f("ck_booking_rules_fresh"), "fresh_days BETWEEN 1 AND 365")


def downgrade() -> None:
    """Take this step back; openings without a wage had no place before, and go."""
    with op.batch_alter_table("booking_rules") as batch:
        batch.drop_constraint(batch.f("ck_booking_rules_fresh"), type_="check")
        for name in CHECKS:
            batch.drop_constraint(batch.f(f"ck_booking_rules_{name}"), type_="check")
            batch.drop_column(name)
        batch.drop_column("fresh_days")
    op.execute("DELETE FROM opening WHERE wage_min IS NULL")
    with op.batch_alter_table("opening") as batch:
        for name in ("wageunit", "whole_wage", "hired"):
            batch.drop_constraint(batch.f(f"ck_opening_{name}"), type_="check")
        batch.alter_column("wage_min", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("wage_max", existing_type=sa.Integer(), nullable=False)
        for name in ("withdrawn_at", "confirmed_at", "requirements_zh", "workplace_zh", "wage_unit", "hired"):
            batch.drop_column(name)


def _word(column: str, name: str, words: tuple[str, ...], usual: str) -> sa.Column[str]:
    kind = sa.Enum(*words, name=name, native_enum=False, create_constraint=False, length=24)
    return sa.Column(column, kind, server_default=sa.text(f"'{usual}'"), nullable=False)


def _text(column: str, length: int) -> sa.Column[str]:
    return sa.Column(column, sa.String(length=length), server_default=sa.text("''"), nullable=False)


def _among(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"
