"""Waiting for turns and for places: which turn an offer keeps, and a seeker's serial."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OFFERED = sa.text("state = 'offered'")
ONE = (
    "(wanted = 'place') = (serial IS NOT NULL) AND (enterprise_id IS NULL) = (serial IS NOT NULL) "
    "AND (enterprise_id IS NULL OR account_id IS NULL)"
)


def upgrade() -> None:
    """Apply this step."""
    # nothing wrote a seeker's waiting before
    op.execute("DELETE FROM waiting WHERE account_id IS NOT NULL")
    with op.batch_alter_table("waiting") as batch:
        batch.add_column(sa.Column("serial", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("ordinal", sa.Integer(), nullable=True))
        batch.create_unique_constraint(batch.f("uq_waiting_serial"), ["serial"])
        batch.drop_constraint(batch.f("ck_waiting_one"), type_="check")
        batch.create_check_constraint(batch.f("ck_waiting_one"), ONE)
        batch.create_check_constraint(
            batch.f("ck_waiting_ordinal"), "ordinal IS NULL OR wanted = 'stream_turn'"
        )
        batch.create_index(
            "uq_waiting_ordinal",
            ["event_id", "ordinal"],
            unique=True,
            sqlite_where=OFFERED,
            postgresql_where=OFFERED,
        )


def downgrade() -> None:
    """Take this step back."""
    op.execute("DELETE FROM waiting WHERE serial IS NOT NULL")
    with op.batch_alter_table("waiting") as batch:
        batch.drop_index("uq_waiting_ordinal")
        batch.drop_constraint(batch.f("ck_waiting_ordinal"), type_="check")
        batch.drop_constraint(batch.f("ck_waiting_one"), type_="check")
        batch.create_check_constraint(
            batch.f("ck_waiting_one"), "(enterprise_id IS NULL) <> (account_id IS NULL)"
        )
        batch.drop_constraint(batch.f("uq_waiting_serial"), type_="unique")
        batch.drop_column("ordinal")
        batch.drop_column("serial")
