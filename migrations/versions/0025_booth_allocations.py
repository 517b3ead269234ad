"""allocations of booths, the receipts they hand out, and the shares that an event reserves."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATES: Sequence[str] = ("queued", "running", "draft", "published", "discarded", "cancelled", "failed")
OPEN = sa.text("state IN ('queued', 'running', 'draft')")


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "booth_allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="allocationstate", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("asking", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("excluded", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_booth_allocation_published")
        ),
        sa.CheckConstraint(
            "state NOT IN ('draft', 'published') OR problem IS NOT NULL",
            name=op.f("ck_booth_allocation_draft"),
        ),
        sa.CheckConstraint("(problem IS NULL) = (answer IS NULL)", name=op.f("ck_booth_allocation_answer")),
        sa.CheckConstraint("seconds BETWEEN 1 AND 600", name=op.f("ck_booth_allocation_seconds")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_booth_allocation_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["account.id"],
            name=op.f("fk_booth_allocation_published_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"],
            ["account.id"],
            name=op.f("fk_booth_allocation_requested_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth_allocation")),
    )
    with op.batch_alter_table("booth_allocation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booth_allocation_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            "uq_booth_allocation_open", ["event_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        )

    op.create_table(
        "booth_receipt",
        sa.Column("allocation_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("admitted", sa.Boolean(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["allocation_id"],
            ["booth_allocation.id"],
            name=op.f("fk_booth_receipt_allocation_id_booth_allocation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_booth_receipt_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("allocation_id", "enterprise_id", name=op.f("pk_booth_receipt")),
    )
    with op.batch_alter_table("booth_receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booth_receipt_enterprise_id"), ["enterprise_id"], unique=False)

    with op.batch_alter_table("booking_terms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shares", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("booking_terms", schema=None) as batch_op:
        batch_op.drop_column("shares")

    op.drop_table("booth_receipt")
    op.drop_table("booth_allocation")
