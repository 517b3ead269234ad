"""A firm's checklist before it goes on air: what is said of its openings, and what it has to have shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.models import (
    Enterprise,
    Insurance,
    Opening,
    RegistrationState,
    StreamTurn,
    Verification,
)
from scheduler.postings.checks import WIDEST
from scheduler.runsheets.words import said_in


class CheckKind(StrEnum):
    """What has to be in order."""

    ADMITTED = "admitted"
    LICENCE = "licence"
    ABOUT = "about"
    OPENINGS = "openings"
    WAGE = "wage"
    HOURS = "hours"
    INSURANCE = "insurance"
    WORDS = "words"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Check:
    """One point of the checklist; `at_fault` names the openings or words that are in the way."""

    kind: CheckKind
    done: bool
    at_fault: tuple[str, ...] = ()


def checked(
    turn: StreamTurn, enterprise: Enterprise, state: RegistrationState, openings: Sequence[Opening]
) -> tuple[Check, ...]:
    """Return a firm's checklist as it stands."""
    return tuple(_checks(turn, enterprise, state, openings))


def _checks(
    turn: StreamTurn, enterprise: Enterprise, state: RegistrationState, openings: Sequence[Opening]
) -> Iterator[Check]:
    yield Check(CheckKind.ADMITTED, state is RegistrationState.APPROVED)
    yield Check(CheckKind.LICENCE, enterprise.verification is Verification.VERIFIED)
    yield Check(CheckKind.ABOUT, bool(turn.about_zh))
    yield Check(CheckKind.OPENINGS, bool(openings))
    yield _openings(CheckKind.WAGE, openings, [not _says_wage(it) for it in openings])
    yield _openings(CheckKind.HOURS, openings, [not it.hours_zh for it in openings])
    uninsured = {None, Insurance.NONE}
    yield _openings(CheckKind.INSURANCE, openings, [it.insurance in uninsured for it in openings])
    words = said_in(turn.about_zh, turn.questions_zh, *(it.title_zh for it in openings))
    yield Check(CheckKind.WORDS, not words, words)
    yield Check(CheckKind.RULES, turn.rules_accepted_at is not None)


def _says_wage(opening: Opening) -> bool:
    """Tell whether an opening states a wage, in a range that says something."""
    low, high = opening.wage_min, opening.wage_max
    return low is not None and high is not None and high <= low * WIDEST


def _openings(kind: CheckKind, openings: Sequence[Opening], faults: Sequence[bool]) -> Check:
    at_fault = tuple(it.title_zh for it, fault in zip(openings, faults, strict=True) if fault)
    return Check(kind, bool(openings) and not at_fault, at_fault)
