"""Measures what an organizer waits for at a large fair: the page of its allocation, booth cards, the poster.

`python -m benchmarks.large_fair [--booths 1500 --requests 2500] [--json FILE]` fills a SQLite database with
one fair, lets its booths be allocated, and asks for the pages in this process: milliseconds of processor,
the first time and the median of later ones, and kilobytes.
"""

import argparse
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from benchmarks.report import Figures, add_outputs, publish
from benchmarks.rush_world import enterprise_row
from scheduler.allocator import allocate_due
from scheduler.database import connect, transaction
from scheduler.drawings import Numbers, draw, hall_for
from scheduler.models import (
    Booth,
    BoothWish,
    Enterprise,
    FloorState,
    Opening,
    Registration,
    RegistrationState,
    Way,
)
from scheduler.schema import upgrade
from scheduler.services import allocation, booking
from scheduler.services.floors import store
from scheduler.settings import Settings
from scheduler.times import now
from tests.scheduler.allocation.rows import close
from tests.support.schedule import LIXIA, make_event, make_venue
from tests.web.organizers import add_world, sign_in
from web import create_app

OPENINGS, WISHES, AGAIN = 3, 3, 7
SEARCH_SECONDS = 30
FIRST = 100
"""Below it are those of the world around the fair."""


def main() -> int:
    """Print the figures as a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--booths", type=int, default=1_500)
    parser.add_argument("--requests", type=int, default=2_500)
    add_outputs(parser)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        publish(options, [_measured(Path(folder), options.booths, options.requests)])
    return 0


def _measured(folder: Path, booths: int, requests: int) -> Figures:
    url = f"sqlite:///{folder / 'fair.db'}"
    engine = connect(url)
    upgrade(engine)
    add_world(engine)
    with transaction(engine) as session:
        event_id = _add_fair(session, booths, requests)
        draft = allocation.request_allocation(session, event_id=event_id, seconds=SEARCH_SECONDS).id
    allocate_due(engine, threading.Event())
    client = create_app(_settings(url, folder), engine).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    sign_in(client, "city-publisher")
    page = f"/organizer/events/{event_id}/allocation"
    with transaction(engine) as session:
        firm = session.scalars(select(Enterprise.credit_code).order_by(Enterprise.id.desc())).first()
    figures: Figures = {"booths": booths, "requests": requests}
    figures |= _asked(client, "draft", page) | _asked(client, "draft_panel", f"{page}?firm={firm}")
    figures |= _asked(client, "draft_search", f"{page}?q=99")
    figures |= _asked(client, "draft_plan", f"{page}?plan=true")
    with transaction(engine) as session:
        allocation.publish_allocation(session, allocation_id=draft, published_by=None)
    figures |= _asked(client, "published", page)
    for paper in ("cards", "poster"):
        figures |= _asked(client, paper, f"/organizer/events/{event_id}/{paper}.pdf", again=1)
    engine.dispose()
    return figures


def _asked(client: FlaskClient, name: str, path: str, again: int = AGAIN) -> Figures:
    took = []
    size = 0
    for _ in range(again + 1):
        before = time.process_time()
        answer = client.get(path)
        took.append(1_000 * (time.process_time() - before))
        if answer.status_code != 200:  # noqa: PLR2004 - else the figure is of something else
            raise RuntimeError(f"{path}: {answer.status_code}")
        size = len(answer.data)
    return {
        f"{name}_first_ms": round(took[0]),
        f"{name}_ms": round(statistics.median(took[1:])),
        f"{name}_kb": size // 1_000,
    }


def _add_fair(session: Session, booths: int, requests: int) -> int:
    """Add a fair past its closing date, for whose booths so many enterprises with openings and wishes ask."""
    venue = make_venue(session, booths=booths)
    drawing = draw(hall_for(Numbers(width=0, depth=0, booths=booths, people=4_000, doors=4)))
    plan = store(session, venue_id=venue.id, drawing=drawing, name_zh="大厅", state=FloorState.READY)
    event = make_event(session, 50, venues=(venue,))
    booking.open_booking(session, event_id=event.id, way=Way.ALLOCATION)
    firms = _add_firms(session, requests)
    here = {"event_id": event.id, "requested_at": now(), "state": RegistrationState.APPROVED}
    session.execute(insert(Registration), [{**here, "enterprise_id": one} for one in firms])
    session.execute(insert(Opening), [_opening(one, number) for one in firms for number in range(OPENINGS)])
    offered = session.scalars(select(Booth.id).where(Booth.floor_plan_id == plan.id)).all()
    session.execute(insert(BoothWish), _wishes(event.id, firms, offered))
    close(session, event.id)
    return event.id


def _add_firms(session: Session, many: int) -> Sequence[int]:
    last = session.scalar(select(func.max(Enterprise.id))) or 0
    session.execute(insert(Enterprise), [enterprise_row(number) for number in range(FIRST, FIRST + many)])
    return session.scalars(select(Enterprise.id).where(Enterprise.id > last).order_by(Enterprise.id)).all()


def _wishes(event_id: int, firms: Sequence[int], booths: Sequence[int]) -> list[dict[str, int]]:
    chosen = random.Random("large fair")  # noqa: S311 - nothing secret
    return [
        {"event_id": event_id, "enterprise_id": firm, "rank": rank, "booth_id": booth}
        for firm in firms
        for rank, booth in enumerate(chosen.sample(booths, WISHES), 1)
    ]


def _opening(enterprise_id: int, number: int) -> dict[str, object]:
    return {
        "enterprise_id": enterprise_id,
        "title_zh": f"岗位{number + 1}",
        "occupation_code": "6",
        "headcount": 2,
        "wage_min": 5_000,
        "wage_max": 8_000,
        "division_code": LIXIA,
        "confirmed_at": now(),
    }


def _settings(url: str, folder: Path) -> Settings:
    return Settings(
        database_url=url,
        secret_key="a secret of forty characters for the tests",  # noqa: S106
        data_dir=folder,
        public_url="http://127.0.0.1:8000",
        production=False,
    )


if __name__ == "__main__":
    sys.exit(main())
