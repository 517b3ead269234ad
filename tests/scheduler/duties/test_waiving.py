"""A duty is waived with a reason, once, and only for a period in which it falls due."""

import pytest
from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.errors import NotFound, Refusal
from scheduler.models import DutyWaiver
from scheduler.quarters import Quarter
from scheduler.services.duties import (
    AlreadyWaived,
    PeriodOutside,
    ReasonMissing,
    UnknownDuty,
    expand_duties,
    waive_duty,
    withdraw_waiver,
)
from tests.scheduler.duties.rows import add_county_duties, add_province

Q1 = Quarter(2026, 1)
W08 = {"duty_code": "W", "division_code": "370000", "period": "2026-W08", "reason": " 春节，全周无工作日 "}


def test_a_waiver_keeps_its_reason_and_can_be_withdrawn(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 2)
        add_county_duties(session)
        waiver = waive_duty(session, quarter=Q1, **W08)
        assert (waiver.reason, waiver.period) == ("春节，全周无工作日", "2026-W08")
        first = expand_duties(session, quarter=Q1)
        withdraw_waiver(session, waiver_id=waiver.id)
        second = expand_duties(session, quarter=Q1)
        with pytest.raises(NotFound):
            withdraw_waiver(session, waiver_id=waiver.id)
    assert (first.added, second.added) == (2 * (12 + 3), 2)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"duty_code": "X"}, UnknownDuty),
        ({"division_code": "990000"}, NotFound),
        ({"period": "2026-W20"}, PeriodOutside),
        ({"period": "2026-02"}, PeriodOutside),
        ({"reason": " "}, ReasonMissing),
    ],
)
def test_a_wrong_waiver_is_refused_by_name(
    engine: Engine, change: dict[str, str], refusal: type[Refusal]
) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_county_duties(session)
        with pytest.raises(refusal) as found:
            waive_duty(session, quarter=Q1, **W08 | change)
        waived = session.scalars(select(DutyWaiver)).all()
    assert type(found.value) is refusal
    assert waived == []


def test_the_same_waiver_twice_is_refused_and_the_first_one_stays(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_county_duties(session)
        waive_duty(session, quarter=Q1, **W08)
        with pytest.raises(AlreadyWaived) as refusal:
            waive_duty(session, quarter=Q1, **W08)
    with transaction(engine) as session:
        reasons = session.scalars(select(DutyWaiver.reason)).all()
    assert reasons == ["春节，全周无工作日"]
    assert refusal.value.text("zh") == "370000 在 2026-W08 的任务 W 已经豁免，无需重复办理。"
