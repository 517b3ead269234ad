"""Which rows an actor may touch: every query on owned rows starts from `scoped(Model, actor)`."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import (
    Account,
    AuditEntry,
    Booking,
    BookingRules,
    BookingTerms,
    BoothAllocation,
    BoothReceipt,
    CaseKind,
    CircleShare,
    Crew,
    CrewAbsence,
    Delegation,
    Division,
    DutyWaiver,
    Enterprise,
    EnterpriseContact,
    EnterpriseMerge,
    EnterpriseTier,
    Event,
    FilePurpose,
    FloorPlan,
    Host,
    Identity,
    Invitation,
    Livestream,
    Message,
    NoShow,
    OfficerAssignment,
    Opening,
    Organizer,
    Plan,
    PlanRun,
    Registration,
    ReviewCase,
    ReviewDeed,
    ReviewStep,
    RunSheet,
    Shareable,
    SignIn,
    SignUp,
    StoredFile,
    StreamChannel,
    StreamRules,
    StreamTurn,
    SupportView,
    Ticket,
    UrgentRequest,
    Venue,
    VenueClosure,
    Waiting,
)
from scheduler.models.fair_days import CheckIn, Gate
from scheduler.models.safety import AnnualFiling, SafetyRules, SafetyStep
from scheduler.queries.actors import Actor, Employer, Member, Seeker
from scheduler.queries.tree import CODE, line, prefix

Scope = Actor | str
"""Who asks; or the code of the division that a member works in, where a view has taken it from the actor."""
Condition = ColumnElement[bool]

# By which column a row belongs to a division. Crews and hosts are a city's.
OWNER: dict[type[Any], Any] = {
    AuditEntry: AuditEntry.division_code,
    Event: Event.division_code,
    Venue: Venue.division_code,
    Crew: Crew.city_code,
    Host: Host.city_code,
    StreamChannel: StreamChannel.city_code,
    Organizer: Organizer.division_code,
    Enterprise: Enterprise.division_code,
    DutyWaiver: DutyWaiver.division_code,
    SignUp: SignUp.division_code,
}
PLANNED = {Plan: Plan.scope_code, PlanRun: PlanRun.scope_code}
SHARED: dict[type[Any], Shareable] = {
    Venue: Shareable.VENUES,
    Crew: Shareable.CREWS,
    Host: Shareable.HOSTS,
}


def scoped(model: type[Any], scope: Scope) -> Condition:
    """Return the condition under which rows of a model are the actor's.

    A member's are those of the division worked in and of everything below it; plans and runs are
    also seen by those below the division that they plan: their events are in it. An employer's are
    the enterprise's, a seeker's the person's own. What is not listed for an actor has no owner among
    them, and asking for it raises KeyError.
    """
    if isinstance(scope, str):
        return _of_division(model, scope)
    if model in OF_PERSON:
        return OF_PERSON[model](scope)
    if isinstance(scope, Seeker) and model is Waiting:  # an enterprise's has no account
        return Waiting.account_id == scope.account_id
    if isinstance(scope, Member):
        return _of_division(model, scope.scope_code)
    if isinstance(scope, Employer):
        return OF_ENTERPRISE[model](scope.enterprise_id)
    raise KeyError(model)


def readable(model: type[Any], actor: Member) -> Condition:
    """Return the condition under which a member may read rows: the own ones, and what other cities of
    the circle share. Nothing is changed on the strength of this: deeds start from `scoped`.
    """
    return or_(scoped(model, actor), shared_in_circle(model, actor))


def shared_in_circle(model: type[Any], actor: Member) -> Condition:
    """Return the condition under which rows are another city's that shares them with the actor's circle."""
    own_city = f"{prefix(actor.scope_code):0<4}"[:4].ljust(CODE, "0")
    circle = select(Division.circle_code).where(Division.code == own_city).scalar_subquery()
    cities = (
        select(CircleShare.city_code)
        .join(Division, Division.code == CircleShare.city_code)
        .where(CircleShare.what == SHARED[model], Division.circle_code == circle, Division.code != own_city)
    )
    found: Condition = model.city_code.in_(cities)
    return found


def get_scoped(session: Session, model: type[Any], key: int, scope: Scope) -> Any:  # noqa: ANN401
    """Return one row by its id; raises NotFound when it does not exist or is not the actor's."""
    found = session.query(model).filter(model.id == key, scoped(model, scope)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _of_division(model: type[Any], scope_code: str) -> Condition:
    if model in PLANNED:
        column = PLANNED[model]
        return or_(_below(column, scope_code), column.in_(line(scope_code)))
    if model in OWNER:
        return _below(OWNER[model], scope_code)
    return BY_OTHERS[model](scope_code)


def _below(column: Any, scope_code: str) -> Condition:  # noqa: ANN401 — a column
    digits = prefix(scope_code)
    found: Condition = column.startswith(digits) if len(digits) < CODE else column == scope_code
    return found if digits else true()


def _among(column: Any, model: type[Any], scope_code: str) -> Condition:  # noqa: ANN401 — a column
    """Return the condition that a column points to a row of a model in the division."""
    found: Condition = column.in_(select(model.id).where(_below(OWNER[model], scope_code)))
    return found


# What belongs to a division through something else that does.
BY_OTHERS: Mapping[type[Any], Callable[[str], Condition]] = {
    VenueClosure: lambda code: _among(VenueClosure.venue_id, Venue, code),
    CrewAbsence: lambda code: _among(CrewAbsence.crew_id, Crew, code),
    Opening: lambda code: _among(Opening.enterprise_id, Enterprise, code),
    Registration: lambda code: _among(Registration.event_id, Event, code),
    AnnualFiling: lambda code: _among(AnnualFiling.organizer_id, Organizer, code),
    Booking: lambda code: _among(Booking.event_id, Event, code),
    BookingRules: lambda code: _among(BookingRules.organizer_id, Organizer, code),
    BookingTerms: lambda code: _among(BookingTerms.event_id, Event, code),
    BoothAllocation: lambda code: _among(BoothAllocation.event_id, Event, code),
    CheckIn: lambda code: _among(CheckIn.event_id, Event, code),
    FloorPlan: lambda code: _among(FloorPlan.venue_id, Venue, code),
    Gate: lambda code: _among(Gate.event_id, Event, code),
    Message: lambda code: _among(Message.event_id, Event, code),
    Livestream: lambda code: _among(Livestream.event_id, Event, code),
    NoShow: lambda code: _among(NoShow.event_id, Event, code),
    RunSheet: lambda code: _among(RunSheet.event_id, Event, code),
    SafetyRules: lambda code: _among(SafetyRules.organizer_id, Organizer, code),
    SafetyStep: lambda code: _among(SafetyStep.event_id, Event, code),
    StreamRules: lambda code: _among(StreamRules.organizer_id, Organizer, code),
    StreamTurn: lambda code: _among(StreamTurn.event_id, Event, code),
    Ticket: lambda code: _among(Ticket.event_id, Event, code),
    Waiting: lambda code: _among(Waiting.event_id, Event, code),
    UrgentRequest: lambda code: _among(UrgentRequest.event_id, Event, code),
    Account: lambda code: or_(
        _among(Account.organizer_id, Organizer, code), _among(Account.enterprise_id, Enterprise, code)
    ),
    Invitation: lambda code: or_(
        _among(Invitation.organizer_id, Organizer, code), _among(Invitation.enterprise_id, Enterprise, code)
    ),
    Delegation: lambda code: _among(Delegation.from_organizer_id, Organizer, code),
    ReviewCase: lambda code: _among(ReviewCase.enterprise_id, Enterprise, code),
    ReviewStep: lambda code: _among(ReviewStep.enterprise_id, Enterprise, code),
    EnterpriseContact: lambda code: _among(EnterpriseContact.enterprise_id, Enterprise, code),
    EnterpriseTier: lambda code: _among(EnterpriseTier.enterprise_id, Enterprise, code),
    EnterpriseMerge: lambda code: and_(
        _among(EnterpriseMerge.kept_id, Enterprise, code), _among(EnterpriseMerge.merged_id, Enterprise, code)
    ),
    OfficerAssignment: lambda code: _among(OfficerAssignment.enterprise_id, Enterprise, code),
    StoredFile: lambda code: or_(
        _among(StoredFile.organizer_id, Organizer, code), _among(StoredFile.enterprise_id, Enterprise, code)
    ),
}
OF_ENTERPRISE: Mapping[type[Any], Callable[[int], Condition]] = {
    Enterprise: lambda key: Enterprise.id == key,
    Opening: lambda key: Opening.enterprise_id == key,
    Registration: lambda key: Registration.enterprise_id == key,
    Booking: lambda key: Booking.enterprise_id == key,
    BoothReceipt: lambda key: BoothReceipt.enterprise_id == key,
    NoShow: lambda key: NoShow.enterprise_id == key,
    StreamTurn: lambda key: StreamTurn.enterprise_id == key,
    Waiting: lambda key: Waiting.enterprise_id == key,
    Account: lambda key: Account.enterprise_id == key,
    Invitation: lambda key: Invitation.enterprise_id == key,
    # who claims the enterprise, and why not, is between that person and the bureau; that somebody does is not
    ReviewCase: lambda key: and_(ReviewCase.enterprise_id == key, ReviewCase.kind == CaseKind.VERIFICATION),
    ReviewStep: lambda key: and_(
        ReviewStep.enterprise_id == key,
        or_(
            ReviewStep.deed.in_((ReviewDeed.CLAIMED, ReviewDeed.CLAIM_APPROVED)),
            ReviewStep.case_id.is_(None),
            ReviewStep.case_id.in_(select(ReviewCase.id).where(ReviewCase.kind == CaseKind.VERIFICATION)),
        ),
    ),
    EnterpriseContact: lambda key: EnterpriseContact.enterprise_id == key,
    EnterpriseTier: lambda key: EnterpriseTier.enterprise_id == key,
    OfficerAssignment: lambda key: OfficerAssignment.enterprise_id == key,
    # what somebody else showed to claim the enterprise is between that person and the bureau
    StoredFile: lambda key: and_(StoredFile.enterprise_id == key, StoredFile.purpose != FilePurpose.CLAIM),
}
OF_PERSON: Mapping[type[Any], Callable[[Actor], Condition]] = {
    SignIn: lambda actor: and_(SignIn.account_id == actor.account_id, SignIn.revoked_at.is_(None)),
    Identity: lambda actor: Identity.account_id == actor.account_id,
    SupportView: lambda actor: SupportView.account_id == actor.account_id,
    Ticket: lambda actor: Ticket.account_id == actor.account_id,
}
