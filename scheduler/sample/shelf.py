"""The opening library of the sample employer: what is to be put right in it shows each kind of finding."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from scheduler.models import Enterprise, Insurance
from scheduler.postings import WageUnit
from scheduler.sample.staging import told
from scheduler.services import openings
from scheduler.services.openings import Facts

LONG_AGO, LATELY = 75, 40
"""Days ago: the first is longer ago than openings stay fresh, the second before the first event here."""


def add_shelf(session: Session, employer: Enterprise) -> list[int]:
    """Add openings with findings and without to an enterprise's library; returns those that are in order."""
    usual = Facts(
        title_zh="",
        occupation_code="6",
        headcount=1,
        division_code=employer.division_code,
        hours_zh="8:30–17:30，双休",
        insurance=Insurance.FIVE,
    )
    with told(LONG_AGO):
        _, filled, gone = _add(session, employer, _long_ago(usual))
    with told(LATELY):
        openings.confirm_opening(session, opening_id=filled)
        openings.withdraw_opening(session, opening_id=gone)
        _add(session, employer, _to_put_right(usual))
        return _add(session, employer, _in_order(usual))


def _long_ago(usual: Facts) -> Iterable[Facts]:
    """Yield one that nobody has confirmed since, one that is filled, one that is withdrawn."""
    yield replace(usual, title_zh="库区叉车工", headcount=2, wage_min=5_500, wage_max=7_000)
    yield replace(usual, title_zh="设备维修工", hired=1, wage_min=6_000, wage_max=8_000)
    yield replace(usual, title_zh="夜班保安", headcount=3, wage_min=3_500, wage_max=4_000)


def _to_put_right(usual: Facts) -> Iterable[Facts]:
    """Yield one without a wage, one that shuts people out, one that takes money."""
    yield replace(usual, title_zh="销售代表", occupation_code="4", headcount=6)
    shut_out = "限女性，已婚已育优先；形象气质佳，35岁以下。"
    office = replace(usual, title_zh="前台接待", occupation_code="3", wage_min=4_000, wage_max=5_000)
    yield replace(office, requirements_zh=shut_out)
    yield replace(
        usual,
        title_zh="包装工",
        headcount=8,
        wage_min=100,
        wage_max=180,
        wage_unit=WageUnit.DAY,
        requirements_zh="入职须交服装费200元，满三个月退还。",
    )


def _in_order(usual: Facts) -> Iterable[Facts]:
    yield replace(usual, title_zh="装配工", headcount=12, wage_min=5_500, wage_max=7_500)
    yield replace(
        usual, title_zh="外贸跟单员", occupation_code="3", headcount=2, wage_min=5_000, wage_max=7_000
    )


def _add(session: Session, employer: Enterprise, shelf: Iterable[Facts]) -> list[int]:
    added = (openings.add_opening(session, enterprise_id=employer.id, facts=one) for one in shelf)
    return [opening.id for opening, _ in added]
