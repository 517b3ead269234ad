"""livestreams."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "stream_channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_code", sa.String(length=6), nullable=False),
        sa.Column(
            "platform",
            sa.Enum(
                "douyin",
                "kuaishou",
                "wechat",
                "bilibili",
                "other",
                name="platform",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["city_code"], ["division.code"], name=op.f("fk_stream_channel_city_code_division")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream_channel")),
        sa.UniqueConstraint("city_code", "platform", "name_zh", name=op.f("uq_stream_channel_city_code")),
    )
    with op.batch_alter_table("stream_channel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stream_channel_city_code"), ["city_code"], unique=False)

    op.create_table(
        "channel_hold",
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["stream_channel.id"], name=op.f("fk_channel_hold_channel_id_stream_channel")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_channel_hold_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_id", "day_on", "period", name=op.f("pk_channel_hold")),
    )
    with op.batch_alter_table("channel_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_channel_hold_event_id"), ["event_id"], unique=False)

    op.create_table(
        "livestream",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "preparing",
                "open",
                "closed",
                "held",
                name="livestreamstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("lead_minutes", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stream_url", sa.String(length=300), nullable=True),
        sa.Column("replay_url", sa.String(length=300), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "replay_url IS NULL OR substr(replay_url, 1, 8) = 'https://'",
            name=op.f("ck_livestream_replay_url"),
        ),
        sa.CheckConstraint("state <> 'open' OR closes_at IS NOT NULL", name=op.f("ck_livestream_open")),
        sa.CheckConstraint(
            "stream_url IS NULL OR substr(stream_url, 1, 8) = 'https://'",
            name=op.f("ck_livestream_stream_url"),
        ),
        sa.CheckConstraint("lead_minutes BETWEEN 0 AND 30", name=op.f("ck_livestream_lead")),
        sa.CheckConstraint("turns BETWEEN 1 AND 20", name=op.f("ck_livestream_turns")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["stream_channel.id"], name=op.f("fk_livestream_channel_id_stream_channel")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_livestream_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_livestream")),
    )
    with op.batch_alter_table("livestream", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_livestream_channel_id"), ["channel_id"], unique=False)

    op.create_table(
        "run_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "replaced",
                name="sheetstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("undo", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_by_solver", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'draft') = (published_at IS NULL)", name=op.f("ck_run_sheet_published")),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["livestream.event_id"],
            name=op.f("fk_run_sheet_event_id_livestream"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["account.id"],
            name=op.f("fk_run_sheet_published_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_sheet")),
        sa.UniqueConstraint("event_id", "version", name=op.f("uq_run_sheet_event_id")),
    )
    with op.batch_alter_table("run_sheet", schema=None) as batch_op:
        batch_op.create_index(
            "uq_run_sheet_draft",
            ["event_id"],
            unique=True,
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )
        batch_op.create_index(
            "uq_run_sheet_published",
            ["event_id"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.create_table(
        "stream_turn",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("minutes_wanted", sa.Integer(), nullable=False),
        sa.Column("about_zh", sa.String(length=400), server_default=sa.text("('')"), nullable=False),
        sa.Column("questions_zh", sa.String(length=1200), server_default=sa.text("('')"), nullable=False),
        sa.Column("rules_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes_wanted BETWEEN 5 AND 60", name=op.f("ck_stream_turn_minutes")),
        sa.CheckConstraint("ordinal BETWEEN 1 AND 20", name=op.f("ck_stream_turn_ordinal")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_stream_turn_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "enterprise_id"],
            ["registration.event_id", "registration.enterprise_id"],
            name=op.f("fk_stream_turn_event_id_registration"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["livestream.event_id"],
            name=op.f("fk_stream_turn_event_id_livestream"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "ordinal", name=op.f("pk_stream_turn")),
        sa.UniqueConstraint("event_id", "enterprise_id", name=op.f("uq_stream_turn_event_id")),
    )
    with op.batch_alter_table("stream_turn", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stream_turn_enterprise_id"), ["enterprise_id"], unique=False)

    op.create_table(
        "stream_opening",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("replay_second", sa.Integer(), nullable=True),
        sa.Column("views", sa.Integer(), nullable=True),
        sa.Column("resumes", sa.Integer(), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("replay_second >= 0", name=op.f("ck_stream_opening_replay_second")),
        sa.CheckConstraint("views >= 0 AND resumes >= 0", name=op.f("ck_stream_opening_counts")),
        sa.ForeignKeyConstraint(
            ["event_id", "enterprise_id", "opening_id"],
            [
                "registration_opening.event_id",
                "registration_opening.enterprise_id",
                "registration_opening.opening_id",
            ],
            name="fk_stream_opening_brought",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "opening_id", name=op.f("pk_stream_opening")),
    )
    with op.batch_alter_table("stream_opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stream_opening_opening_id"), ["opening_id"], unique=False)

    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hours_zh", sa.String(length=80), nullable=True))
        batch_op.add_column(
            sa.Column(
                "insurance",
                sa.Enum(
                    "five_and_fund",
                    "five",
                    "injury",
                    "none",
                    name="insurance",
                    native_enum=False,
                    create_constraint=True,
                    length=24,
                ),
                nullable=True,
            )
        )


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_opening_insurance"), type_="check")
        batch_op.drop_column("insurance")
        batch_op.drop_column("hours_zh")

    with op.batch_alter_table("stream_opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stream_opening_opening_id"))

    op.drop_table("stream_opening")
    with op.batch_alter_table("stream_turn", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stream_turn_enterprise_id"))

    op.drop_table("stream_turn")
    with op.batch_alter_table("run_sheet", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_run_sheet_published",
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.drop_index(
            "uq_run_sheet_draft",
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )

    op.drop_table("run_sheet")
    with op.batch_alter_table("livestream", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_livestream_channel_id"))

    op.drop_table("livestream")
    with op.batch_alter_table("channel_hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_channel_hold_event_id"))

    op.drop_table("channel_hold")
    with op.batch_alter_table("stream_channel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stream_channel_city_code"))

    op.drop_table("stream_channel")
