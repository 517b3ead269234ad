"""The usual site a week before the usual event."""

from tests.scheduler.booking.conftest import _week_before, site

__all__ = ["_week_before", "site"]
