"""first schema."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "calendar_day",
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "workday",
                "restday",
                "holiday",
                "makeup_workday",
                name="daykind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("day_on", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "campaign",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("window_note", sa.Text(), nullable=False),
        sa.Column("target_groups", sa.Text(), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_campaign")),
    )
    op.create_table(
        "circle",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_circle")),
    )
    op.create_table(
        "duty",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("clause", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("event_kinds", sa.JSON(), nullable=False),
        sa.Column("operator", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("theme", sa.String(length=80), nullable=False),
        sa.Column(
            "relevance",
            sa.Enum(
                "scheduling",
                "scheduling_soft",
                "scheduling_rule",
                "reporting",
                "out_of_scope",
                name="relevance",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "strength",
            sa.Enum("must", "target", name="strength", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("validity_note", sa.String(length=80), nullable=False),
        sa.Column("quote_zh", sa.Text(), nullable=False),
        sa.Column("quote_verbatim", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_duty")),
    )
    op.create_table(
        "failed_sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_hash", sa.String(length=64), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_sign_in")),
    )
    with op.batch_alter_table("failed_sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_failed_sign_in_login_hash"), ["login_hash"], unique=False)

    op.create_table(
        "industry",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("theme_hint", sa.String(length=80), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_industry")),
    )
    op.create_table(
        "occupation_group",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_occupation_group")),
    )
    op.create_table(
        "parameter",
        sa.Column("key", sa.String(length=48), nullable=False),
        sa.Column("applies_to", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=24), nullable=False),
        sa.Column("default", sa.String(length=24), nullable=False),
        sa.Column("low", sa.String(length=24), nullable=False),
        sa.Column("high", sa.String(length=24), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_parameter")),
    )
    op.create_table(
        "skill_level",
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("rank", name=op.f("pk_skill_level")),
    )
    op.create_table(
        "venue_type",
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("indoor", sa.String(length=8), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_venue_type")),
    )
    op.create_table(
        "campaign_window",
        sa.Column("campaign_code", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_code"], ["campaign.code"], name=op.f("fk_campaign_window_campaign_code_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign_code", "year", name=op.f("pk_campaign_window")),
    )
    op.create_table(
        "division",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("pinyin", sa.String(length=80), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "province",
                "city",
                "county",
                "zone",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("parent_code", sa.String(length=6), nullable=True),
        sa.Column("circle_code", sa.String(length=32), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_code"], ["circle.code"], name=op.f("fk_division_circle_code_circle")
        ),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["division.code"], name=op.f("fk_division_parent_code_division")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_division")),
    )
    with op.batch_alter_table("division", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_division_parent_code"), ["parent_code"], unique=False)

    op.create_table(
        "crew",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_code", sa.String(length=6), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("staff > 0", name=op.f("ck_crew_staff")),
        sa.ForeignKeyConstraint(["city_code"], ["division.code"], name=op.f("fk_crew_city_code_division")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crew")),
    )
    with op.batch_alter_table("crew", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crew_city_code"), ["city_code"], unique=False)

    op.create_table(
        "duty_waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_code", sa.String(length=8), nullable=False),
        sa.Column("division_code", sa.String(length=6), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["division_code"], ["division.code"], name=op.f("fk_duty_waiver_division_code_division")
        ),
        sa.ForeignKeyConstraint(["duty_code"], ["duty.code"], name=op.f("fk_duty_waiver_duty_code_duty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_waiver")),
        sa.UniqueConstraint("duty_code", "division_code", "period", name=op.f("uq_duty_waiver_duty_code")),
    )
    op.create_table(
        "enterprise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=False),
        sa.Column("name_zh", sa.String(length=120), nullable=False),
        sa.Column("division_code", sa.String(length=6), nullable=False),
        sa.Column("city_code", sa.String(length=6), nullable=False),
        sa.Column("industry_code", sa.String(length=8), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["city_code"], ["division.code"], name=op.f("fk_enterprise_city_code_division")
        ),
        sa.ForeignKeyConstraint(
            ["division_code"], ["division.code"], name=op.f("fk_enterprise_division_code_division")
        ),
        sa.ForeignKeyConstraint(
            ["industry_code"], ["industry.code"], name=op.f("fk_enterprise_industry_code_industry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_enterprise_credit_code")),
    )
    with op.batch_alter_table("enterprise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enterprise_city_code"), ["city_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_enterprise_division_code"), ["division_code"], unique=False)

    op.create_table(
        "historic_division",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("current_code", sa.String(length=6), nullable=False),
        sa.Column("changed_year", sa.Integer(), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["current_code"], ["division.code"], name=op.f("fk_historic_division_current_code_division")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_historic_division")),
    )
    op.create_table(
        "host",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_code", sa.String(length=6), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["city_code"], ["division.code"], name=op.f("fk_host_city_code_division")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host")),
    )
    with op.batch_alter_table("host", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_host_city_code"), ["city_code"], unique=False)

    op.create_table(
        "organizer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=6), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(
            ["division_code"], ["division.code"], name=op.f("fk_organizer_division_code_division")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizer")),
        sa.UniqueConstraint("division_code", name=op.f("uq_organizer_division_code")),
    )
    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("type_code", sa.String(length=24), nullable=False),
        sa.Column("division_code", sa.String(length=6), nullable=False),
        sa.Column("city_code", sa.String(length=6), nullable=False),
        sa.Column("address_zh", sa.String(length=160), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("booths", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("equipment", sa.JSON(), nullable=False),
        sa.Column("setup_minutes", sa.Integer(), nullable=False),
        sa.Column("teardown_minutes", sa.Integer(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("booths >= 0 AND people > 0", name=op.f("ck_venue_sizes")),
        sa.CheckConstraint("setup_minutes >= 0 AND teardown_minutes >= 0", name=op.f("ck_venue_minutes")),
        sa.ForeignKeyConstraint(["city_code"], ["division.code"], name=op.f("fk_venue_city_code_division")),
        sa.ForeignKeyConstraint(
            ["division_code"], ["division.code"], name=op.f("fk_venue_division_code_division")
        ),
        sa.ForeignKeyConstraint(
            ["type_code"], ["venue_type.code"], name=op.f("fk_venue_type_code_venue_type")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
    )
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_venue_city_code"), ["city_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_venue_division_code"), ["division_code"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=160), nullable=False),
        sa.Column("organizer_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "planner",
                "publisher",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_account_organizer_id_organizer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_organizer_id"), ["organizer_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=80), nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "comprehensive",
                "professional",
                "campus",
                "livestream",
                "policy_talk",
                "online",
                "tour",
                "other",
                name="eventkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("title_zh", sa.String(length=160), nullable=False),
        sa.Column("title_en", sa.String(length=240), nullable=False),
        sa.Column("organizer_id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=6), nullable=False),
        sa.Column("city_code", sa.String(length=6), nullable=False),
        sa.Column("campaign_code", sa.String(length=40), nullable=True),
        sa.Column("industry_code", sa.String(length=8), nullable=True),
        sa.Column("window_first_on", sa.Date(), nullable=False),
        sa.Column("window_last_on", sa.Date(), nullable=False),
        sa.Column(
            "pattern",
            sa.Enum(
                "half_day",
                "full_day",
                "evening",
                "two_days",
                name="slotpattern",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("booths", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("venue_types", sa.JSON(), nullable=False),
        sa.Column("equipment", sa.JSON(), nullable=False),
        sa.Column("venues_needed", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("pinned_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pinned_venue_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "published",
                "cancelled",
                "held",
                name="eventstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("crew_id", sa.Integer(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("visible_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state <> 'published' OR starts_at IS NOT NULL", name=op.f("ck_event_published")),
        sa.CheckConstraint(
            "(starts_at IS NULL) = (ends_at IS NULL) AND starts_at < ends_at", name=op.f("ck_event_times")
        ),
        sa.CheckConstraint("booths >= 0 AND people >= 0 AND staff >= 0", name=op.f("ck_event_sizes")),
        sa.CheckConstraint("window_first_on <= window_last_on", name=op.f("ck_event_window")),
        sa.ForeignKeyConstraint(
            ["campaign_code"], ["campaign.code"], name=op.f("fk_event_campaign_code_campaign")
        ),
        sa.ForeignKeyConstraint(["city_code"], ["division.code"], name=op.f("fk_event_city_code_division")),
        sa.ForeignKeyConstraint(["crew_id"], ["crew.id"], name=op.f("fk_event_crew_id_crew")),
        sa.ForeignKeyConstraint(
            ["division_code"], ["division.code"], name=op.f("fk_event_division_code_division")
        ),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_event_host_id_host")),
        sa.ForeignKeyConstraint(
            ["industry_code"], ["industry.code"], name=op.f("fk_event_industry_code_industry")
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_event_organizer_id_organizer")
        ),
        sa.ForeignKeyConstraint(
            ["pinned_venue_id"], ["venue.id"], name=op.f("fk_event_pinned_venue_id_venue")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("uid", name=op.f("uq_event_uid")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_campaign_code"), ["campaign_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_division_code"), ["division_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_industry_code"), ["industry_code"], unique=False)
        batch_op.create_index("ix_event_quarter_city_code", ["quarter", "city_code"], unique=False)
        batch_op.create_index("ix_event_state_starts_at", ["state", "starts_at"], unique=False)

    op.create_table(
        "opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.String(length=80), nullable=False),
        sa.Column("occupation_code", sa.String(length=8), nullable=False),
        sa.Column("skill_rank", sa.Integer(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("wage_min", sa.Integer(), nullable=False),
        sa.Column("wage_max", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=6), nullable=False),
        sa.CheckConstraint("headcount > 0", name=op.f("ck_opening_headcount")),
        sa.CheckConstraint("wage_min > 0 AND wage_min <= wage_max", name=op.f("ck_opening_wage")),
        sa.ForeignKeyConstraint(
            ["division_code"], ["division.code"], name=op.f("fk_opening_division_code_division")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_opening_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["occupation_code"],
            ["occupation_group.code"],
            name=op.f("fk_opening_occupation_code_occupation_group"),
        ),
        sa.ForeignKeyConstraint(
            ["skill_rank"], ["skill_level.rank"], name=op.f("fk_opening_skill_rank_skill_level")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
    )
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opening_enterprise_id"), ["enterprise_id"], unique=False)

    op.create_table(
        "venue_closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("reason_zh", sa.String(length=120), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_venue_closure_days")),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_venue_closure_venue_id_venue"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue_closure")),
    )
    with op.batch_alter_table("venue_closure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_venue_closure_venue_id"), ["venue_id"], unique=False)

    op.create_table(
        "venue_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("iso_weekday", sa.Integer(), nullable=False),
        sa.Column("opens_minute", sa.Integer(), nullable=False),
        sa.Column("closes_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint("iso_weekday BETWEEN 1 AND 7", name=op.f("ck_venue_opening_iso_weekday")),
        sa.CheckConstraint(
            "opens_minute >= 0 AND opens_minute < closes_minute AND closes_minute <= 1440",
            name=op.f("ck_venue_opening_opening"),
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_venue_opening_venue_id_venue"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue_opening")),
        sa.UniqueConstraint("venue_id", "iso_weekday", name=op.f("uq_venue_opening_venue_id")),
    )
    op.create_table(
        "event_duty",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("duty_code", sa.String(length=8), nullable=False),
        sa.Column("period", sa.String(length=48), nullable=False),
        sa.ForeignKeyConstraint(["duty_code"], ["duty.code"], name=op.f("fk_event_duty_duty_code_duty")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_duty_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "duty_code", "period", name=op.f("pk_event_duty")),
    )
    op.create_table(
        "event_venue",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_venue_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_event_venue_venue_id_venue")),
        sa.PrimaryKeyConstraint("event_id", "venue_id", name=op.f("pk_event_venue")),
    )
    with op.batch_alter_table("event_venue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_venue_venue_id"), ["venue_id"], unique=False)

    op.create_table(
        "feed_entry",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("vevent", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_feed_entry_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_feed_entry")),
    )
    op.create_table(
        "hold",
        sa.Column(
            "resource",
            sa.Enum(
                "venue", "crew", "host", name="resource", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_hold_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("resource", "resource_id", "day_on", "period", name=op.f("pk_hold")),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_event_id"), ["event_id"], unique=False)

    op.create_table(
        "plan_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("scope_code", sa.String(length=6), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "done",
                "cancelled",
                "interrupted",
                "failed",
                name="runstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["account.id"], name=op.f("fk_plan_run_requested_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["scope_code"], ["division.code"], name=op.f("fk_plan_run_scope_code_division")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_run")),
    )
    with op.batch_alter_table("plan_run", schema=None) as batch_op:
        batch_op.create_index(
            "uq_plan_run_active",
            ["quarter", "scope_code"],
            unique=True,
            sqlite_where=sa.text("state IN ('queued', 'running')"),
            postgresql_where=sa.text("state IN ('queued', 'running')"),
        )

    op.create_table(
        "registration",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "approved",
                "refused",
                "withdrawn",
                name="registrationstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_registration_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registration_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "enterprise_id", name=op.f("pk_registration")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_enterprise_id"), ["enterprise_id"], unique=False)

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
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_account_id"), ["account_id"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("scope_code", sa.String(length=6), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "superseded",
                name="planstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("costs_by_goal", sa.JSON(), nullable=False),
        sa.Column("solve_seconds", sa.Double(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("problem_hash", sa.String(length=64), nullable=False),
        sa.Column("input_version", sa.String(length=64), nullable=False),
        sa.Column("difference", sa.JSON(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["plan_run.id"], name=op.f("fk_plan_run_id_plan_run")),
        sa.ForeignKeyConstraint(["scope_code"], ["division.code"], name=op.f("fk_plan_scope_code_division")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("run_id", name=op.f("uq_plan_run_id")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_quarter"), ["quarter"], unique=False)

    op.create_table(
        "run_progress",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["plan_run.id"], name=op.f("fk_run_progress_run_id_plan_run"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "milliseconds", name=op.f("pk_run_progress")),
    )
    op.create_table(
        "left_out",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_left_out_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_left_out_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("plan_id", "event_id", name=op.f("pk_left_out")),
    )
    op.create_table(
        "placement",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("crew_id", sa.Integer(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("costs", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["crew_id"], ["crew.id"], name=op.f("fk_placement_crew_id_crew")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_placement_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_placement_host_id_host")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_placement_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("plan_id", "event_id", name=op.f("pk_placement")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_event_id"), ["event_id"], unique=False)

    op.create_table(
        "placement_venue",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_placement_venue_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_placement_venue_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_placement_venue_venue_id_venue")),
        sa.PrimaryKeyConstraint("plan_id", "event_id", "venue_id", name=op.f("pk_placement_venue")),
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_publication_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["published_by"], ["account.id"], name=op.f("fk_publication_published_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_table(
        "event_change",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "published",
                "moved",
                "cancelled",
                name="changekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_change_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_event_change_publication_id_publication"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("publication_id", "event_id", name=op.f("pk_event_change")),
    )
    with op.batch_alter_table("event_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_change_event_id"), ["event_id"], unique=False)


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("event_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_change_event_id"))

    op.drop_table("event_change")
    op.drop_table("publication")
    op.drop_table("placement_venue")
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_event_id"))

    op.drop_table("placement")
    op.drop_table("left_out")
    op.drop_table("run_progress")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_quarter"))

    op.drop_table("plan")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_account_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_enterprise_id"))

    op.drop_table("registration")
    with op.batch_alter_table("plan_run", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_plan_run_active",
            sqlite_where=sa.text("state IN ('queued', 'running')"),
            postgresql_where=sa.text("state IN ('queued', 'running')"),
        )

    op.drop_table("plan_run")
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hold_event_id"))

    op.drop_table("hold")
    op.drop_table("feed_entry")
    with op.batch_alter_table("event_venue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_venue_venue_id"))

    op.drop_table("event_venue")
    op.drop_table("event_duty")
    op.drop_table("venue_opening")
    with op.batch_alter_table("venue_closure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_venue_closure_venue_id"))

    op.drop_table("venue_closure")
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opening_enterprise_id"))

    op.drop_table("opening")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_state_starts_at")
        batch_op.drop_index("ix_event_quarter_city_code")
        batch_op.drop_index(batch_op.f("ix_event_industry_code"))
        batch_op.drop_index(batch_op.f("ix_event_division_code"))
        batch_op.drop_index(batch_op.f("ix_event_campaign_code"))

    op.drop_table("event")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_organizer_id"))

    op.drop_table("account")
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_venue_division_code"))
        batch_op.drop_index(batch_op.f("ix_venue_city_code"))

    op.drop_table("venue")
    op.drop_table("organizer")
    with op.batch_alter_table("host", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_host_city_code"))

    op.drop_table("host")
    op.drop_table("historic_division")
    with op.batch_alter_table("enterprise", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enterprise_division_code"))
        batch_op.drop_index(batch_op.f("ix_enterprise_city_code"))

    op.drop_table("enterprise")
    op.drop_table("duty_waiver")
    with op.batch_alter_table("crew", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crew_city_code"))

    op.drop_table("crew")
    with op.batch_alter_table("division", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_division_parent_code"))

    op.drop_table("division")
    op.drop_table("campaign_window")
    op.drop_table("venue_type")
    op.drop_table("skill_level")
    op.drop_table("parameter")
    op.drop_table("occupation_group")
    op.drop_table("industry")
    with op.batch_alter_table("failed_sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_failed_sign_in_login_hash"))

    op.drop_table("failed_sign_in")
    op.drop_table("duty")
    op.drop_table("circle")
    op.drop_table("campaign")
    op.drop_table("calendar_day")
