"""Forms of an organisation's emoji."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chat.models import MAX_EMOJI_NAME, MAX_EMOJI_NAMES
from lib.web.forms import ServiceForm

MAX_ALIASES_LENGTH = MAX_EMOJI_NAMES * (MAX_EMOJI_NAME + 4)


class AliasesField(forms.CharField):
    """Field of names with spaces or commas between them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "max_length": MAX_ALIASES_LENGTH} | options)

    def clean(self, value: Any) -> list[str]:
        """Return the names, as they were typed."""
        return str(super().clean(value)).replace(",", " ").split()


class EmojiForm(ServiceForm):
    """Form of a new emoji."""

    # Sizes and types are for the service.
    file = forms.FileField(label=_("Picture"), max_length=255)
    name = forms.CharField(label=_("Name"), max_length=MAX_EMOJI_NAME + 2)
    aliases = AliasesField(label=_("Further names"))


class EmojiAliasesForm(ServiceForm):
    """Form of the further names of an emoji."""

    aliases = AliasesField(label=_("Further names"))


class EmojiRuleForm(ServiceForm):
    """Form of who may add emoji."""

    admins_only = forms.BooleanField(required=False)
