"""Everybody who may knock, and one row of every owner, for the access matrix."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.links import sign
from scheduler.models import (
    Account,
    Crew,
    Enterprise,
    EnterpriseRole,
    Event,
    EventState,
    Level,
    Organizer,
    Role,
)
from scheduler.queries.placed import Placed
from scheduler.services import accounts
from scheduler.times import now
from tests.access.booking_rows import booking_values, fair_values, opening_of
from tests.access.fair_day import add_no_show, event_values, result_values, ticket_values
from tests.access.firms import add_paper, firm_values, sign_up_link
from tests.access.places import add_hall
from tests.access.program_rows import program_values
from tests.access.rows import (
    SECRET,
    TIANQIAO,
    add_absence,
    add_address_link,
    add_closure,
    add_delegation,
    add_erasure,
    add_identity,
    add_run,
    add_sign_in,
    add_token,
    add_waiver,
    add_webhook,
)
from tests.access.streams import add_stream, take_part
from tests.scheduler.livestreams.rows import make_livestream
from tests.scheduler.planning.plans import add_draft, at
from tests.support.schedule import (
    JINAN,
    LIXIA,
    QINGDAO,
    SHINAN,
    add_reference,
    make_division,
    make_employer,
    make_event,
    make_venue,
    register,
)
from tests.web.organizers import add_duty

PROVINCE = "370000"
NEW_CODES = {"one": "91370211MA3TERT2X6", "two": "91370181712345672C"}
PASSWORD = "泉城的春天，2027 年"
ALL_ROLES = [role for role in Role if role is not Role.AUDITOR]
# Members hold every role that one person can: what they are refused, they are refused for its owner.
MEMBERS = {
    "county": LIXIA,
    "sister-county": TIANQIAO,
    "city": JINAN,
    "other-city": QINGDAO,
    "province": PROVINCE,
}
ACTORS = (
    "anonymous",
    "seeker-1",
    "seeker-2",
    "owner-1",
    "staff-1",
    "owner-2",
    "auditor",
    *MEMBERS,
    "disabled",
)
OWNERS = {"county": LIXIA, "city": JINAN, "other": SHINAN, "province": PROVINCE}


@dataclass(frozen=True, slots=True)
class World:
    """What the addresses and forms of the table are filled with, by the name of the owner."""

    values: dict[str, dict[str, str]]


def add_world(engine: Engine) -> World:
    """Add rows of a county, a city, another city's county and the province, and everybody of ACTORS."""
    with transaction(engine) as session:
        add_reference(session)
        add_duty(session)
        _add_sister_county(session)
        people = dict(_people(session))
        values = {owner: _rows(session, owner, code, people) for owner, code in OWNERS.items()}
        values = {owner: {**rows, **event_values(session, rows, SECRET)} for owner, rows in values.items()}
        for one, other in (("county", "other"), ("other", "county")):  # a move has two owners
            there = {name: values[other][name] for name in ("bureau", "division")}
            values[f"{one}-to-{other}"] = {**values[one], **there}
        _add_enterprise_rows(session, values, people)
        return World(values)


def sign_in_as(engine: Engine, name: str) -> str:
    """Return the token of a browser in which one of ACTORS is signed in; the disabled one's is an old one."""
    if name == "anonymous":
        return ""
    with transaction(engine) as session:
        account = session.scalars(select(Account).where(Account.login == name)).one()
        token = accounts.open_sign_in(session, account_id=account.id)
        if name == "disabled":
            account.disabled_at = now()
        return token


def _people(session: Session) -> Iterator[tuple[str, int]]:
    organizers = {row.division_code: row.id for row in session.scalars(select(Organizer))}
    firms = [make_employer(session, number).id for number in (1, 2)]
    for name, code in MEMBERS.items():
        yield name, _person(session, name, accounts.Belonging.member(organizers[code], ALL_ROLES))
    yield "auditor", _person(session, "auditor", accounts.Belonging.member(organizers[JINAN], [Role.AUDITOR]))
    yield "disabled", _person(session, "disabled", accounts.Belonging.member(organizers[JINAN], ALL_ROLES))
    for number, firm in enumerate(firms, 1):
        owner = accounts.Belonging.employer(firm, EnterpriseRole.OWNER)
        staff = accounts.Belonging.employer(firm, EnterpriseRole.STAFF)
        yield f"owner-{number}", _person(session, f"owner-{number}", owner)
        yield f"staff-{number}", _person(session, f"staff-{number}", staff)
        yield f"seeker-{number}", _person(session, f"seeker-{number}", accounts.Belonging.seeker())


