"""One view file per audience; `BLUEPRINTS` lists them all."""

from flask import Blueprint

from web.views import calendars, health, public

BLUEPRINTS: tuple[Blueprint, ...] = (public.blueprint, calendars.blueprint, health.blueprint)
