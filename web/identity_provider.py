"""The identity provider: OpenID Connect with state, nonce and PKCE; the only importer of authlib in web."""

from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from scheduler.errors import Refusal
from scheduler.settings import IdentityProvider

NAME = "provider"
PATIENCE_SECONDS = 10
REFUSALS = (RequestException, AuthlibBaseError, JoseError, ValueError)


class ProviderFailed(Refusal):
    """The provider could not be reached, refused, or answered with something that does not hold."""

    status = 502
    code = "provider_failed"
    zh = "统一身份认证没有完成（{reason}）。请重试，或用账号密码登录。"
    en = "The identity provider did not vouch for you ({reason}). Try again, or sign in by password."


def install(app: Flask, provider: IdentityProvider | None) -> None:
    """Get to know the provider; its addresses and keys are asked for when first needed."""
    app.extensions["identity_provider"] = None
    if provider is None:
        return
    client = OAuth(app).register(
        NAME,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE_SECONDS,
        },
    )
    app.extensions["identity_provider"] = client


def leave_for(back: str) -> Response:
    """Send the browser to the provider, which sends it back to the address `back`."""
    try:
        answer: Response = _client().authorize_redirect(back)
    except REFUSALS as error:
        raise ProviderFailed(reason=type(error).__name__) from error
    return answer


def vouched_for() -> tuple[str, str]:
    """Return issuer and subject of the person whom the provider vouches for in this request.

    State, nonce, signature, audience and expiry are checked; raises ProviderFailed when one fails.
    """
    try:
        token = _client().authorize_access_token()
        person = token["userinfo"]
        return str(person["iss"]), str(person["sub"])
    except (*REFUSALS, KeyError) as error:
        raise ProviderFailed(reason=type(error).__name__) from error


def _client() -> Any:  # noqa: ANN401 — authlib has no types
    client = current_app.extensions["identity_provider"]
    if client is None:
        raise ProviderFailed(reason="none")
    return client
