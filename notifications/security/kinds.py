"""How security events are described."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.kinds import Channels, Description, Kind, register, show_to_all
from notifications.models import Level, Notification
from notifications.security.services import KIND

TITLES: Mapping[str, str | Promise] = {
    "codes_guessed": _("Wrong codes were tried for your account"),
    "email_changed": _("Your email address was changed"),
    "new_device": _("Sign-in from a new device"),
    "passkey_added": _("A passkey was added to your account"),
    "passkey_removed": _("A passkey was removed from your account"),
    "password_changed": _("Your password was changed"),
    "recovery_code_used": _("A recovery code was used"),
    "recovery_codes_renewed": _("Your recovery codes were made anew"),
    "replay": _("A session was ended: it was used from two places"),
    "second_factor_off": _("Two-factor authentication was turned off"),
    "second_factor_on": _("Two-factor authentication was turned on"),
    "second_factor_removed": _("Two-factor authentication was taken from your account"),
}


def describe_events(rows: Sequence[Notification], reader: User) -> list[Description]:
    """Describe what has happened to the reader's account. No query."""
    return [_describe_event(row) for row in rows]


def _describe_event(row: Notification) -> Description:
    title = str(TITLES.get(row.data["event"], _("Something has changed in your account")))
    return Description(title, row.data["device"] or gettext("If that wasn’t you, look at your account."), row.url)


register(
    Kind(
        KIND,
        _("Your account’s security"),
        _("Your account"),
        describe=describe_events,
        filter_visible=show_to_all,
        # The mail has been sent already.
        defaults=Channels(in_app=True, push=True),
        level=Level.WARNING,
        icon="shield",
        urgency="high",
        shows_toast=True,
        is_configurable=False,
    )
)
