"""The safety of events: what each owes, and what late matters do to publishing."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# only granted permits were ever written
MOVED = """
INSERT INTO safety_step
    (event_id, kind, state, number, note, people, handed_in_on, done_on, done_by, updated_at)
SELECT event_id, kind, 'done', COALESCE(number, ''), '', people, handed_in_on, decided_on, updated_by,
    updated_at
FROM filing WHERE state = 'granted'
"""


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "safety_rules",
        sa.Column("organizer_id", sa.Integer(), nullable=False),
        sa.Column(
            "publishing",
            sa.Enum("block", "warn", name="strictness", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organizer_id"],
            ["organizer.id"],
            name=op.f("fk_safety_rules_organizer_id_organizer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organizer_id", name=op.f("pk_safety_rules")),
    )
    op.create_table(
        "safety_step",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "permit",
                "filing",
                "implementation_plan",
                "emergency_plan",
                "security_plan",
                "venue_consent",
                "safety_officer",
                "crowd_plan",
                "fire",
                "first_aid",
                "guards",
                "power",
                "weather",
                name="safetykind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "handed_in",
                "done",
                "refused",
                "not_needed",
                name="safetystate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("handed_in_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("done_on >= handed_in_on", name=op.f("ck_safety_step_order")),
        sa.CheckConstraint("people BETWEEN 1 AND 999999", name=op.f("ck_safety_step_people")),
        sa.CheckConstraint("(state = 'open') = (done_on IS NULL)", name=op.f("ck_safety_step_done")),
        sa.CheckConstraint(
            "state NOT IN ('refused', 'not_needed') OR note <> ''", name=op.f("ck_safety_step_reason")
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["account.id"], name=op.f("fk_safety_step_done_by_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_safety_step_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["stored_file.id"],
            name=op.f("fk_safety_step_file_id_stored_file"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk_safety_step_owner_id_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("event_id", "kind", name=op.f("pk_safety_step")),
    )
    op.execute(MOVED)
    op.drop_table("filing_document")
    op.drop_table("filing")


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("safety_step")
    op.drop_table("safety_rules")
    op.create_table(
        "filing",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "permit",
                "filing",
                "implementation_plan",
                "emergency_plan",
                "security_plan",
                "venue_consent",
                "safety_officer",
                name="filingkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "handed_in",
                "granted",
                "refused",
                "exempt",
                name="filingstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("handed_in_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('exempt', 'refused') OR reason IS NOT NULL", name=op.f("ck_filing_reason")
        ),
        sa.CheckConstraint(
            "state NOT IN ('granted', 'refused') OR decided_on IS NOT NULL", name=op.f("ck_filing_decided")
        ),
        sa.CheckConstraint(
            "state NOT IN ('handed_in', 'granted') OR handed_in_on IS NOT NULL",
            name=op.f("ck_filing_handed_in"),
        ),
        sa.CheckConstraint("decided_on >= handed_in_on", name=op.f("ck_filing_order")),
        sa.CheckConstraint("people BETWEEN 1 AND 999999", name=op.f("ck_filing_people")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_filing_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["account.id"], name=op.f("fk_filing_updated_by_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("event_id", "kind", name=op.f("pk_filing")),
    )
    op.create_table(
        "filing_document",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "permit",
                "filing",
                "implementation_plan",
                "emergency_plan",
                "security_plan",
                "venue_consent",
                "safety_officer",
                name="filingkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "kind"],
            ["filing.event_id", "filing.kind"],
            name=op.f("fk_filing_document_event_id_filing"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["stored_file.id"],
            name=op.f("fk_filing_document_file_id_stored_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "kind", "file_id", name=op.f("pk_filing_document")),
    )
    with op.batch_alter_table("filing_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_filing_document_file_id"), ["file_id"], unique=False)
