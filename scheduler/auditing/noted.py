"""What is noted of which rows: what a decision is about, never a name, an address or a secret."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import inspect

from scheduler.models import (
    AccessToken,
    Account,
    AccountRole,
    Base,
    Booking,
    BookingRules,
    BookingTerms,
    BoothAllocation,
    CalendarDay,
    CampaignWindow,
    CircleShare,
    Crew,
    CrewAbsence,
    Deed,
    Delegation,
    Duty,
    DutyWaiver,
    Enterprise,
    EnterpriseMerge,
    EnterpriseTier,
    Erasure,
    Event,
    EventDuty,
    FloorPlan,
    Host,
    Invitation,
    Livestream,
    NoShow,
    OfficerAssignment,
    Organizer,
    Parameter,
    Plan,
    PlanRun,
    Programme,
    Publication,
    Registration,
    ResetHandover,
    ReviewCase,
    ReviewStep,
    RunSheet,
    SecondFactor,
    ServiceOfficer,
    StoredFile,
    StreamChannel,
    StreamOpening,
    StreamRules,
    StreamTurn,
    SupportView,
    UrgentRequest,
    Venue,
    VenueClosure,
    Webhook,
)
from scheduler.models.fair_days import Gate
from scheduler.models.safety import AnnualFiling, SafetyRules, SafetyStep

AUDITED: dict[type[Base], tuple[str, ...]] = {
    AccessToken: ("account_id", "scopes", "expires_at", "revoked_at"),
    Account: (
        "kind",
        "organizer_id",
        "enterprise_id",
        "enterprise_role",
        "password_changed_at",
        "disabled_at",
        "erased_at",
    ),
    AccountRole: ("role",),
    AnnualFiling: ("filed_on", "number", "noted_by"),
    Booking: ("event_id", "enterprise_id", "state", "pinned", "booth_ids"),
    BookingRules: (
        *("way", "booths_each", "needs_review", "no_show_limit", "no_show_bar"),
        *("wage_check", "word_check", "stale_check", "shares", "kept", "branch_authorised"),
    ),
    BookingTerms: (
        *("way", "opens_at", "closes_at", "shares", "kept", "allocated_at"),
        *("public_rule", "public_word", "drawn_on", "branch_authorised"),
    ),
    BoothAllocation: ("event_id", "cancel_requested", "published_at"),
    CalendarDay: ("kind", "provisional"),
    CampaignWindow: ("starts_on", "ends_on", "provisional"),
    CircleShare: ("what",),
    Crew: ("city_code", "staff"),
    CrewAbsence: ("crew_id", "first_on", "last_on"),
    Delegation: ("from_organizer_id", "to_organizer_id", "division_code", "role", "last_on", "withdrawn_at"),
    Duty: ("operator", "count", "period", "strength", "valid_from", "valid_to"),
    DutyWaiver: ("duty_code", "division_code", "period"),
    Enterprise: (
        *("division_code", "industry_code", "verification", "agency_licence_to", "merged_into_id"),
        *("parent_code", "authorised_to"),
    ),
    EnterpriseMerge: ("kept_id", "merged_id", "undo_to", "undone_at"),
    EnterpriseTier: ("enterprise_id", "tier", "source"),
    Erasure: ("account_id", "sha256"),
    Event: ("pinned_starts_at", "pinned_venue_id", "cancel_reason"),
    EventDuty: ("duty_code", "period"),
    FloorPlan: ("venue_id", "version", "state"),
    Gate: ("event_id", "expires_at", "revoked_at"),
    Host: ("city_code",),
    Invitation: ("kind", "organizer_id", "roles", "enterprise_id", "enterprise_role", "withdrawn_at"),
    Livestream: ("channel_id", "state", "turns", "closes_at", "cancel_until"),
    NoShow: ("event_id", "enterprise_id", "misconduct", "appealed_at", "answered_by", "lifted_at"),
    OfficerAssignment: ("enterprise_id", "officer_id"),
    Organizer: ("publishes_itself", "staff", "preferred_weekdays"),
    Parameter: ("default",),
    Plan: ("quarter", "scope_code", "state"),
    PlanRun: ("quarter", "scope_code", "cancel_requested"),
    Programme: ("count",),
    Publication: ("plan_id",),
    Registration: ("state", "answered_by"),
    ReviewCase: ("enterprise_id", "kind", "state", "revision"),
    ReviewStep: ("enterprise_id", "case_id", "deed", "reasons"),
    RunSheet: ("event_id", "version", "state", "revision"),
    ResetHandover: ("account_id",),
    SafetyRules: ("publishing", "annual_month", "annual_day"),
    SafetyStep: ("state", "due_on", "number", "people", "handed_in_on", "done_on"),
    SecondFactor: ("confirmed_at",),
    ServiceOfficer: ("account_id",),
    StoredFile: ("enterprise_id", "organizer_id", "purpose", "sha256", "keep_until", "deleted_at"),
    StreamChannel: ("city_code", "platform", "verified_on", "retired_on"),
    StreamOpening: ("enterprise_id", "replay_second", "views", "resumes"),
    StreamRules: ("least_minutes", "most_minutes", "closes_lead_days", "cancel_lead_days", "checklist"),
    StreamTurn: ("enterprise_id", "rules_accepted_at"),
    SupportView: ("account_id", "ended_at"),
    UrgentRequest: ("enterprise_id", "due_at"),
    Venue: ("division_code", "booths", "people"),
    VenueClosure: ("venue_id", "first_on", "last_on"),
    Webhook: ("account_id",),
}
"""Where and when an event stands is not repeated: every publication keeps that for each event it changes."""
DIVISIONS, REASONS = (
    ("division_code", "scope_code", "city_code"),
    ("reason", "cancel_reason", "reason_zh", "end_reason", "answer"),
)

ABOUT_PEOPLE = {SupportView}
"""Their reasons speak of a person and can be erased; what the audit holds can not."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One change of one row: which, what it was and became, and what else the row tells: where and why."""

    model: type[Base]
    key: tuple[Any, ...]
    deed: Deed
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    facts: Mapping[str, Any]

    def values(self) -> dict[str, Any]:
        """Return the columns of the entry that the change itself decides; the division may be empty."""
        return {
            "division_code": self._first(DIVISIONS),
            "deed": self.deed,
            "subject": self.model.__tablename__,
            "subject_id": ":".join(str(_plain(part)) for part in self.key),
            "before": {name: _plain(value) for name, value in self.before.items()},
            "after": {name: _plain(value) for name, value in self.after.items()},
            "reason": self._first(REASONS)[:500],
        }

    def _first(self, names: Iterable[str]) -> str:
        return next((str(self.facts[name]) for name in names if self.facts.get(name)), "")


def fields(model: type[Base]) -> list[str]:
    """Return everything that is read of a row: the noted fields, and those that say where and why."""
    known = inspect(model).columns.keys()
    beside = DIVISIONS if model in ABOUT_PEOPLE else (*DIVISIONS, *REASONS)
    return list(dict.fromkeys((*AUDITED[model], *(name for name in beside if name in known))))


def compare(
    model: type[Base], key: tuple[Any, ...], was: Mapping[str, Any] | None, now: Mapping[str, Any] | None
) -> Noted | None:
    """Return what became of a row (None: it was not, or is no longer there), if it is worth a note."""
    facts = now or was or {}
    before = {name: was[name] for name in AUDITED[model]} if was is not None else {}
    after = {name: now[name] for name in AUDITED[model]} if now is not None else {}
    if was is not None and now is not None:
        changed = [name for name in before if before[name] != after[name]]
        before, after = {name: before[name] for name in changed}, {name: after[name] for name in changed}
        return Noted(model, key, Deed.CHANGED, before, after, facts) if changed else None
    return Noted(model, key, Deed.MADE if was is None else Deed.REMOVED, before, after, facts)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any column's value, as JSON has it
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
