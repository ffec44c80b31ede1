"""E-mail addresses, before anything is kept of them or sent to them."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

from lib.text.invisible import without_invisible


def normalize_address(email: str | None) -> str:
    """Return an address as it is compared and stored: trimmed and in lower case."""
    return (email or "").strip().lower()


def clean_address(email: str | None, *, field: str = "email") -> str:
    """The address as it is kept; refused is what no mail can be sent to, and what looks like another one."""
    address = normalize_address(email)
    if not (_is_seen(address) and _can_be_sent_to(address)):
        raise ValidationError({field: _("Enter a valid email address.")})
    return address


def _is_seen(address: str) -> bool:
    """Neither joiners nor what no script has given a meaning yet belong in one."""
    return without_invisible(address) == address and not any(unicodedata.category(each)[0] == "C" for each in address)


def _can_be_sent_to(address: str) -> bool:
    """Mail servers know domains in ASCII alone."""
    name, _, domain = address.rpartition("@")
    try:
        validate_email(address)
        # Spelt out, a domain may have become another one or none: U+FF20 is an @ then.
        validate_email(f"{name}@{punycode(domain)}")
    except (UnicodeError, ValidationError):
        return False
    return True
