"""Forms of passkeys, as a script of theirs sends them."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.accounts.steps import read_page
from tests.authenticator import Authenticator
from tests.factories import PASSWORD

SECURITY = "/settings/second-factor/"
NEW = f"{SECURITY}passkeys/new/"
LOCAL = {"headers": {"host": "localhost"}}


def add_passkey(browser: Client, name: str = "Laptop") -> tuple[Authenticator, HttpResponse]:
    device = Authenticator()
    body = {"password": PASSWORD}
    begun = browser.post("/api/v1/me/passkeys/registration", body, content_type="application/json", **LOCAL).json()
    return device, browser.post(NEW, {"name": name, "credential": json.dumps(device.create(begun))}, **LOCAL)


def options_in(page: HttpResponse) -> dict[str, Any]:
    """What a page asks a passkey."""
    text = re.search(r'data-options="([^"]*)"', read_page(page)).group(1)
    options: dict[str, Any] = json.loads(html.unescape(text))
    return options
