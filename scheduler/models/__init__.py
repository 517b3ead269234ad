"""The nouns: one SQLAlchemy model file per subject."""

from scheduler.models.base import Base
from scheduler.models.duties import Campaign, CampaignWindow, Duty, DutyWaiver, Relevance, Strength
from scheduler.models.enterprises import Enterprise, Opening, Registration, RegistrationState
from scheduler.models.events import (
    Event,
    EventDuty,
    EventKind,
    EventState,
    EventVenue,
    Hold,
    Resource,
    SlotPattern,
)
from scheduler.models.organizers import Account, FailedSignIn, Organizer, Role, SignIn
from scheduler.models.plans import (
    LeftOut,
    Placement,
    PlacementVenue,
    Plan,
    PlanRun,
    PlanState,
    RunProgress,
    RunState,
    Shift,
)
from scheduler.models.programme import Programme
from scheduler.models.publications import ChangeKind, EventChange, FeedEntry, Publication
from scheduler.models.reference import (
    CalendarDay,
    DayKind,
    Industry,
    OccupationGroup,
    Parameter,
    Reference,
    SkillLevel,
    VenueType,
)
from scheduler.models.regions import Circle, Division, HistoricDivision, Level
from scheduler.models.venues import Crew, Host, Venue, VenueClosure, VenueOpening

__all__ = [
    "Account",
    "Base",
    "CalendarDay",
    "Campaign",
    "CampaignWindow",
    "ChangeKind",
    "Circle",
    "Crew",
    "DayKind",
    "Division",
    "Duty",
    "DutyWaiver",
    "Enterprise",
    "Event",
    "EventChange",
    "EventDuty",
    "EventKind",
    "EventState",
    "EventVenue",
    "FailedSignIn",
    "FeedEntry",
    "HistoricDivision",
    "Hold",
    "Host",
    "Industry",
    "LeftOut",
    "Level",
    "OccupationGroup",
    "Opening",
    "Organizer",
    "Parameter",
    "Placement",
    "PlacementVenue",
    "Plan",
    "PlanRun",
    "PlanState",
    "Programme",
    "Publication",
    "Reference",
    "Registration",
    "RegistrationState",
    "Relevance",
    "Resource",
    "Role",
    "RunProgress",
    "RunState",
    "Shift",
    "SignIn",
    "SkillLevel",
    "SlotPattern",
    "Strength",
    "Venue",
    "VenueClosure",
    "VenueOpening",
    "VenueType",
]
