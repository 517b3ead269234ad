"""booths and bookings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "booking_rules",
        sa.Column("organizer_id", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "first_come", "allocation", name="way", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("booths_each", sa.Integer(), nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("hold_minutes", sa.Integer(), nullable=False),
        sa.Column("closes_lead_days", sa.Integer(), nullable=False),
        sa.Column("cancel_lead_days", sa.Integer(), nullable=False),
        sa.Column("check_in_minute", sa.Integer(), nullable=False),
        sa.Column("no_show_limit", sa.Integer(), nullable=False),
        sa.Column(
            "no_show_bar",
            sa.Enum(
                "none",
                "next_fair",
                "quarter",
                "year",
                name="bar",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("fairs_a_month", sa.Integer(), nullable=False),
        sa.Column("consecutive", sa.Boolean(), nullable=False),
        sa.Column("walk_in", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "booths_each BETWEEN 1 AND 20 AND hold_minutes BETWEEN 1 AND 1440",
            name=op.f("ck_booking_rules_booking"),
        ),
        sa.CheckConstraint(
            "cancel_lead_days >= 0 AND closes_lead_days >= 0 AND no_show_limit >= 1 AND fairs_a_month >= 0",
            name=op.f("ck_booking_rules_counts"),
        ),
        sa.CheckConstraint("check_in_minute BETWEEN 0 AND 1439", name=op.f("ck_booking_rules_check_in")),
        sa.ForeignKeyConstraint(
            ["organizer_id"],
            ["organizer.id"],
            name=op.f("fk_booking_rules_organizer_id_organizer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organizer_id", name=op.f("pk_booking_rules")),
    )
    op.create_table(
        "floor_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "ready",
                "retired",
                name="floorstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("depth_mm", sa.Integer(), nullable=False),
        sa.Column("outline", sa.JSON(), nullable=False),
        sa.Column("fixtures", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("width_mm > 0 AND depth_mm > 0", name=op.f("ck_floor_plan_sizes")),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_floor_plan_venue_id_venue"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor_plan")),
        sa.UniqueConstraint("venue_id", "version", name=op.f("uq_floor_plan_venue_id")),
    )
    op.create_table(
        "booking_terms",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "first_come", "allocation", name="way", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancel_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("check_in_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booths_each", sa.Integer(), nullable=False),
        sa.Column("hold_minutes", sa.Integer(), nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("walk_in", sa.Boolean(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("seed_hash", sa.String(length=64), nullable=False),
        sa.Column("allocated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "booths_each BETWEEN 1 AND 20 AND hold_minutes BETWEEN 1 AND 1440",
            name=op.f("ck_booking_terms_booking"),
        ),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_booking_terms_window")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_booking_terms_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_booking_terms")),
    )
    op.create_table(
        "booth",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("floor_plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("zone_code", sa.String(length=12), nullable=True),
        sa.Column("x_mm", sa.Integer(), nullable=False),
        sa.Column("y_mm", sa.Integer(), nullable=False),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("depth_mm", sa.Integer(), nullable=False),
        sa.Column("power", sa.Boolean(), nullable=False),
        sa.Column("network", sa.Boolean(), nullable=False),
        sa.Column("accessible", sa.Boolean(), nullable=False),
        sa.Column("usable", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "x_mm >= 0 AND y_mm >= 0 AND width_mm > 0 AND depth_mm > 0", name=op.f("ck_booth_sizes")
        ),
        sa.ForeignKeyConstraint(
            ["floor_plan_id"],
            ["floor_plan.id"],
            name=op.f("fk_booth_floor_plan_id_floor_plan"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth")),
        sa.UniqueConstraint("floor_plan_id", "code", name=op.f("uq_booth_floor_plan_id")),
    )
    op.create_table(
        "event_floor",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("floor_plan_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_floor_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["floor_plan_id"], ["floor_plan.id"], name=op.f("fk_event_floor_floor_plan_id_floor_plan")
        ),
        sa.PrimaryKeyConstraint("event_id", "floor_plan_id", name=op.f("pk_event_floor")),
    )
    with op.batch_alter_table("event_floor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_floor_floor_plan_id"), ["floor_plan_id"], unique=False)

    op.create_table(
        "floor_zone",
        sa.Column("floor_plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("industry_codes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["floor_plan_id"],
            ["floor_plan.id"],
            name=op.f("fk_floor_zone_floor_plan_id_floor_plan"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("floor_plan_id", "code", name=op.f("pk_floor_zone")),
    )
    op.create_table(
        "no_show",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("appeal", sa.String(length=600), nullable=True),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=200), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_no_show_answered_by_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_no_show_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_no_show_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_no_show")),
        sa.UniqueConstraint("event_id", "enterprise_id", name=op.f("uq_no_show_event_id")),
    )
    with op.batch_alter_table("no_show", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_no_show_enterprise_id"), ["enterprise_id"], unique=False)

    op.create_table(
        "place_count",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken BETWEEN 0 AND capacity", name=op.f("ck_place_count_taken")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_place_count_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_place_count")),
    )
    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("serial", sa.String(length=32), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "valid", "cancelled", name="ticketstate", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_ticket_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_ticket_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("serial", name=op.f("uq_ticket_serial")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ticket_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            "uq_ticket_account",
            ["event_id", "account_id"],
            unique=True,
            sqlite_where=sa.text("state = 'valid'"),
            postgresql_where=sa.text("state = 'valid'"),
        )

    op.create_table(
        "waiting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "wanted",
            sa.Enum(
                "booth",
                "stream_turn",
                "place",
                name="waitingfor",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "offered",
                "accepted",
                "lapsed",
                "withdrawn",
                name="waitingstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offer_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'offered') = (offer_until IS NOT NULL)", name=op.f("ck_waiting_offer")),
        sa.CheckConstraint("(enterprise_id IS NULL) <> (account_id IS NULL)", name=op.f("ck_waiting_one")),
        sa.CheckConstraint("quantity BETWEEN 1 AND 20", name=op.f("ck_waiting_quantity")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_waiting_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_waiting_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_waiting_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
    )
    with op.batch_alter_table("waiting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_waiting_enterprise_id"), ["enterprise_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_waiting_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            "uq_waiting_account",
            ["event_id", "wanted", "account_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'offered')"),
            postgresql_where=sa.text("state IN ('waiting', 'offered')"),
        )
        batch_op.create_index(
            "uq_waiting_enterprise",
            ["event_id", "wanted", "enterprise_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'offered')"),
            postgresql_where=sa.text("state IN ('waiting', 'offered')"),
        )

    op.create_table(
        "avoided_neighbour",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("enterprise_id <> other_id", name=op.f("ck_avoided_neighbour_other")),
        sa.ForeignKeyConstraint(
            ["event_id", "enterprise_id"],
            ["registration.event_id", "registration.enterprise_id"],
            name=op.f("fk_avoided_neighbour_event_id_registration"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["enterprise.id"],
            name=op.f("fk_avoided_neighbour_other_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "enterprise_id", "other_id", name=op.f("pk_avoided_neighbour")),
    )
    with op.batch_alter_table("avoided_neighbour", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_avoided_neighbour_other_id"), ["other_id"], unique=False)

    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "held",
                "confirmed",
                "checked_in",
                "lapsed",
                "cancelled",
                "no_show",
                name="bookingstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "first_come",
                "allocation",
                "organizer",
                "waiting_list",
                name="bookingsource",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("booked_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (state IN ('held', 'confirmed', 'checked_in'))",
            name=op.f("ck_booking_ended"),
        ),
        sa.CheckConstraint("(state = 'held') = (held_until IS NOT NULL)", name=op.f("ck_booking_held")),
        sa.ForeignKeyConstraint(
            ["booked_by"], ["account.id"], name=op.f("fk_booking_booked_by_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_booking_enterprise_id_enterprise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "enterprise_id"],
            ["registration.event_id", "registration.enterprise_id"],
            name=op.f("fk_booking_event_id_registration"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_booking_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booking_enterprise_id"), ["enterprise_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_booking_held_until", ["held_until"], unique=False)
        batch_op.create_index(
            "uq_booking_standing",
            ["event_id", "enterprise_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('held', 'confirmed', 'checked_in')"),
            postgresql_where=sa.text("state IN ('held', 'confirmed', 'checked_in')"),
        )

    op.create_table(
        "booth_wish",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=True),
        sa.Column("zone_code", sa.String(length=12), nullable=True),
        sa.CheckConstraint("(booth_id IS NULL) <> (zone_code IS NULL)", name=op.f("ck_booth_wish_one")),
        sa.CheckConstraint("rank BETWEEN 1 AND 20", name=op.f("ck_booth_wish_rank")),
        sa.ForeignKeyConstraint(
            ["booth_id"], ["booth.id"], name=op.f("fk_booth_wish_booth_id_booth"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "enterprise_id"],
            ["registration.event_id", "registration.enterprise_id"],
            name=op.f("fk_booth_wish_event_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "enterprise_id", "rank", name=op.f("pk_booth_wish")),
    )
    with op.batch_alter_table("booth_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booth_wish_booth_id"), ["booth_id"], unique=False)

    op.create_table(
        "registration_opening",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "enterprise_id"],
            ["registration.event_id", "registration.enterprise_id"],
            name=op.f("fk_registration_opening_event_id_registration"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"],
            ["opening.id"],
            name=op.f("fk_registration_opening_opening_id_opening"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "enterprise_id", "opening_id", name=op.f("pk_registration_opening")
        ),
    )
    with op.batch_alter_table("registration_opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_opening_opening_id"), ["opening_id"], unique=False)

    op.create_table(
        "booth_hold",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_booth_hold_booking_id_booking"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_booth_hold_booth_id_booth")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_booth_hold_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "booth_id", name=op.f("pk_booth_hold")),
    )
    with op.batch_alter_table("booth_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booth_hold_booking_id"), ["booking_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booth_hold_booth_id"), ["booth_id"], unique=False)

    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("booths_wanted", sa.Integer(), server_default=sa.text("1"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("needs_power", sa.Boolean(), server_default=sa.text("(false)"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("needs_network", sa.Boolean(), server_default=sa.text("(false)"), nullable=False)
        )
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("answered_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("answer", sa.String(length=200), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_registration_booths_wanted"), "booths_wanted BETWEEN 1 AND 20"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_registration_answered_by_account"),
            "account",
            ["answered_by"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_registration_answered_by_account"), type_="foreignkey")
        batch_op.drop_column("answer")
        batch_op.drop_column("answered_by")
        batch_op.drop_column("answered_at")
        batch_op.drop_column("needs_network")
        batch_op.drop_column("needs_power")
        batch_op.drop_constraint(batch_op.f("ck_registration_booths_wanted"), type_="check")
        batch_op.drop_column("booths_wanted")

    with op.batch_alter_table("booth_hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booth_hold_booth_id"))
        batch_op.drop_index(batch_op.f("ix_booth_hold_booking_id"))

    op.drop_table("booth_hold")
    with op.batch_alter_table("registration_opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_opening_opening_id"))

    op.drop_table("registration_opening")
    with op.batch_alter_table("booth_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booth_wish_booth_id"))

    op.drop_table("booth_wish")
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_booking_standing",
            sqlite_where=sa.text("state IN ('held', 'confirmed', 'checked_in')"),
            postgresql_where=sa.text("state IN ('held', 'confirmed', 'checked_in')"),
        )
        batch_op.drop_index("ix_booking_held_until")
        batch_op.drop_index(batch_op.f("ix_booking_event_id"))
        batch_op.drop_index(batch_op.f("ix_booking_enterprise_id"))

    op.drop_table("booking")
    with op.batch_alter_table("avoided_neighbour", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_avoided_neighbour_other_id"))

    op.drop_table("avoided_neighbour")
    with op.batch_alter_table("waiting", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_waiting_enterprise",
            sqlite_where=sa.text("state IN ('waiting', 'offered')"),
            postgresql_where=sa.text("state IN ('waiting', 'offered')"),
        )
        batch_op.drop_index(
            "uq_waiting_account",
            sqlite_where=sa.text("state IN ('waiting', 'offered')"),
            postgresql_where=sa.text("state IN ('waiting', 'offered')"),
        )
        batch_op.drop_index(batch_op.f("ix_waiting_event_id"))
        batch_op.drop_index(batch_op.f("ix_waiting_enterprise_id"))
        batch_op.drop_index(batch_op.f("ix_waiting_account_id"))

    op.drop_table("waiting")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_ticket_account",
            sqlite_where=sa.text("state = 'valid'"),
            postgresql_where=sa.text("state = 'valid'"),
        )
        batch_op.drop_index(batch_op.f("ix_ticket_event_id"))
        batch_op.drop_index(batch_op.f("ix_ticket_account_id"))

    op.drop_table("ticket")
    op.drop_table("place_count")
    with op.batch_alter_table("no_show", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_no_show_enterprise_id"))

    op.drop_table("no_show")
    op.drop_table("floor_zone")
    with op.batch_alter_table("event_floor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_floor_floor_plan_id"))

    op.drop_table("event_floor")
    op.drop_table("booth")
    op.drop_table("booking_terms")
    op.drop_table("floor_plan")
    op.drop_table("booking_rules")
