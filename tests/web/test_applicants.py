"""Tests of what a bureau sees beside a registration that waits: the firm, and what it lacks."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.models import (
    BookingTerms,
    Event,
    NoShow,
    Opening,
    Organizer,
    RegistrationOpening,
    RegistrationState,
    Role,
)
from scheduler.services import accounts
from tests.scheduler.booking.rows import BEFORE, make_firms
from tests.support.schedule import JINAN, QINGDAO, SHINAN, register
from tests.web.organizers import PASSWORD, add_booked_fair, add_world, sign_in

pytestmark = pytest.mark.usefixtures("week_before")
FAIR = "/organizer/events/{}/booths"


def test_beside_a_registration_the_firm_is_opened_and_a_branch_without_its_letter_is_pointed_out(
    client: FlaskClient, site_engine: Engine
) -> None:
    add_world(site_engine)
    fair = add_booked_fair(site_engine)
    page = FAIR.format(fair)
    with transaction(site_engine) as session:
        ours, other = firms = make_firms(session, 2, first=70)
        for firm in firms:
            register(session, session.get_one(Event, fair), firm, RegistrationState.REQUESTED)
        ours.name_zh, ids = "示例企业济南分公司", (ours.id, other.id)
        other.division_code, other.city_code = SHINAN, QINGDAO
        opening = session.scalars(select(Opening).where(Opening.enterprise_id == other.id)).first()
        assert opening is not None
        opening.title_zh = "数控车床操作工"
        brought = {"event_id": fair, "enterprise_id": other.id}
        session.add_all(
            [RegistrationOpening(opening_id=opening.id, **brought), NoShow(**brought, recorded_at=BEFORE)]
        )
        session.get_one(BookingTerms, fair).branch_authorised = True
        bureau = session.scalars(select(Organizer.id).where(Organizer.division_code == JINAN)).one()
        of_bureau = accounts.Belonging.member(bureau, [Role.REVIEWER])
        accounts.create_account(
            session, login="reviewer", password=PASSWORD, display_name="示例审核员", belonging=of_bureau
        )
    sign_in(client, "reviewer")
    assert f'href="{page}#lacking">已报名的分支机构缺上级单位授权书' in client.get("/organizer").text
    listed = client.get(page).text
    of_ours, of_other = (f"/organizer/events/{fair}/firms/{key}" for key in ids)
    assert (listed.count("! 缺授权书"), f'href="{of_other}"' in listed) == (1, True)
    beside = client.get(of_other).text
    for said in ("数控车床操作工", "计入违约", "完整档案由市南区保存"):
        assert said in beside, said
    assert f"/organizer/enterprises/{ids[1]}" not in beside
    assert f"/organizer/enterprises/{ids[0]}" in client.get(of_ours).text
    assert client.get(f"/organizer/events/{fair}/firms/99999").status_code == 404
