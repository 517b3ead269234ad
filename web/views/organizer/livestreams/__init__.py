"""Livestreams on the workbench: the list, one livestream, its run sheet, what is printed, what came of it."""

from web.views.organizer.livestreams import channels, counts, deeds, listing, prints, sheets

__all__ = ["channels", "counts", "deeds", "listing", "prints", "sheets"]
