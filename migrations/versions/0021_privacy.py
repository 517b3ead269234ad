"""Privacy: notices, consents, erasures, the sweeping of what is no longer needed, and whose a letter is."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PURPOSES = ("account", "reminders")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("erased_at", MOMENT, nullable=True))
    with op.batch_alter_table("message") as batch:
        batch.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_message_account_id_account"), "account", ["account_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_index(batch.f("ix_message_account_id"), ["account_id"], unique=False)
    with op.batch_alter_table("sign_in") as batch:
        batch.create_index(batch.f("ix_sign_in_expires_at"), ["expires_at"], unique=False)
    op.create_table(
        "privacy_notice",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_privacy_notice")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_privacy_notice_fingerprint")),
    )
    _create_consent()
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("erased", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("erased_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_erasure_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("account_id", name=op.f("uq_erasure_account_id")),
    )
    op.create_table(
        "sweeping",
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("swept_at", MOMENT, nullable=True),
        sa.Column("rows_last", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("rule", name=op.f("pk_sweeping")),
    )


def _create_consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(*PURPOSES, name="purpose", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("notice_number", sa.Integer(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_consent_account_id_account")),
        sa.ForeignKeyConstraint(
            ["notice_number"],
            ["privacy_notice.number"],
            name=op.f("fk_consent_notice_number_privacy_notice"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    stands = sa.text("withdrawn_at IS NULL")
    with op.batch_alter_table("consent") as batch:
        batch.create_index(
            "uq_consent_standing",
            ["account_id", "purpose"],
            unique=True,
            sqlite_where=stands,
            postgresql_where=stands,
        )


def downgrade() -> None:
    """Take this step back."""
    for table in ("sweeping", "erasure", "consent", "privacy_notice"):
        op.drop_table(table)
    with op.batch_alter_table("sign_in") as batch:
        batch.drop_index(batch.f("ix_sign_in_expires_at"))
    with op.batch_alter_table("message") as batch:
        batch.drop_index(batch.f("ix_message_account_id"))
        batch.drop_constraint(batch.f("fk_message_account_id_account"), type_="foreignkey")
        batch.drop_column("account_id")
    with op.batch_alter_table("account") as batch:
        batch.drop_column("erased_at")
