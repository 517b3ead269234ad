"""The organizer (办会机构) of a division: found, or set up with its name; and what it prefers in plans."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Division, Organizer

MOST_STAFF = 9_999
WEEKDAYS = frozenset(range(1, 8))


class UnknownDivision(Refusal):
    """A division code that the reference data do not hold."""

    status = 422
    code = "unknown_division"
    zh = "没有代码为“{division}”的区划。请先用 load-reference 载入参考数据，并检查代码。"
    en = "There is no division “{division}”. Load the reference data first (load-reference); check the code."


class NoOrganizer(Refusal):
    """A division without an organizer, and no name to set one up with."""

    status = 422
    code = "no_organizer"
    zh = "{division} 还没有办会机构。请用 --organizer 写明机构名称，将一并建立。"
    en = "{division} has no organizer yet. Give its name with --organizer and it is set up as well."


def organizer_of(session: Session, *, division_code: str, name: str = "") -> Organizer:
    """Return a division's organizer; one that is missing is set up when a name is given.

    An organizer that exists keeps its name. Raises UnknownDivision and NoOrganizer.
    """
    division = session.get(Division, division_code)
    if division is None:
        raise UnknownDivision(division=division_code[:20])
    found = session.scalar(select(Organizer).where(Organizer.division_code == division_code))
    if found is not None:
        return found
    if not name.strip():
        raise NoOrganizer(division=division.name_zh)
    made = Organizer(division_code=division_code, name_zh=name.strip()[:80], name_en=name.strip()[:160])
    session.add(made)
    session.flush()
    return made


class UnfitPreferences(Refusal):
    """Weekdays that are none, or a number of people that nobody has."""

    status = 422
    code = "unfit_preferences"
    zh = "人数应为 1 至 {most}，或留空；星期应为周一至周日。未保存任何内容。"
    en = "Give from 1 to {most} people, or none, and days of the week. Nothing was saved."


def set_preferences(
    session: Session, *, organizer_id: int, staff: int | None, preferred_weekdays: Collection[int]
) -> None:
    """Say how many people a bureau has on duty at once, and which weekdays (1 to 7) it prefers.

    Plans made from then on keep to both; drafts made before are stale. Raises NotFound and UnfitPreferences.
    """
    found = session.get(Organizer, organizer_id)
    if found is None:
        raise NotFound
    fits = staff is None or 1 <= staff <= MOST_STAFF
    if not fits or not WEEKDAYS.issuperset(preferred_weekdays):
        raise UnfitPreferences(most=MOST_STAFF)
    found.staff, found.preferred_weekdays = staff, sorted(set(preferred_weekdays))
    session.flush()
