"""Notify users of what has happened to their accounts, beside the mail that warns them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from accounts.models import User
from notifications.inbox.services import notify
from notifications.models import Level

KIND = "security"
# By the names of the mails: the page where the user looks after it.
PAGES: Mapping[str, str] = {
    "codes_guessed": "accounts:second-factor",
    "email_changed": "accounts:address",
    "new_device": "accounts:sessions",
    "passkey_added": "accounts:second-factor",
    "passkey_removed": "accounts:second-factor",
    "password_changed": "accounts:sessions",
    "recovery_code_used": "accounts:second-factor",
    "recovery_codes_renewed": "accounts:second-factor",
    "replay": "accounts:sessions",
    "second_factor_off": "accounts:second-factor",
    "second_factor_on": "accounts:second-factor",
    "second_factor_removed": "accounts:second-factor",
}


def notice_mailed(*, user: User, name: str, details: Mapping[str, Any]) -> None:
    """Notify a user of what they are warned of by mail; other mails notify nobody."""
    if name in PAGES and user.kind == User.Kind.HUMAN:
        notify(
            kind=KIND,
            recipients=[user.pk],
            url=reverse(PAGES[name]),
            data={"event": name, "device": str(details.get("device") or "")},
            level=Level.WARNING,
        )
