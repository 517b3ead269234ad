"""One view file per audience; `BLUEPRINTS` lists them all."""

from flask import Blueprint

from web import metrics
from web.views import account, calendars, enterprise, events, floors, health, organizer, public, tickets

BLUEPRINTS: tuple[Blueprint, ...] = (
    public.blueprint,
    events.blueprint,
    floors.blueprint,
    calendars.blueprint,
    health.blueprint,
    metrics.blueprint,
    account.blueprint,
    organizer.blueprint,
    enterprise.blueprint,
    tickets.blueprint,
)
