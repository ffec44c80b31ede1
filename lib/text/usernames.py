"""Say which usernames can be mentioned, and mean one user."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What would mean everybody, those who are here, or whoever has an office, in the languages of the interface.
_WORDS = """
    all here channel channels everyone everybody anyone anybody someone somebody nobody room rooms group groups team
    teams online admin admins administrator administrators moderator moderators owner owners member members guest
    guests agent agents bot bots system support security atrium alle jeder jede niemand jemand kanal raum gruppe
    mitglieder verwaltung
"""
RESERVED = frozenset(_WORDS.split())
CHARACTERS = re.compile(r"[a-z0-9][a-z0-9._-]*")


def validate_username(username: str) -> None:
    """Raise `ValidationError` for a username that can't be mentioned, or would mean others than its user."""
    if not CHARACTERS.fullmatch(username):
        raise ValidationError(_("Use small letters, digits, dots, dashes and underscores."))
    if not username[-1].isalnum():
        raise ValidationError(_("A username ends with a letter or a digit."))
    if username in RESERVED:
        raise ValidationError(_("This word has a meaning of its own. Choose another username."))


def is_valid_username(username: str) -> bool:
    """Tell whether a username would be taken today: some are older than the rules."""
    try:
        validate_username(username)
    except ValidationError:
        return False
    return True
