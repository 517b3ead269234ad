"""fair days."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "fair_result",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("visitors", sa.Integer(), nullable=False),
        sa.Column("resumes", sa.Integer(), nullable=False),
        sa.Column("intents", sa.Integer(), nullable=False),
        sa.Column("hires", sa.Integer(), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "visitors BETWEEN 0 AND 99999 AND resumes BETWEEN 0 AND 99999 "
            "AND intents BETWEEN 0 AND 99999 AND hires BETWEEN 0 AND 99999",
            name=op.f("ck_fair_result_counts"),
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"],
            ["account.id"],
            name=op.f("fk_fair_result_entered_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_fair_result_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_fair_result_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "enterprise_id", name=op.f("pk_fair_result")),
    )
    with op.batch_alter_table("fair_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fair_result_enterprise_id"), ["enterprise_id"], unique=False)

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
        "gate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("zone_zh", sa.String(length=40), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > opened_at", name=op.f("ck_gate_lasts")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_gate_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["account.id"], name=op.f("fk_gate_opened_by_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_gate_key_hash")),
    )
    with op.batch_alter_table("gate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gate_event_id"), ["event_id"], unique=False)

    op.create_table(
        "no_show_release",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bookings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_no_show_release_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_no_show_release")),
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

    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("people <> 0 AND people BETWEEN -999 AND 999", name=op.f("ck_passage_people")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_passage_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["gate_id"], ["gate.id"], name=op.f("fk_passage_gate_id_gate"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("client_id", name=op.f("uq_passage_client_id")),
    )
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.create_index("ix_passage_event_id_passed_at", ["event_id", "passed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_passage_gate_id"), ["gate_id"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=True),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column(
            "means",
            sa.Enum(
                "code",
                "list",
                "paper",
                name="checkinmeans",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "verdict",
            sa.Enum(
                "accepted",
                "conflict",
                "refused",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "objection",
            sa.Enum(
                "twice",
                "cancelled",
                "released",
                "not_confirmed",
                "other_event",
                "unknown",
                "undone",
                name="objection",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settlement", sa.String(length=200), nullable=True),
        sa.CheckConstraint("(verdict = 'accepted') = (objection IS NULL)", name=op.f("ck_check_in_objected")),
        sa.CheckConstraint(
            "verdict <> 'accepted' OR ticket_id IS NOT NULL OR booking_id IS NOT NULL",
            name=op.f("ck_check_in_whose"),
        ),
        sa.CheckConstraint("people BETWEEN 0 AND 99", name=op.f("ck_check_in_people")),
        sa.CheckConstraint("ticket_id IS NULL OR booking_id IS NULL", name=op.f("ck_check_in_one")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_check_in_booking_id_booking"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_check_in_entered_by_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_check_in_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["gate_id"], ["gate.id"], name=op.f("fk_check_in_gate_id_gate"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["account.id"], name=op.f("fk_check_in_settled_by_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_check_in_ticket_id_ticket"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("client_id", name=op.f("uq_check_in_client_id")),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index("ix_check_in_event_id_received_at", ["event_id", "received_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_check_in_gate_id"), ["gate_id"], unique=False)
        batch_op.create_index(
            "uq_check_in_booking_id",
            ["booking_id"],
            unique=True,
            sqlite_where=sa.text("verdict = 'accepted'"),
            postgresql_where=sa.text("verdict = 'accepted'"),
        )
        batch_op.create_index(
            "uq_check_in_ticket_id",
            ["ticket_id"],
            unique=True,
            sqlite_where=sa.text("verdict = 'accepted'"),
            postgresql_where=sa.text("verdict = 'accepted'"),
        )


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_check_in_ticket_id",
            sqlite_where=sa.text("verdict = 'accepted'"),
            postgresql_where=sa.text("verdict = 'accepted'"),
        )
        batch_op.drop_index(
            "uq_check_in_booking_id",
            sqlite_where=sa.text("verdict = 'accepted'"),
            postgresql_where=sa.text("verdict = 'accepted'"),
        )
        batch_op.drop_index(batch_op.f("ix_check_in_gate_id"))
        batch_op.drop_index("ix_check_in_event_id_received_at")

    op.drop_table("check_in")
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passage_gate_id"))
        batch_op.drop_index("ix_passage_event_id_passed_at")

    op.drop_table("passage")
    with op.batch_alter_table("filing_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filing_document_file_id"))

    op.drop_table("filing_document")
    op.drop_table("no_show_release")
    with op.batch_alter_table("gate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gate_event_id"))

    op.drop_table("gate")
    op.drop_table("filing")
    with op.batch_alter_table("fair_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fair_result_enterprise_id"))

    op.drop_table("fair_result")
