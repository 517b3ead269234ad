"""The nouns: one SQLAlchemy model file per subject. What is imported here is had from `scheduler.models`."""

from scheduler.models import fair_days, safety
from scheduler.models.accounts import (
    Account,
    AccountKind,
    AccountRole,
    EnterpriseRole,
    FailedSignIn,
    SignIn,
    SupportView,
)
from scheduler.models.allocations import AllocationState, BoothAllocation, BoothReceipt
from scheduler.models.audit import AuditEntry, AuditSeal, Deed
from scheduler.models.base import Base
from scheduler.models.bookings import (
    STANDING,
    AvoidedNeighbour,
    Bar,
    Booking,
    BookingRules,
    BookingSource,
    BookingState,
    BookingTerms,
    BoothHold,
    BoothWish,
    RegistrationOpening,
    Strictness,
    Way,
)
from scheduler.models.credentials import (
    Identity,
    Invitation,
    RecoveryCode,
    ResetHandover,
    SecondFactor,
    UsedCode,
)
from scheduler.models.duties import Campaign, CampaignWindow, Duty, DutyWaiver, Relevance, Strength
from scheduler.models.enterprise_facts import (
    EnterpriseContact,
    EnterpriseMerge,
    EnterpriseTier,
    OfficerAssignment,
    ServiceOfficer,
    Tier,
)
from scheduler.models.enterprises import (
    REGISTERED,
    Enterprise,
    Insurance,
    Opening,
    Registration,
    RegistrationState,
    Verification,
    name_key,
)
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
from scheduler.models.files import FilePurpose, StoredFile
from scheduler.models.floors import Booth, EventFloor, FloorPlan, FloorState, FloorZone
from scheduler.models.livestreams import (
    ChannelHold,
    Livestream,
    LivestreamState,
    OrderEnd,
    Platform,
    RunSheet,
    SheetOrder,
    SheetState,
    StreamChannel,
    StreamOpening,
    StreamRules,
    StreamTurn,
)
from scheduler.models.messages import Message, MessageState
from scheduler.models.organizers import (
    DELEGABLE,
    INCLUDES,
    CircleShare,
    Delegation,
    Organizer,
    Role,
    Shareable,
)
from scheduler.models.plans import (
    Importance,
    LeftOut,
    Placement,
    PlacementVenue,
    Plan,
    PlanChange,
    PlanRun,
    PlanState,
    RunProgress,
    RunState,
    Scarcity,
    Shift,
)
from scheduler.models.privacy import Consent, Erasure, PrivacyNotice, Purpose, Sweeping
from scheduler.models.programme import Programme
from scheduler.models.programs import AccessToken, IdempotencyKey, RequestWindow, TokenScope
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
from scheduler.models.regions import PROVINCE, Circle, Division, HistoricDivision, Level
from scheduler.models.reviews import (
    CaseFile,
    CaseKind,
    CaseState,
    ReviewCase,
    ReviewDeed,
    ReviewReason,
    ReviewStep,
    SignUp,
)
from scheduler.models.urgent import UrgentRequest
from scheduler.models.venues import Crew, CrewAbsence, Host, Venue, VenueClosure, VenueOpening
from scheduler.models.waiting import (
    NoShow,
    PlaceCount,
    Ticket,
    TicketState,
    Waiting,
    WaitingFor,
    WaitingState,
)
from scheduler.models.webhooks import Delivery, DeliveryState, Topic, Webhook, WorkerBeat
