"""What a reader wishes for by an address and a cookie keeps: language, large text, the region at home."""

import re
from urllib.parse import urlencode

from flask import Response, request

from web.site import settings

ONE_YEAR = 365 * 24 * 60 * 60
HOME_REGION = "region"
WISHES = {"lang": "language", "text": "text"}  # the parameter in an address, and the cookie that keeps it


def wished(parameter: str) -> str | None:
    """Return what the address wishes for, else what was wished for before."""
    return request.args.get(parameter) or request.cookies.get(WISHES[parameter])


def wish_url(**wish: str) -> str:
    """Return the address of this page with a wish; the filter stays."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in WISHES]
    return f"?{urlencode([*kept, *wish.items()])}"


def home_region() -> str | None:
    """Return the code of the region last chosen on the home page."""
    code = request.cookies.get(HOME_REGION, "")
    return code if re.fullmatch(r"[1-9]\d{5}", code, re.ASCII) else None


def is_wishing() -> bool:
    """Tell whether this address carries a wish; its answer is then one reader's own."""
    return any(parameter in request.args for parameter in WISHES)


def keep(response: Response, parameter: str, value: str) -> None:
    """Let the reader's browser remember a wish for a year."""
    set_cookie(response, WISHES[parameter], value)


def set_cookie(response: Response, name: str, value: str) -> None:
    """Put a value into the reader's browser; the answer becomes this reader's own."""
    response.set_cookie(
        name,
        value,
        max_age=ONE_YEAR,
        secure=settings().production,
        httponly=True,
        samesite="Lax",
    )
    response.headers["Cache-Control"] = "private, no-store"  # one reader's wish is nobody else's
