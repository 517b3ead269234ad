"""Registering for events: enterprises ask to attend, bureaus answer."""

from scheduler.services.registering.admitting import admit

__all__ = ["admit"]
