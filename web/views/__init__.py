"""One view file per audience; `BLUEPRINTS` lists them all."""

from flask import Blueprint

from web.views import calendars, events, health, public

BLUEPRINTS: tuple[Blueprint, ...] = (
    public.blueprint,
    events.blueprint,
    calendars.blueprint,
    health.blueprint,
)
