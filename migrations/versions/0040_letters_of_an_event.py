"""Letters know the event and the enterprise that they are about, and keep what they said."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0040"
down_revision: str | None = "0039"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ABOUT = ("event", "enterprise")
FOUND_BY = """
UPDATE message SET event_id = found.event_id, enterprise_id = found.enterprise_id
  FROM booking AS found WHERE found.id = CAST(message.payload ->> 'booking' AS INTEGER);
UPDATE message SET event_id = found.event_id, enterprise_id = found.enterprise_id
  FROM no_show AS found WHERE found.id = CAST(message.payload ->> 'no_show' AS INTEGER);
UPDATE message SET event_id = found.event_id, enterprise_id = found.enterprise_id
  FROM waiting AS found WHERE found.id = CAST(message.payload ->> 'waiting' AS INTEGER);
UPDATE message SET event_id = ticket.event_id
  FROM ticket WHERE ticket.id = CAST(message.payload ->> 'ticket' AS INTEGER);
UPDATE message SET event_id = event.id
  FROM event WHERE event.id = CAST(message.payload ->> 'event' AS INTEGER);
UPDATE message SET enterprise_id = enterprise.id
  FROM enterprise WHERE enterprise.id = CAST(message.payload ->> 'enterprise' AS INTEGER)
"""


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("message") as batch:
        batch.add_column(sa.Column("said", sa.Text(), nullable=True))
        for table in ABOUT:
            name = f"{table}_id"
            batch.add_column(sa.Column(name, sa.Integer(), nullable=True))
            key = batch.f(f"fk_message_{name}_{table}")
            batch.create_foreign_key(key, table, [name], ["id"], ondelete="SET NULL")
            batch.create_index(batch.f(f"ix_message_{name}"), [name])
    for statement in FOUND_BY.split(";"):
        op.execute(statement)


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("message") as batch:
        for table in ABOUT:
            name = f"{table}_id"
            batch.drop_index(batch.f(f"ix_message_{name}"))
            batch.drop_constraint(batch.f(f"fk_message_{name}_{table}"), type_="foreignkey")
            batch.drop_column(name)
        batch.drop_column("said")
