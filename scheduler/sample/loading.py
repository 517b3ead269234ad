"""Builds the sample step by step in the caller's transaction."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import PROVINCE, Division, Enterprise, Organizer, Venue
from scheduler.quarters import Quarter
from scheduler.sample.accounts import SampleAccount, add_accounts, add_applicant
from scheduler.sample.bureaus import add_crews, add_hosts, add_organizers
from scheduler.sample.enterprises import add_enterprises, add_openings
from scheduler.sample.floors import add_floors
from scheduler.sample.livestreams import add_channels, add_livestreams
from scheduler.sample.province import read_regions
from scheduler.sample.registrations import add_registrations
from scheduler.sample.rules import add_rules
from scheduler.sample.trial import add_small_hall, add_trial
from scheduler.sample.venues import STUDIO, add_venues
from scheduler.sample.verification import add_applicants, add_branches, add_officers, add_tiers
from scheduler.services.duties import expand_duties
from scheduler.services.reference import load_reference

QUARTER = Quarter(2027, 1)
REVIEWERS = ("city-reviewer@sample", "county-reviewer@sample")


@dataclass(frozen=True, slots=True)
class Size:
    """What a sample covers: one city, or all of them (None), with so many enterprises."""

    city_code: str | None
    enterprises: int


SIZES = {"province": Size(None, 18_000), "small": Size("371000", 720)}
"""The small one is Weihai: four counties, three zones, and its share of the enterprises."""


class SampleInTheWay(Refusal):
    """Sample data would mix with what the database holds already."""

    status = 409
    code = "sample_in_the_way"
    zh = "数据库中已有办会机构、场地或用人单位。示例数据只能载入空的数据库，请另选一个数据库。"
    en = "The database already holds bureaus, venues or enterprises. Load the sample into an empty one."


class UnknownSampleSize(Refusal):
    """A size that there is not."""

    status = 400
    code = "unknown_sample_size"
    zh = "没有“{size}”这种规模的示例数据，可选：{known}。"
    en = "There is no sample of size “{size}”; choose one of {known}."


@dataclass(frozen=True, slots=True)
class SampleReport:
    """How much was made; `venues` counts the studios too."""

    size: str
    seed: int
    organizers: int
    venues: int
    studios: int
    floors: int
    crews: int
    hosts: int
    enterprises: int
    openings: int
    events: int
    registrations: int
    channels: int
    livestreams: int
    tiers: int
    applicants: int
    officers: int
    accounts: tuple[SampleAccount, ...]


def load_sample(session: Session, *, size: str, seed: int) -> SampleReport:
    """Load the sample "small" or "province" for 2027Q1; the same seed gives the same rows everywhere.

    Only passwords and the moments of writing differ. Raises UnknownSampleSize and SampleInTheWay.
    """
    if size not in SIZES:
        raise UnknownSampleSize(size=size, known=", ".join(SIZES))
    _refuse_what_is_there(session)
    load_reference(session)
    wanted = SIZES[size]
    regions = read_regions(session, wanted.city_code)
    organizers = add_organizers(session, session.get_one(Division, PROVINCE), regions)
    venues = add_venues(session, regions, seed)
    add_small_hall(session, regions[0])
    crews, hosts = add_crews(session, regions), add_hosts(session, regions)
    members = add_enterprises(session, regions, wanted.enterprises, seed)
    openings = add_openings(session, seed)
    expansion = expand_duties(session, quarter=QUARTER, scope_code=wanted.city_code or PROVINCE)
    registrations = add_registrations(session, QUARTER, members, seed)
    channels = add_channels(session, regions)
    accounts = add_accounts(session, PROVINCE, regions)
    floors, livestreams = add_floors(session), add_livestreams(session, QUARTER, seed)
    tiers, applicants = add_tiers(session, seed), add_applicants(session, regions[0], seed)
    add_branches(session, regions[0])
    officers = add_officers(session, REVIEWERS, regions[0])
    accounts = (*accounts, add_applicant(session))
    add_rules(session, regions[0])
    trial = add_trial(session, regions[0], seed)
    return SampleReport(
        size=size,
        seed=seed,
        organizers=organizers,
        venues=len(venues),
        studios=venues.count(STUDIO),
        floors=floors,
        crews=crews,
        hosts=hosts,
        enterprises=len(members),
        openings=openings + trial.openings,
        events=expansion.added + trial.events,
        registrations=registrations + trial.registrations,
        channels=channels,
        livestreams=livestreams,
        tiers=tiers,
        applicants=applicants,
        officers=officers,
        accounts=accounts,
    )


def _refuse_what_is_there(session: Session) -> None:
    for model in (Organizer, Venue, Enterprise):
        if session.scalar(select(exists().select_from(model))):
            raise SampleInTheWay