def _person(session: Session, login: str, belonging: accounts.Belonging) -> int:
    return accounts.create_account(
        session, login=login, password=None, display_name=login, belonging=belonging
    ).id


def _rows(session: Session, owner: str, code: str, people: dict[str, int]) -> dict[str, str]:
    """Add what one division owns; the numbers of the rows are what the table's addresses are filled with."""
    place = LIXIA if code in {JINAN, PROVINCE} else code
    scope = code if code in {JINAN, PROVINCE} else f"{code[:4]}00"
    number = list(OWNERS.values()).index(code) + 1
    organizer = session.scalars(select(Organizer).where(Organizer.division_code == code)).one()
    event = make_event(
        session, number, division_code=code, city_code=scope, venues=(make_venue(session),), people=1_200
    )
    planned = _planned(session, number + 10, place)
    draft = add_draft(
        session, [Placed(planned.id, at(6, 9), at(6, 11, 30), None, None, (), ())], scope_code=scope
    )
    planner = accounts.Belonging.member(organizer.id, [Role.PLANNER])
    member = _person(session, f"member-{owner}", planner)
    invitation = accounts.invite(
        session,
        belonging=planner,
        display_name="新成员",
        email=None,
        invited_by=None,
        language="zh",
    )
    register(session, event, firm := make_employer(session, number + 40))
    return {
        "division": code,
        "firm": str(firm.id),
        "scope": scope,
        "bureau": str(organizer.id),
        "event": str(event.id),
        "planned": str(planned.id),
        "uid": event.uid,
        "draft": str(draft.id),
        "run": str(add_run(session, scope)),
        "waiver": str(add_waiver(session, code)),
        "closure": str(add_closure(session, code, scope)),
        **add_hall(session, event, code, scope),
        **booking_values(session, event, number),
        **add_stream(session, number + 20, code, scope, firm),
        "absence": str(add_absence(session, scope)),
        "member": str(member),
        "invitation": str(invitation.id),
        "delegation": str(add_delegation(session, organizer, people["province"])),
        **firm_values(session, number, organizer),
    }


def _planned(session: Session, number: int, place: str) -> Event:
    return make_event(
        session,
        number,
        division_code=place,
        city_code=f"{place[:4]}00",
        state=EventState.PLANNED,
        revision=0,
        visible_changed_at=None,
        starts_at=None,
    )


def _add_enterprise_rows(session: Session, values: dict[str, dict[str, str]], people: dict[str, int]) -> None:
    """Add what belongs to an enterprise or to a person: the first one's is "one", the second's "two"."""
    event = make_event(session, 30)
    for number, name, member in ((1, "one", "city"), (2, "two", "other-city")):
        firm = session.get_one(Account, people[f"owner-{number}"]).enterprise_id or 0
        enterprise = session.get_one(Enterprise, firm)
        register(session, event, enterprise)
        invitation = accounts.invite(
            session,
            belonging=accounts.Belonging.employer(firm, EnterpriseRole.STAFF),
            display_name="新成员",
            email=None,
            invited_by=None,
            language="zh",
        )
        values[name] = {
            **fair_values(session, 300 + 10 * number, enterprise),
            **program_values(session, enterprise, number),
            "stream": str(take_part(session, make_livestream(session, 30 + number), firm)),
            "member": str(people[f"staff-{number}"]),
            "opening": opening_of(session, firm),
            "invitation": str(invitation.id),
            "sign_in": str(add_sign_in(session, people[f"seeker-{number}"])),
            "token": str(add_token(session, people[member])),
            "webhook": str(add_webhook(session, people[member])),
            "identity": str(add_identity(session, people[f"seeker-{number}"])),
            "link": sign(SECRET, "invitation", invitation.id),
            "address": add_address_link(session, people[f"seeker-{number}"]),
            "erasure": add_erasure(session, f"gone-{number}"),
            "paper": str(add_paper(session, firm)),
            "sign_up": sign_up_link(session, SECRET, code=NEW_CODES[name]),
            "reset": accounts.reset_link(SECRET, session.get_one(Account, people[f"seeker-{number}"])),
            **result_values(session, 400 + number, enterprise, SECRET),
            "no_show": add_no_show(session, event.id, firm),
            **ticket_values(session, event.id, people[f"seeker-{number}"], SECRET),
        }


def _add_sister_county(session: Session) -> None:
    make_division(session, TIANQIAO, "天桥区", Level.COUNTY, JINAN)
    session.add(Organizer(division_code=TIANQIAO, name_zh="天桥区人社局", name_en="Tianqiao Bureau"))
    session.add(Crew(city_code=JINAN, name_zh="一组", name_en="Crew 1", staff=6))
    session.flush()
