"""Ask for a second factor on a page, and show what comes with the first one."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.mfa.queries import list_methods
from accounts.mfa.relying_party import RelyingParty, find_relying_party
from accounts.mfa.services.passkeys import build_second_factor_options
from accounts.models import User
from accounts.requests import SignedInRequest
from lib.web.errors import Conflict


def find_party(request: HttpRequest) -> RelyingParty | None:
    """Return the relying party at the address of a request, or nothing where passkeys can't be used."""
    try:
        return find_relying_party(request)
    except Conflict:
        return None


def build_proof_context(request: HttpRequest, user: User, methods: list[str]) -> dict[str, Any]:
    """Return what a form needs to ask a user for their second factor, by one of their methods.

    `passkey_options` is what their browser is asked, where it has passkeys to ask.
    """
    party = find_party(request)
    can_ask = "passkey" in methods and party is not None
    options = json.dumps(build_second_factor_options(user=user, party=party)) if can_ask and party else ""
    return {"methods": methods, "passkey_options": options}


def build_owner_context(request: HttpRequest, user: User) -> dict[str, Any]:
    """Return what a form needs to ask for a second factor in place of a password; nothing of a user who has one."""
    if user.has_usable_password() or user.second_factor_at is None:
        return {"needs_proof": False}
    return {"needs_proof": True} | build_proof_context(request, user, list_methods(user))


def render_recovery_codes(request: SignedInRequest, codes: list[str], *, onwards: str) -> HttpResponse:
    """Render new recovery codes, which are shown this once; the page is in no cache, so going back does not help.

    A user who has had some keeps them, and goes on.
    """
    if not codes:
        messages.success(request, _("Saved. The recovery codes that you have go on working."))
        return redirect(onwards)
    file = render_to_string("accounts/mfa/recovery_codes.txt", {"codes": codes}, request)
    return render(request, "accounts/mfa/recovery_codes.html", {"codes": codes, "file": file, "onwards": onwards})
