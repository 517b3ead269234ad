"""Accounts of three kinds with roles and second factors, delegation, sharing in circles, the outbox."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ONE_KIND = (
    "(kind = 'organizer') = (organizer_id IS NOT NULL)"
    " AND (kind = 'enterprise') = (enterprise_id IS NOT NULL)"
    " AND (enterprise_id IS NULL) = (enterprise_role IS NULL)"
)


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.String(length=120), nullable=False),
        sa.Column("recipient", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sending",
                "sent",
                "dropped",
                "failed",
                name="messagestate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("kind", "cause", "recipient", name=op.f("uq_message_kind")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(
            "ix_message_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('waiting', 'sending')"),
            postgresql_where=sa.text("state IN ('waiting', 'sending')"),
        )

    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "planner",
                "publisher",
                "reviewer",
                "check_in",
                "auditor",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_account_role_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "role", name=op.f("pk_account_role")),
    )
    op.create_table(
        "circle_share",
        sa.Column("city_code", sa.String(length=6), nullable=False),
        sa.Column(
            "what",
            sa.Enum(
                "venues",
                "crews",
                "hosts",
                name="shareable",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("shared_by", sa.Integer(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["city_code"], ["division.code"], name=op.f("fk_circle_share_city_code_division")
        ),
        sa.ForeignKeyConstraint(
            ["shared_by"], ["account.id"], name=op.f("fk_circle_share_shared_by_account")
        ),
        sa.PrimaryKeyConstraint("city_code", "what", name=op.f("pk_circle_share")),
    )
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_organizer_id", sa.Integer(), nullable=False),
        sa.Column("to_organizer_id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=6), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "planner",
                "publisher",
                "reviewer",
                "check_in",
                "auditor",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("delegated_by", sa.Integer(), nullable=False),
        sa.Column("delegated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('planner', 'publisher', 'reviewer', 'check_in')", name=op.f("ck_delegation_delegable")
        ),
        sa.CheckConstraint("from_organizer_id <> to_organizer_id", name=op.f("ck_delegation_other")),
        sa.ForeignKeyConstraint(
            ["delegated_by"], ["account.id"], name=op.f("fk_delegation_delegated_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["division_code"], ["division.code"], name=op.f("fk_delegation_division_code_division")
        ),
        sa.ForeignKeyConstraint(
            ["from_organizer_id"], ["organizer.id"], name=op.f("fk_delegation_from_organizer_id_organizer")
        ),
        sa.ForeignKeyConstraint(
            ["to_organizer_id"], ["organizer.id"], name=op.f("fk_delegation_to_organizer_id_organizer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delegation_from_organizer_id"), ["from_organizer_id"], unique=False
        )
        batch_op.create_index(
            "uq_delegation_standing",
            ["to_organizer_id", "division_code", "role"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_identity_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_issuer")),
    )
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_account_id"), ["account_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "organizer",
                "enterprise",
                "seeker",
                name="accountkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("organizer_id", sa.Integer(), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column(
            "enterprise_role",
            sa.Enum(
                "owner", "staff", name="enterpriserole", native_enum=False, create_constraint=True, length=24
            ),
            nullable=True,
        ),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=True),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(ONE_KIND, name=op.f("ck_invitation_one_kind")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_invitation_enterprise_id_enterprise")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["account.id"], name=op.f("fk_invitation_invited_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_invitation_organizer_id_organizer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_enterprise_id"), ["enterprise_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_organizer_id"), ["organizer_id"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_recovery_code_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "second_factor",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("sealed_secret", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_second_factor_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "support_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("viewer_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_support_view_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["viewer_id"], ["account.id"], name=op.f("fk_support_view_viewer_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_view")),
    )
    with op.batch_alter_table("support_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_view_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_view_viewer_id"), ["viewer_id"], unique=False)

    op.create_table(
        "used_code",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("time_step", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_used_code_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "time_step", name=op.f("pk_used_code")),
    )
    op.execute("INSERT INTO account_role (account_id, role) SELECT id, role FROM account")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.String(length=120), nullable=True))
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "organizer",
                    "enterprise",
                    "seeker",
                    name="accountkind",
                    native_enum=False,
                    create_constraint=True,
                    length=24,
                ),
                server_default=sa.text("'organizer'"),
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("enterprise_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "enterprise_role",
                sa.Enum(
                    "owner",
                    "staff",
                    name="enterpriserole",
                    native_enum=False,
                    create_constraint=True,
                    length=24,
                ),
                nullable=True,
            )
        )
        batch_op.alter_column("organizer_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(batch_op.f("ix_account_enterprise_id"), ["enterprise_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_account_enterprise_id_enterprise"), "enterprise", ["enterprise_id"], ["id"]
        )
        batch_op.create_check_constraint(op.f("ck_account_one_kind"), ONE_KIND)
        batch_op.drop_constraint(op.f("ck_account_role"), type_="check")
        batch_op.drop_column("role")

    with op.batch_alter_table("organizer", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("publishes_itself", sa.Boolean(), server_default=sa.text("true"), nullable=False)
        )

    _rebuild_sign_ins()


def _rebuild_sign_ins() -> None:
    """Make the table anew: everybody signs in once more."""
    op.drop_table("sign_in")
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("complete_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("browser", sa.String(length=80), nullable=False),
        sa.Column("working_in", sa.String(length=6), nullable=True),
        sa.Column("support_view_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["working_in"], ["division.code"], name=op.f("fk_sign_in_working_in_division")
        ),
        sa.ForeignKeyConstraint(
            ["support_view_id"], ["support_view.id"], name=op.f("fk_sign_in_support_view_id_support_view")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"])


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("sign_in")
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id_account")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"])
    with op.batch_alter_table("organizer", schema=None) as batch_op:
        batch_op.drop_column("publishes_itself")

    _back_to_one_role()

    op.drop_table("used_code")
    with op.batch_alter_table("support_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_view_viewer_id"))
        batch_op.drop_index(batch_op.f("ix_support_view_account_id"))

    op.drop_table("support_view")
    op.drop_table("second_factor")
    op.drop_table("recovery_code")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_organizer_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_enterprise_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identity_account_id"))

    op.drop_table("identity")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_delegation_standing",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_delegation_from_organizer_id"))

    op.drop_table("delegation")
    op.drop_table("circle_share")
    op.drop_table("account_role")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_message_due",
            sqlite_where=sa.text("state IN ('waiting', 'sending')"),
            postgresql_where=sa.text("state IN ('waiting', 'sending')"),
        )

    op.drop_table("message")


def _back_to_one_role() -> None:
    """Keep each member's weightiest of the old roles; accounts of other kinds and roles go."""
    op.execute("DELETE FROM account WHERE kind <> 'organizer'")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("role", sa.String(length=24), server_default="auditor", nullable=False))
    for role in ("planner", "publisher"):
        op.execute(
            f"UPDATE account SET role = '{role}' WHERE id IN"  # noqa: S608 — our own words
            f" (SELECT account_id FROM account_role WHERE role = '{role}')"
        )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column("role", server_default=None)
        batch_op.create_check_constraint(
            op.f("ck_account_role"), "role IN ('planner', 'publisher', 'auditor')"
        )
        batch_op.drop_constraint(op.f("ck_account_one_kind"), type_="check")
        batch_op.drop_constraint(op.f("ck_account_accountkind"), type_="check")
        batch_op.drop_constraint(op.f("ck_account_enterpriserole"), type_="check")
        batch_op.drop_constraint(op.f("fk_account_enterprise_id_enterprise"), type_="foreignkey")
        batch_op.drop_index(op.f("ix_account_enterprise_id"))
        batch_op.alter_column("organizer_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column("enterprise_role")
        batch_op.drop_column("enterprise_id")
        batch_op.drop_column("kind")
        batch_op.drop_column("email")
