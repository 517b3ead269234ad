"""Today: what needs a decision, by its deadline."""

from scheduler.models import Role
from scheduler.queries.annual_filing import annual_task
from scheduler.queries.booking.desk import unanswered
from scheduler.queries.booking.lacking import events_lacking
from scheduler.queries.booking.to_open import ToOpen, to_open
from scheduler.queries.duties import duty_board
from scheduler.queries.fair_day.absences import appeals_waiting
from scheduler.queries.fair_day.results import unheard
from scheduler.queries.reviews import counts
from scheduler.queries.safety import waiting_steps
from scheduler.queries.workbench.today import today_board
from scheduler.services.fair_day.results import OPEN_FOR
from scheduler.times import now
from web.policy import organizer, policy
from web.schemas.base import asked
from web.schemas.organizer import PageQuery
from web.site import reader
from web.views.organizer.desk import blueprint, desk, show


@blueprint.get("")
@policy(organizer)
def today() -> str:
    """Show what waits for the member."""
    place = desk(asked(PageQuery)["quarter"])
    board = today_board(reader(), scope_code=place.scope_code, quarter=place.quarter)
    owed = duty_board(reader(), quarter=place.context.quarter, scope_code=place.scope_code)
    behind = [row for row in owed.rows if row.total.missing]
    cases = counts(reader(), actor=place.actor) if place.reviews else {}
    appeals = appeals_waiting(reader(), actor=place.actor) if place.reviews else 0
    asking = unanswered(reader(), scope=place.scope_code) if place.reviews else ()
    lacking = events_lacking(reader(), scope=place.scope_code) if place.reviews else ()
    plans = place.actor.holds(Role.PLANNER)
    opens = to_open(reader(), scope=place.scope_code) if plans else ToOpen(0, ())
    silent = unheard(reader(), scope=place.scope_code, since=now() - OPEN_FOR) if plans else ()
    waiting = waiting_steps(reader(), scope=place.actor)
    matters = {"many": len(waiting), "late": sum(one.step.is_late for one in waiting)}
    annual = annual_task(reader(), division_code=place.scope_code)
    return show(
        "today.html",
        place,
        board=board,
        owed=owed,
        behind=behind,
        cases=cases,
        appeals=appeals,
        asking=asking,
        asked=sum(one.enterprises for one in asking),
        lacking=lacking,
        opens=opens,
        silent=silent,
        matters=matters,
        annual=annual if annual and annual.waits else None,
    )
