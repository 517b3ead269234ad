"""Whether a site shows invented data, so that every page can say so."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from scheduler.models import Venue


def has_sample_data(session: Session) -> bool:
    """Tell whether any venue is a sample (示例)."""
    return bool(session.scalar(select(exists().where(Venue.is_sample))))
