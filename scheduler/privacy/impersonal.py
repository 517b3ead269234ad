"""The tables that hold nothing about people, and why; a test lets no table and no telling column slip."""

from collections.abc import Mapping

from scheduler import models
from scheduler.models import Base, fair_days, safety
from scheduler.privacy.kinds import Impersonal

NAMES = ("name_zh", "name_en")
OFFICIAL = Impersonal("from official lists", NAMES)
OF_A_PLAN = Impersonal("what a search came to, about events")
OF_AN_ENTERPRISE = Impersonal("an enterprise's choice, by its number")
OF_A_FLOOR = Impersonal("a hall and what stands in it")
MACHINERY = Impersonal("how work gets done, without a word about anybody")
BY_FORM = "; its form asks to name no person"

IMPERSONAL: Mapping[type[Base], Impersonal] = {
    models.AuditEntry: Impersonal(
        "what was done, by account numbers; reasons are official ones" + BY_FORM, ("reason",), ("account_id",)
    ),
    models.AuditSeal: Impersonal("hashes of the audit"),
    models.AvoidedNeighbour: OF_AN_ENTERPRISE,
    models.Booking: Impersonal(
        "an enterprise's booths; the reason of an end is official" + BY_FORM,
        ("end_reason", "reason"),
        ("booked_by",),
    ),
    models.BookingRules: Impersonal("a bureau's rules", ("branch_authorised",)),
    models.BookingTerms: Impersonal("an event's terms", ("branch_authorised",)),
    models.Booth: OF_A_FLOOR,
    models.BoothAllocation: Impersonal(
        "which enterprise has which booth, by credit code", ("answer",), ("requested_by", "published_by")
    ),
    models.BoothHold: OF_AN_ENTERPRISE,
    models.BoothReceipt: OF_AN_ENTERPRISE,
    models.BoothWish: OF_AN_ENTERPRISE,
    models.CalendarDay: Impersonal("official days", ("name_zh",)),
    models.Campaign: OFFICIAL,
    models.CampaignWindow: OFFICIAL,
    models.CaseFile: Impersonal("which papers belong to a case"),
    models.ChannelHold: Impersonal("a channel is taken"),
    fair_days.CheckIn: Impersonal(
        "a ticket or an enterprise came, by number; a settlement is official" + BY_FORM,
        ("settlement",),
        ("entered_by", "settled_by"),
    ),
    models.Circle: OFFICIAL,
    models.CircleShare: Impersonal("what cities share", (), ("shared_by",)),
    models.Crew: Impersonal("a team's name, not its members'", NAMES),
    models.CrewAbsence: Impersonal("why a team cannot work" + BY_FORM, ("reason_zh",)),
    models.Delegation: Impersonal("what bureaus lend each other" + BY_FORM, ("reason",), ("delegated_by",)),
    models.Division: Impersonal("from official lists", (*NAMES,)),
    models.Duty: OFFICIAL,
    models.DutyWaiver: Impersonal("why a duty does not bind" + BY_FORM, ("reason",)),
    models.Enterprise: Impersonal(
        "a legal entity, as the public register names it", ("name_zh", "name_key", "authorised_to")
    ),
    models.EnterpriseMerge: Impersonal(
        "why two rows are one enterprise" + BY_FORM, ("reason",), ("merged_by", "undone_by")
    ),
    models.EnterpriseTier: Impersonal("what an enterprise is to the economy", (), ("set_by",)),
    models.Event: Impersonal("a public event" + BY_FORM, ("cancel_reason",)),
    models.EventChange: Impersonal("what the public saw change"),
    models.EventDuty: Impersonal("which duty an event meets"),
    models.EventFloor: OF_A_FLOOR,
    models.EventVenue: Impersonal("where an event is"),
    fair_days.FairResult: Impersonal(
        "what came of a fair for an enterprise" + BY_FORM, ("remark",), ("entered_by",)
    ),
    models.FeedEntry: Impersonal("what the public sees of an event"),
    models.FloorPlan: Impersonal("a hall and what stands in it", ("name_zh",)),
    models.FloorZone: Impersonal("a hall and what stands in it", NAMES),
    fair_days.Gate: Impersonal(
        "an entrance; the helpers at it are not known", ("name_zh", "key_hash"), ("opened_by",)
    ),
    models.HistoricDivision: OFFICIAL,
    models.Hold: Impersonal("a venue, crew or host is taken"),
    models.Host: Impersonal("a working name that is announced with the livestream", NAMES),
    models.Industry: OFFICIAL,
    models.LeftOut: Impersonal("why an event has no place: the name of a rule", ("reason",)),
    models.Livestream: Impersonal("a public broadcast"),
    models.NoShow: Impersonal(
        "an enterprise's appeal and the answer" + BY_FORM,
        ("appeal", "answer", "misconduct"),
        ("answered_by", "recorded_by"),
    ),
    fair_days.NoShowRelease: MACHINERY,
    models.OccupationGroup: OFFICIAL,
    models.OfficerAssignment: Impersonal(
        "which officer serves an enterprise, by number", (), ("assigned_by",)
    ),
    models.Opening: Impersonal("a post, not who fills it"),
    models.Organizer: Impersonal("a bureau", NAMES),
    models.Parameter: Impersonal("numbers of the site"),
    fair_days.Passage: Impersonal("how many people passed a gate"),
    models.PlaceCount: Impersonal("how many places are taken"),
    models.Placement: OF_A_PLAN,
    models.PlacementVenue: OF_A_PLAN,
    models.Plan: OF_A_PLAN,
    models.PlanChange: Impersonal("what was moved by hand", (), ("made_by",)),
    models.PlanRun: Impersonal("a request to plan", (), ("requested_by",)),
    models.PrivacyNotice: Impersonal("what everybody is told"),
    models.Programme: Impersonal("what bureaus hold by custom", NAMES),
    models.Publication: Impersonal("a change of the public schedule", (), ("published_by",)),
    models.Registration: Impersonal(
        "an enterprise wants to come; the answer is official" + BY_FORM, ("answer",), ("answered_by",)
    ),
    models.RegistrationOpening: OF_AN_ENTERPRISE,
    models.RequestWindow: Impersonal("how many requests of a minute are taken, by number"),
    models.ReviewCase: Impersonal("what an enterprise says of itself"),
    models.ReviewStep: Impersonal(
        "what was decided about an enterprise, and why" + BY_FORM, ("reasons",), ("done_by",)
    ),
    models.RunProgress: OF_A_PLAN,
    models.RunSheet: Impersonal("what is on air in which minute", (), ("published_by",)),
    safety.AnnualFiling: Impersonal("that a bureau has filed its plan" + BY_FORM, ("number",), ("noted_by",)),
    safety.SafetyRules: Impersonal("a bureau's rules"),
    safety.SafetyStep: Impersonal(
        "how far an event's permit, papers and checks are" + BY_FORM,
        ("note", "number"),
        ("owner_id", "done_by"),
    ),
    models.Scarcity: OF_A_PLAN,
    models.SheetOrder: MACHINERY,
    models.Shift: OF_A_PLAN,
    models.SkillLevel: OFFICIAL,
    models.StoredFile: Impersonal(
        "papers of an enterprise or a bureau, with a term of their own, never identity cards",
        ("name",),
        ("created_by",),
    ),
    models.StreamChannel: Impersonal("a bureau's account on a platform", NAMES),
    models.StreamOpening: OF_AN_ENTERPRISE,
    models.StreamRules: Impersonal("a bureau's rules"),
    models.StreamTurn: Impersonal("what an enterprise shows" + BY_FORM),
    models.Sweeping: MACHINERY,
    models.UrgentRequest: Impersonal("why an event is wanted at once" + BY_FORM, ("reason",), ("asked_by",)),
    models.Venue: Impersonal("a public place", (*NAMES, "address_zh")),
    models.VenueClosure: Impersonal("why a venue is closed" + BY_FORM, ("reason_zh",)),
    models.VenueOpening: Impersonal("when a venue is open"),
    models.VenueType: OFFICIAL,
    models.WorkerBeat: Impersonal("a machine's name", ("name",)),
}
