"""stored files, and whether an enterprise is verified."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("organizer_id", sa.Integer(), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "licence",
                "agency_licence",
                "claim",
                "event_document",
                name="filepurpose",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("keep_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(deleted_at IS NULL) = (content IS NOT NULL)", name=op.f("ck_stored_file_content")
        ),
        sa.CheckConstraint(
            "(enterprise_id IS NULL) <> (organizer_id IS NULL)", name=op.f("ck_stored_file_one_owner")
        ),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_stored_file_size")),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["account.id"],
            name=op.f("fk_stored_file_created_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_stored_file_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_stored_file_organizer_id_organizer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    with op.batch_alter_table("stored_file") as batch_op:
        batch_op.create_index(
            "ix_stored_file_due",
            ["keep_until"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_stored_file_enterprise_id"), ["enterprise_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stored_file_organizer_id"), ["organizer_id"], unique=False)

    with op.batch_alter_table("enterprise") as batch_op:
        batch_op.add_column(
            sa.Column(
                "verification",
                sa.Enum(
                    "unverified",
                    "in_review",
                    "verified",
                    "refused",
                    "suspended",
                    name="verification",
                    native_enum=False,
                    create_constraint=True,
                    length=24,
                ),
                server_default=sa.text("'unverified'"),
                nullable=False,
            )
        )


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("enterprise") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_enterprise_verification"), type_="check")
        batch_op.drop_column("verification")

    with op.batch_alter_table("stored_file") as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_file_organizer_id"))
        batch_op.drop_index(batch_op.f("ix_stored_file_enterprise_id"))
        batch_op.drop_index(
            "ix_stored_file_due",
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.drop_table("stored_file")
