"""Check the settings of web push."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured


def check_push_settings(**_: Any) -> list[CheckMessage]:
    """Return an error for each setting of web push that no push service would accept."""
    from notifications.push.vapid import is_valid_subject, parse_private_key

    errors: list[CheckMessage] = []
    if settings.VAPID_PRIVATE_KEY:
        try:
            parse_private_key(settings.VAPID_PRIVATE_KEY)
        except ImproperlyConfigured as error:
            hint = "Without the setting, a key is made and kept in the data folder."
            errors.append(Error(f"VAPID_PRIVATE_KEY: {error}", hint=hint, id="notifications.E001"))
    if settings.VAPID_SUBJECT and not is_valid_subject(settings.VAPID_SUBJECT):
        hint = "As mailto:admin@example.com or https://example.com: a whole domain, without path, port or a slash."
        errors.append(Error("No push service accepts VAPID_SUBJECT.", hint=hint, id="notifications.E002"))
    return errors
