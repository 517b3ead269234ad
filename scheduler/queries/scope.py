"""Which rows a member may see: those of the organizer's own division and of everything below it."""

from typing import Any

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import Crew, Event, Host, Organizer, Plan, PlanRun, Venue

LEVEL = 2  # digits that a division's code has for the province, the city and the county each
CODE = 6

# By which column a row belongs to a division. Crews and hosts are a city's.
OWNER: dict[type[Any], Any] = {
    Event: Event.division_code,
    Venue: Venue.division_code,
    Crew: Crew.city_code,
    Host: Host.city_code,
    Organizer: Organizer.division_code,
}
PLANNED = {Plan: Plan.scope_code, PlanRun: PlanRun.scope_code}


def prefix(code: str) -> str:
    """Return the digits that the codes of a division and of everything below it share."""
    digits = code
    while len(digits) > LEVEL and digits.endswith("0" * LEVEL):
        digits = digits[:-LEVEL]
    return digits


def covers(scope_code: str, code: str) -> bool:
    """Tell whether a division is the scope itself or lies below it."""
    return code.startswith(prefix(scope_code))


def line(code: str) -> tuple[str, ...]:
    """Return the codes of a division and of all above it."""
    return tuple(dict.fromkeys(code[:end].ljust(CODE, "0") for end in range(LEVEL, CODE + 1, LEVEL)))


def scoped(model: type[Any], scope_code: str) -> ColumnElement[bool]:
    """Return the condition under which a member of `scope_code` sees rows of a model.

    Plans and runs are also seen by those below the division that they plan: their events are in it.
    What is not listed here has no owner, and asking for it raises KeyError.
    """
    if model in PLANNED:
        column = PLANNED[model]
        return or_(_below(column, scope_code), column.in_(line(scope_code)))
    return _below(OWNER[model], scope_code)


def get_scoped(session: Session, model: type[Any], key: int, scope_code: str) -> Any:  # noqa: ANN401
    """Return one row by its id; raises NotFound when it does not exist or lies outside the scope."""
    found = session.query(model).filter(model.id == key, scoped(model, scope_code)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _below(column: Any, scope_code: str) -> ColumnElement[bool]:  # noqa: ANN401 — a column
    digits = prefix(scope_code)
    found: ColumnElement[bool] = column.startswith(digits) if len(digits) < CODE else column == scope_code
    return found if digits else true()
