"""What the paper sign-in sheet says, entered afterwards: who signed it, and how many people came."""

import uuid
from collections.abc import Collection

from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models.fair_days import CheckInMeans
from scheduler.queries.fair_day.sheets import bookings_at, released_at
from scheduler.services.booking import uncancel
from scheduler.services.fair_day.appealing import lift_record
from scheduler.services.fair_day.checking import Answer, Arrival, Door, check_in
from scheduler.services.fair_day.counting import Passing, count
from scheduler.times import now

SHEETS = uuid.UUID("6f7b3f6e-3b1c-4c52-9f0e-2d1c0b7a9e55")


class BoothsNotBooked(Refusal):
    """Booths of a sheet that nobody has at this event."""

    status = 422
    code = "booths_not_booked"
    zh = "这些展位没有有效预订：{codes}。请对照签到表改正后重新提交，未保存任何内容。"
    en = "Nobody has booked these booths: {codes}. Compare with the sheet and try again; nothing was saved."


def enter_sheet(  # noqa: PLR0913 — a sheet is all of this
    session: Session,
    *,
    event_id: int,
    booths: Collection[str],
    visitors: int,
    sheet: str,
    entered_by: int | None,
) -> list[Answer]:
    """Enter one sheet: the booths whose enterprises signed it, and how many visitors it counts.

    `sheet` is the number printed on it; entered twice it counts once. Those who signed are inside,
    whatever speaks against it: booths that were released meanwhile are theirs again, and no absence is on
    record. Raises BoothsNotBooked, and what `uncancel` does.
    """
    absent = released_at(session, event_id=event_id)
    found = dict(bookings_at(session, event_id=event_id, codes=booths, released_codes=absent.keys()))
    signed = {code: absent[code] for code in booths if code not in found and code in absent}
    unknown = [code for code in booths if code not in found and code not in signed]
    if unknown:
        raise BoothsNotBooked(codes="、".join(unknown))
    for booking_id, no_show in {one[0]: one for one in signed.values()}.values():
        reason = f"纸质签到表 {sheet}"
        uncancel(session, booking_id=booking_id, reason=reason, afterwards=True)
        lift_record(session, no_show_id=no_show.id, reason=reason, lifted_by=entered_by)
    found |= {code: booking_id for code, (booking_id, _) in signed.items()}
    door = Door(event_id, None, entered_by)
    arrivals = [
        Arrival(
            client_id=str(uuid.uuid5(SHEETS, f"{event_id} {booking_id}")),
            means=CheckInMeans.PAPER,
            checked_at=now(),
            booking_id=booking_id,
            let_in=True,
        )
        for booking_id in sorted(set(found.values()))
    ]
    if visitors:
        counted = str(uuid.uuid5(SHEETS, f"{event_id} visitors {sheet}"))
        count(session, door=door, passings=[Passing(counted, visitors, now())])
    return check_in(session, door=door, arrivals=arrivals, secret_key="")
