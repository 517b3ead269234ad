"""Where deeds on booths are raced: fairs to which firms with letter boxes are admitted."""

from collections.abc import Sequence

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from scheduler.database import transaction
from tests.scheduler.booking.rows import booths_of, make_fair, make_firms
from tests.scheduler.booking.test_letters import with_letter_box

BOOTHS = 6
UNGUARDED = {
    "postgresql": ("ALTER TABLE booth_hold DROP CONSTRAINT pk_booth_hold",),
    "sqlite": (
        "CREATE TABLE unguarded AS SELECT * FROM booth_hold",
        "DROP TABLE booth_hold",
        "ALTER TABLE unguarded RENAME TO booth_hold",
    ),
}
"""What takes away the key that decides who has a booth."""


def firms_with_letters(engine: Engine, many: int) -> list[int]:
    """Add so many firms that get letters; returns their ids."""
    with transaction(engine) as session:
        made = make_firms(session, many)
        for firm in made:
            with_letter_box(session, firm)
        return [firm.id for firm in made]


def admitting_fair(session: Session, number: int, firms: Sequence[int]) -> tuple[int, int]:
    """Add a fair to which the firms are admitted; returns it and its first booth."""
    fair = make_fair(session, number, booths=BOOTHS, consecutive=True, fairs_a_month=0)
    for firm in firms:
        session.execute(
            text(
                "INSERT INTO registration (event_id, enterprise_id, state, requested_at) "
                "VALUES (:event, :firm, 'approved', CURRENT_TIMESTAMP)"
            ),
            {"event": fair.id, "firm": firm},
        )
    return fair.id, booths_of(session, fair)[0]
