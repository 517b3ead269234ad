"""A small identity provider (OpenID Connect, code flow with PKCE) in a process of its own.

`python -m tests.support.provider` says where it answers. It vouches for whomever `login_hint` names;
`--fault` makes it wrong in one way, as a forger would be.
"""

import argparse
import base64
import hashlib
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, abort, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT_ID, CLIENT_SECRET = "fair", "a secret between two"
LASTS_SECONDS = 300
FAULTS = ("none", "nonce", "audience", "issuer", "key", "expired")


@dataclass(frozen=True, slots=True)
class Code:
    """What was asked when a code was given out; a code is good once."""

    subject: str
    nonce: str
    redirect_uri: str
    challenge: str


class Provider:
    """Codes, keys and tokens of one provider."""

    def __init__(self, issuer: str, fault: str) -> None:
        """Be the issuer, with one fault at most."""
        self.issuer, self.fault = issuer, fault
        self._codes: dict[str, Code] = {}
        self._key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
        self._forged = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})

    def metadata(self) -> dict[str, object]:
        """Return what a client has to know."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, object]:
        """Return the public keys."""
        return {"keys": [self._key.as_dict(private=False)]}

    def give_code(self) -> str:
        """Return a code for the person who asks; a request without PKCE or state is refused."""
        asked = request.args
        fine = asked["client_id"] == CLIENT_ID and asked["response_type"] == "code"
        if not fine or asked["code_challenge_method"] != "S256" or not asked["state"]:
            abort(400)
        code = secrets.token_urlsafe(16)
        self._codes[code] = Code(
            asked.get("login_hint", "somebody"),
            asked["nonce"],
            asked["redirect_uri"],
            asked["code_challenge"],
        )
        return code

    def token(self) -> dict[str, object]:
        """Return the token of a code; client, address and verifier have to be right."""
        given = self._codes.pop(request.form["code"], None)
        sent = request.authorization
        known = sent is not None and (sent.username, sent.password) == (CLIENT_ID, CLIENT_SECRET)
        if given is None or not known or given.redirect_uri != request.form["redirect_uri"]:
            abort(400)
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != given.challenge:
            abort(400)
        return {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
            "id_token": self._signed(given),
        }

    def _signed(self, given: Code) -> str:
        at = int(time.time())  # noqa: TID251 — the provider's own clock
        claims = {
            "iss": "https://elsewhere.example" if self.fault == "issuer" else self.issuer,
            "sub": given.subject,
            "aud": "another" if self.fault == "audience" else CLIENT_ID,
            "nonce": "another" if self.fault == "nonce" else given.nonce,
            "iat": at - (10_000 if self.fault == "expired" else 0),
            "exp": at + (-9_000 if self.fault == "expired" else LASTS_SECONDS),
        }
        key = self._forged if self.fault == "key" else self._key
        return jwt.encode({"alg": "RS256", "kid": "1"}, claims, key)


def application(provider: Provider) -> Flask:
    """Return the provider as a web application."""
    app = Flask(__name__)
    app.add_url_rule("/.well-known/openid-configuration", "metadata", lambda: jsonify(provider.metadata()))
    app.add_url_rule("/keys", "keys", lambda: jsonify(provider.keys()))
    app.add_url_rule("/token", "token", lambda: jsonify(provider.token()), methods=["POST"])

    @app.get("/authorize")
    def authorize() -> ResponseReturnValue:
        answer = {"code": provider.give_code(), "state": request.args["state"], "iss": provider.issuer}
        return redirect(f"{request.args['redirect_uri']}?{urlencode(answer)}")

    return app


@contextmanager
def running(fault: str = "none") -> Iterator[str]:
    """Run a provider in a process of its own; lends its address."""
    command = [sys.executable, "-m", "tests.support.provider", "--fault", fault]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate()


def main() -> None:
    """Serve until killed, after saying where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fault", choices=FAULTS, default="none")
    fault = parser.parse_args().fault
    server = make_server("127.0.0.1", 0, Flask(__name__), threaded=True)
    issuer = f"http://127.0.0.1:{server.server_port}"
    server.app = application(Provider(issuer, fault))
    print(issuer, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
