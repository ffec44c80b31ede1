"""Normalise and validate e-mail addresses."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

from lib.text.folding import normalize_text
from lib.text.invisible import strip_invisible

# A part of a list: commas within quotation marks belong to a name.
_PART = re.compile(r'(?:"[^"\n]*"|[^,;\n\r"])+')
_IN_BRACKETS = re.compile(r"<([^<>]*)>$")


def normalize_address(email: str | None) -> str:
    """Return an address as it is compared and stored: trimmed, in lower case and in one Unicode form.

    The domain is without compatibility forms, as mail servers read it. What has no @ is no address yet.
    """
    address = normalize_text(normalize_text(email or "").strip().lower())
    name, at, domain = address.rpartition("@")
    if not at or domain.isascii():
        return address
    return normalize_text(f"{name}@{unicodedata.normalize('NFKC', domain).lower()}")


def clean_address(email: str | None, *, field: str = "email") -> str:
    """Return the address as it is stored; refuse undeliverable addresses and those that look like another.

    Raise `ValidationError` for `field`.
    """
    address = normalize_address(email)
    if not (_is_fully_visible(address) and _is_deliverable(address)):
        raise ValidationError({field: _("Enter a valid email address.")})
    return address


def split_addresses(text: str) -> list[str]:
    """Return the addresses of a pasted list, each once and in order, not yet validated.

    They stand on lines of their own or between commas or semicolons, bare or as `Name <address>`. What reads headers,
    `email.utils.getaddresses`, drops wrong ones, and differs between releases of Python.
    """
    parts = (part.strip() for part in _PART.findall(text))
    addresses = (match[1] if (match := _IN_BRACKETS.search(part)) else part for part in parts if part)
    return list(dict.fromkeys(map(normalize_address, addresses)))


def _is_fully_visible(address: str) -> bool:
    """Tell whether an address has neither invisible nor unassigned characters, not even joiners."""
    return strip_invisible(address) == address and not any(
        unicodedata.category(character)[0] == "C" for character in address
    )


def _is_deliverable(address: str) -> bool:
    """Tell whether an address is valid, also with its domain in ASCII, as mail servers read it."""
    name, _, domain = address.rpartition("@")
    try:
        validate_email(address)
        # In ASCII a domain may become another or none: U+FF20 is an @ then.
        validate_email(f"{name}@{punycode(domain)}")
    except (UnicodeError, ValidationError):
        return False
    return True
