"""Flask without what it would find out anew for every request, though it never changes here."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


class CookieSessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie; a request without the cookie needs no signer to be told so."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the request's session, a new one where it brings none."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


class Site(Flask):
    """Flask for views that are plain functions."""

    session_interface = CookieSessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is: none of ours is a coroutine."""
        return func
