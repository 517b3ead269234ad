"""One view file per audience; `BLUEPRINTS` lists them all."""

from flask import Blueprint

from web import metrics
from web.views import (
    account,
    calendars,
    enterprise,
    floors,
    health,
    organizer,
    public,
    results,
    streams,
    tickets,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    public.blueprint,
    streams.blueprint,  # the events', with the routes that it adds
    floors.blueprint,
    calendars.blueprint,
    health.blueprint,
    metrics.blueprint,
    account.blueprint,
    organizer.blueprint,
    enterprise.blueprint,
    tickets.blueprint,
    results.blueprint,
)
