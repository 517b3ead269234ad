"""Knows and does: the whole product without a web server."""
