"""The word that a public draw gives a lottery, and shares of an allocation kept for who comes late."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WORD = "ck_booking_terms_public_word"


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("booking_rules") as batch:
        batch.add_column(sa.Column("shares", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
        batch.add_column(sa.Column("kept", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
    with op.batch_alter_table("booking_terms") as batch:
        batch.add_column(sa.Column("public_rule", sa.String(length=200), nullable=True))
        batch.add_column(sa.Column("public_word", sa.String(length=100), nullable=True))
        batch.add_column(sa.Column("kept", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch.create_check_constraint(batch.f(WORD), "public_word IS NULL OR public_rule IS NOT NULL")


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("booking_terms") as batch:
        batch.drop_constraint(batch.f(WORD), type_="check")
        for name in ("kept", "public_word", "public_rule"):
            batch.drop_column(name)
    with op.batch_alter_table("booking_rules") as batch:
        for name in ("kept", "shares"):
            batch.drop_column(name)
