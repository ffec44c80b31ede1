"""A browser with an authenticator of its own: Chromium's virtual one, by its WebAuthn domain (CDP)."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.browser.conftest import Desk
from tests.live import PASSWORD

PLATFORM = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
NEW_PASSKEY = "/settings/second-factor/passkeys/new/"


class Keys:
    """The authenticator of one page."""

    def __init__(self, page: Page) -> None:
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        self.id = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": PLATFORM})["authenticatorId"]

    def list(self) -> list[dict[str, Any]]:
        """What it holds, private keys included."""
        credentials = self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]
        assert isinstance(credentials, list)
        return credentials

    def insert(self, credential: dict[str, Any]) -> None:
        """Put a copy of another's credential in."""
        self.cdp.send("WebAuthn.addCredential", {"authenticatorId": self.id, "credential": credential})

    def clear(self) -> None:
        self.cdp.send("WebAuthn.clearCredentials", {"authenticatorId": self.id})


def open_named(desk: Desk, **options: Any) -> Page:
    """Open a browser at the server's name: an address has no passkeys."""
    return desk.open(None, base_url=desk.server.url.replace("127.0.0.1", "localhost"), **options)


def offer_nothing(page: Page) -> None:
    """Let the e-mail field offer no passkeys, which the virtual authenticator would take at once."""
    page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = async () => false")


def add_passkey(page: Page, name: str, password: str = PASSWORD) -> None:
    page.goto(NEW_PASSKEY)
    page.locator("#id_name").fill(name)
    page.locator("#id_password").fill(password)
    page.get_by_role("button", name="Continue").click()
