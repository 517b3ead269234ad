"""The enterprise's side: its first page and its members, one file per subject."""

from web.views.enterprise import (
    attending,
    fair_day,
    finding,
    home,
    importing,
    joining,
    livestreams,
    members,
    openings,
    verification,
)
from web.views.enterprise.base import blueprint

__all__ = [
    "attending",
    "blueprint",
    "fair_day",
    "finding",
    "home",
    "importing",
    "joining",
    "livestreams",
    "members",
    "openings",
    "verification",
]
