"""An OpenID Connect provider in a process of its own: `oidc-provider-mock`, which insists on nonce and code verifier.

It can be told to lie: a claim of somebody's replaces what an ID token says (`nonce`, `aud`, …), those named by
`not_in_token` are left to the user info, and `userinfo` replaces what that says.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.live import ROOT, free_port

START_SECONDS = 90
# One for all, without the certificates that each would read anew.
http = httpx.Client(timeout=20, verify=False, trust_env=False)


class LiveProvider:
    """People are known there by `sub`; whoever comes says who they are, and is believed."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> LiveProvider:
        command = [sys.executable, "-m", "tests.provider", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603  our own command
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                http.get(self.url)
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return self
        raise RuntimeError("The provider did not start.")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def app(self, provider_id: str = "oidc", name: str = "Lighthouse", **more: Any) -> dict[str, Any]:
        """It as the settings name it."""
        client = {"client_id": f"atrium-{provider_id}", "secret": "kept-in-the-environment"}
        return client | {"provider_id": provider_id, "name": name, "settings": {"server_url": self.url}} | more

    def know(self, sub: str, **claims: Any) -> None:
        """Let it say this of somebody."""
        http.put(f"{self.url}/users/{sub}", json=claims).raise_for_status()


def agree(address: str, sub: str) -> str:
    """Sign in there as somebody, who is sent back to this path."""
    answer = http.post(address, data={"sub": sub})
    assert answer.status_code == 302, answer.text
    target = urlsplit(answer.headers["Location"])
    return f"{target.path}?{target.query}"


def serve(port: int) -> None:
    """Run it. Imported here: nothing but this process needs any of it."""
    import uvicorn
    from authlib.oauth2.rfc6749.errors import InvalidRequestError
    from authlib.oauth2.rfc7636 import CodeChallenge
    from oidc_provider_mock import _app as mock

    @dataclass(kw_only=True, frozen=True)
    class Code(mock.AuthorizationCode):
        code_challenge: str
        code_challenge_method: str

    class Grant(mock.AuthorizationCodeGrant):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            CodeChallenge(required=True)(self)

        def save_authorization_code(self, code: str, request: Any) -> None:
            super().save_authorization_code(code, request)
            asked = request.payload.data
            if asked.get("code_challenge_method") != "S256" or "state" not in asked:
                raise InvalidRequestError("Neither without state nor without S256.")
            kept = mock.storage.get_authorization_code(code)
            challenge = {name: asked[name] for name in ("code_challenge", "code_challenge_method")}
            mock.storage.store_authorization_code(Code(**vars(kept) | challenge))

    class Token(mock.OpenIDCode):
        def generate_user_info(self, user: mock.User, scope: str) -> dict[str, Any]:
            claims = super().generate_user_info(user, scope)
            return {name: value for name, value in claims.items() if name not in claims.get("not_in_token", ())}

    mock.AuthorizationCodeGrant, mock.OpenIDCode = Grant, Token
    app = mock.app(require_nonce=True, issue_refresh_token=False)
    tell = app.view_functions["oidc-provider-mock.userinfo"]

    def userinfo() -> dict[str, Any]:
        told = tell().get_json()
        return told | told.get("userinfo", {})

    app.view_functions["oidc-provider-mock.userinfo"] = userinfo
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    uvicorn.run(app, interface="wsgi", host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    serve(int(sys.argv[1]))
