"""sign-ups, review cases, tiers, service officers, merges: how an enterprise is verified."""

import re
import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "enterprise_contact",
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_enterprise_contact_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("enterprise_id", name=op.f("pk_enterprise_contact")),
    )
    op.create_table(
        "sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=False),
        sa.Column("name_zh", sa.String(length=120), nullable=False),
        sa.Column("division_code", sa.String(length=6), nullable=False),
        sa.Column("industry_code", sa.String(length=8), nullable=False),
        sa.Column("contact_name", sa.String(length=80), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["division_code"], ["division.code"], name=op.f("fk_sign_up_division_code_division")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_sign_up_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["industry_code"], ["industry.code"], name=op.f("fk_sign_up_industry_code_industry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up")),
    )
    with op.batch_alter_table("sign_up") as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_up_credit_code"), ["credit_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_up_division_code"), ["division_code"], unique=False)

    op.create_table(
        "enterprise_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("merged_by", sa.Integer(), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undo_to", sa.Date(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("ck_enterprise_merge_two")),
        sa.ForeignKeyConstraint(
            ["kept_id"],
            ["enterprise.id"],
            name=op.f("fk_enterprise_merge_kept_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["merged_by"],
            ["account.id"],
            name=op.f("fk_enterprise_merge_merged_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["merged_id"],
            ["enterprise.id"],
            name=op.f("fk_enterprise_merge_merged_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"],
            ["account.id"],
            name=op.f("fk_enterprise_merge_undone_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_merge")),
    )
    with op.batch_alter_table("enterprise_merge") as batch_op:
        batch_op.create_index(batch_op.f("ix_enterprise_merge_kept_id"), ["kept_id"], unique=False)
        batch_op.create_index(
            "uq_enterprise_merge_standing",
            ["merged_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )

    op.create_table(
        "enterprise_tier",
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column(
            "tier",
            sa.Enum(
                "key_industrial",
                "above_scale",
                "chain_leader",
                "specialised",
                "craft",
                name="tier",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_enterprise_tier_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["account.id"], name=op.f("fk_enterprise_tier_set_by_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "tier", name=op.f("pk_enterprise_tier")),
    )
    with op.batch_alter_table("enterprise_tier") as batch_op:
        batch_op.create_index(batch_op.f("ix_enterprise_tier_tier"), ["tier"], unique=False)

    op.create_table(
        "review_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "verification", "claim", name="casekind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "correction",
                "approved",
                "refused",
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("sign_up_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (state IN ('open', 'correction'))", name=op.f("ck_review_case_decided")
        ),
        sa.CheckConstraint(
            "(kind = 'claim') = (sign_up_id IS NOT NULL)", name=op.f("ck_review_case_claimant")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_review_case_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_up.id"], name=op.f("fk_review_case_sign_up_id_sign_up")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_case")),
        sa.UniqueConstraint("sign_up_id", name=op.f("uq_review_case_sign_up_id")),
    )
    with op.batch_alter_table("review_case") as batch_op:
        batch_op.create_index(batch_op.f("ix_review_case_enterprise_id"), ["enterprise_id"], unique=False)
        batch_op.create_index("ix_review_case_queue", ["state", "due_on"], unique=False)
        batch_op.create_index(
            "uq_review_case_granted",
            ["enterprise_id", "round"],
            unique=True,
            sqlite_where=sa.text("kind = 'claim' AND state = 'approved'"),
            postgresql_where=sa.text("kind = 'claim' AND state = 'approved'"),
        )
        batch_op.create_index(
            "uq_review_case_undecided",
            ["enterprise_id"],
            unique=True,
            sqlite_where=sa.text("kind = 'verification' AND state IN ('open', 'correction')"),
            postgresql_where=sa.text("kind = 'verification' AND state IN ('open', 'correction')"),
        )

    op.create_table(
        "service_officer",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("office_phone", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_service_officer_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_service_officer")),
    )
    op.create_table(
        "case_file",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_case_file_case_id_review_case"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_case_file_file_id_stored_file"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "file_id", name=op.f("pk_case_file")),
    )
    with op.batch_alter_table("case_file") as batch_op:
        batch_op.create_index(batch_op.f("ix_case_file_file_id"), ["file_id"], unique=False)

    op.create_table(
        "officer_assignment",
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("assigned_by", sa.Integer(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assigned_by"],
            ["account.id"],
            name=op.f("fk_officer_assignment_assigned_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_officer_assignment_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["service_officer.account_id"],
            name=op.f("fk_officer_assignment_officer_id_service_officer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("enterprise_id", name=op.f("pk_officer_assignment")),
    )
    with op.batch_alter_table("officer_assignment") as batch_op:
        batch_op.create_index(batch_op.f("ix_officer_assignment_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "review_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column(
            "deed",
            sa.Enum(
                "submitted",
                "claimed",
                "correction_asked",
                "approved",
                "refused",
                "claim_approved",
                "claim_refused",
                "suspended",
                "resumed",
                "merged",
                "separated",
                name="reviewdeed",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["review_case.id"],
            name=op.f("fk_review_step_case_id_review_case"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["account.id"], name=op.f("fk_review_step_done_by_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_review_step_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_step")),
    )
    with op.batch_alter_table("review_step") as batch_op:
        batch_op.create_index(batch_op.f("ix_review_step_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_step_enterprise_id"), ["enterprise_id"], unique=False)

    with op.batch_alter_table("enterprise") as batch_op:
        batch_op.add_column(sa.Column("name_key", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("licence_to", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("agency_licence", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("agency_licence_to", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ownership", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_enterprise_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_enterprise_merged_into_id_enterprise"), "enterprise", ["merged_into_id"], ["id"]
        )

    _fill_name_keys()
    with op.batch_alter_table("enterprise") as batch_op:
        batch_op.alter_column("name_key", existing_type=sa.String(length=120), nullable=False)
        batch_op.create_index(batch_op.f("ix_enterprise_name_key"), ["name_key"], unique=False)


def _fill_name_keys() -> None:
    enterprise = sa.table(
        "enterprise",
        sa.column("id", sa.Integer),
        sa.column("name_zh", sa.String),
        sa.column("name_key", sa.String),
    )
    connection = op.get_bind()
    rows = connection.execute(sa.select(enterprise.c.id, enterprise.c.name_zh)).all()
    keys = [{"row": row.id, "key": _name_key(row.name_zh)} for row in rows]
    if keys:
        filled = (
            sa.update(enterprise)
            .where(enterprise.c.id == sa.bindparam("row"))
            .values(name_key=sa.bindparam("key"))
        )
        connection.execute(filled, keys)


def _name_key(name: str) -> str:
    letters = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name)).casefold()
    return letters.replace("有限责任公司", "有限公司")[:120]


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("enterprise") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_enterprise_merged_into_id_enterprise"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_enterprise_name_key"))
        batch_op.drop_index(batch_op.f("ix_enterprise_merged_into_id"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("ownership")
        batch_op.drop_column("agency_licence_to")
        batch_op.drop_column("agency_licence")
        batch_op.drop_column("licence_to")
        batch_op.drop_column("verified_at")
        batch_op.drop_column("name_key")

    with op.batch_alter_table("review_step") as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_step_enterprise_id"))
        batch_op.drop_index(batch_op.f("ix_review_step_case_id"))

    op.drop_table("review_step")
    with op.batch_alter_table("officer_assignment") as batch_op:
        batch_op.drop_index(batch_op.f("ix_officer_assignment_officer_id"))

    op.drop_table("officer_assignment")
    with op.batch_alter_table("case_file") as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_file_file_id"))

    op.drop_table("case_file")
    op.drop_table("service_officer")
    with op.batch_alter_table("review_case") as batch_op:
        batch_op.drop_index(
            "uq_review_case_undecided",
            sqlite_where=sa.text("kind = 'verification' AND state IN ('open', 'correction')"),
            postgresql_where=sa.text("kind = 'verification' AND state IN ('open', 'correction')"),
        )
        batch_op.drop_index(
            "uq_review_case_granted",
            sqlite_where=sa.text("kind = 'claim' AND state = 'approved'"),
            postgresql_where=sa.text("kind = 'claim' AND state = 'approved'"),
        )
        batch_op.drop_index("ix_review_case_queue")
        batch_op.drop_index(batch_op.f("ix_review_case_enterprise_id"))

    op.drop_table("review_case")
    with op.batch_alter_table("enterprise_tier") as batch_op:
        batch_op.drop_index(batch_op.f("ix_enterprise_tier_tier"))

    op.drop_table("enterprise_tier")
    with op.batch_alter_table("enterprise_merge") as batch_op:
        batch_op.drop_index(
            "uq_enterprise_merge_standing",
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_enterprise_merge_kept_id"))

    op.drop_table("enterprise_merge")
    with op.batch_alter_table("sign_up") as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_up_division_code"))
        batch_op.drop_index(batch_op.f("ix_sign_up_credit_code"))

    op.drop_table("sign_up")
    op.drop_table("enterprise_contact")
