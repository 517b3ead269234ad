"""What is not noted, and why each of these tables is no decision: a test lets no table be forgotten."""

from collections.abc import Mapping

from scheduler import models
from scheduler.models import Base

OWN_RECORD = "it is itself a record that is only added to"
OF_A_PLAN = "what a search came to; that the plan was published is noted"
FOLLOWS = "follows from a publication, which is noted and keeps each change"
MACHINERY = "how a promised piece of work gets done, not what was decided"
TRACE = "a trace of somebody coming in, kept for a while and then erased"
OWN_MATTER = "a person's or an enterprise's own matter"
LOADED = "loaded from official lists, which the product does not decide"

NOT_DECISIONS: Mapping[type[Base], str] = {
    models.AuditEntry: OWN_RECORD,
    models.AuditSeal: OWN_RECORD,
    models.AvoidedNeighbour: OWN_MATTER,
    models.Booth: "belongs to its floor plan, whose versions are noted",
    models.BoothHold: "follows from a booking, which is noted",
    models.BoothReceipt: "follows from a published allocation, which is noted",
    models.BoothWish: OWN_MATTER,
    models.Campaign: LOADED,
    models.CaseFile: "belongs to its case, whose steps are a record",
    models.ChannelHold: FOLLOWS,
    models.fair_days.CheckIn: "a trace of somebody coming in; a conflict's row keeps who settled it and how",
    models.Circle: LOADED,
    models.Consent: OWN_MATTER,
    models.Delivery: MACHINERY,
    models.Division: LOADED,
    models.EnterpriseContact: OWN_MATTER,
    models.EventChange: OWN_RECORD,
    models.EventFloor: "which floor plans an event offers follows from its terms, which are noted",
    models.EventVenue: FOLLOWS,
    models.FailedSignIn: TRACE,
    models.fair_days.FairResult: OWN_MATTER,
    models.FeedEntry: FOLLOWS,
    models.FloorZone: "belongs to its floor plan, whose versions are noted",
    models.HistoricDivision: LOADED,
    models.Hold: FOLLOWS,
    models.IdempotencyKey: MACHINERY,
    models.Identity: OWN_MATTER,
    models.Industry: LOADED,
    models.LeftOut: OF_A_PLAN,
    models.Message: MACHINERY,
    models.fair_days.NoShowRelease: "follows from the event's terms; each booking that ends is noted",
    models.OccupationGroup: LOADED,
    models.fair_days.Passage: TRACE,
    models.Opening: OWN_MATTER,
    models.PlaceCount: MACHINERY,
    models.Placement: OF_A_PLAN,
    models.PlacementVenue: OF_A_PLAN,
    models.PlanChange: OWN_RECORD,
    models.PrivacyNotice: OWN_RECORD,
    models.RecoveryCode: OWN_MATTER,
    models.RegistrationOpening: OWN_MATTER,
    models.RequestWindow: MACHINERY,
    models.RunProgress: OF_A_PLAN,
    models.Scarcity: OF_A_PLAN,
    models.SheetOrder: MACHINERY,
    models.Shift: OF_A_PLAN,
    models.SignIn: TRACE,
    models.SignUp: OWN_MATTER,
    models.SkillLevel: LOADED,
    models.Sweeping: MACHINERY,
    models.Ticket: OWN_MATTER,
    models.UsedCode: TRACE,
    models.VenueOpening: "belongs to its venue, which is noted when it is made or removed",
    models.VenueType: LOADED,
    models.Waiting: OWN_MATTER,
    models.WorkerBeat: MACHINERY,
}
