"""What every workbench page has: the member, the context bar, and addresses that keep the filter."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from sqlalchemy.orm import Session

from scheduler.errors import Forbidden, NotFound
from scheduler.models import Division, Event, Role
from scheduler.quarters import Quarter
from scheduler.queries.actors import Member
from scheduler.queries.members import named_divisions
from scheduler.queries.scope import get_scoped
from scheduler.queries.tree import covers
from scheduler.queries.workbench.context import Context, context
from web.actors import current_actor
from web.site import reader

blueprint = Blueprint("organizer", __name__, url_prefix="/organizer")


@dataclass(frozen=True, slots=True)
class Desk:
    """The member who is signed in, and where that member stands."""

    actor: Member
    context: Context

    @property
    def scope_code(self) -> str:
        """Return the division whose rows, with all below, the member sees."""
        return self.actor.scope_code

    @property
    def quarter(self) -> str:
        """Return the quarter as it is written."""
        return str(self.context.quarter)

    @property
    def administers(self) -> bool:
        """Tell whether the member manages accounts and rights."""
        return self.actor.holds(Role.ADMINISTRATOR)

    @property
    def reviews(self) -> bool:
        """Tell whether the member reviews enterprises."""
        return self.actor.holds(Role.REVIEWER)

    @property
    def audits(self) -> bool:
        """Tell whether the member reads the audit."""
        return self.actor.holds(Role.AUDITOR)

    @property
    def territories(self) -> tuple[Division, ...]:
        """Return the divisions between which the member may choose, when there are several."""
        codes = self.actor.territories
        return named_divisions(reader(), codes) if len(codes) > 1 else ()

    def may_plan(self, code: str) -> bool:
        """Tell whether the member may start and stop runs for a division."""
        return self.actor.may(Role.PLANNER, code)

    def may_publish(self, code: str) -> bool:
        """Tell whether the member may publish what concerns a division."""
        return self.actor.may(Role.PUBLISHER, code)


def member() -> Member:
    """Return the member who is signed in; the route's policy has made sure that there is one."""
    actor = current_actor()
    if not isinstance(actor, Member):
        raise NotFound
    return actor


def event_for(session: Session, event_id: int, role: Role) -> Event:
    """Return an event in whose division the member does what a role does; raises NotFound and Forbidden."""
    event: Event = get_scoped(session, Event, event_id, member())
    if not member().may(role, event.division_code):
        raise Forbidden
    return event


def desk(quarter: Quarter | None = None) -> Desk:
    """Return the member's desk, for a quarter or for the next one in which there is something to do."""
    actor = member()
    plans = actor.holds(Role.PLANNER)
    return Desk(actor, context(reader(), scope_code=actor.scope_code, quarter=quarter, plans=plans))


def region_of(asked: str, scope_code: str) -> str:
    """Return the region asked for, or the whole scope; raises NotFound outside the scope."""
    if asked and not covers(scope_code, asked):
        raise NotFound
    return asked or scope_code


def show(template: str, place: Desk, **values: Any) -> str:  # noqa: ANN401 — what the template needs
    """Return a workbench page."""
    return render_template(f"organizer/{template}", desk=place, **values)


@blueprint.app_template_global("same_page")
def same_page(**changes: object) -> str:
    """Return this page's address with some query values changed; None takes a value away.

    Whatever changes, a list starts at its first page again unless the change names the page.
    """
    values: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {})}
    values.pop("page", None)
    values.pop("lang", None)
    values.update(changes)
    kept = {name: value for name, value in values.items() if value not in (None, "")}
    return url_for(request.endpoint or "organizer.today", **kept)
