"""List the emoji of an organisation."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Organisation
from chat.models import CustomEmoji, EmojiName


def list_emoji(organisation: Organisation, q: str = "") -> QuerySet[CustomEmoji]:
    """Return the emoji of an organisation, those with a name that contains `q`, in the order of their first names."""
    emoji = CustomEmoji.objects.filter(organisation=organisation).for_listing().order_by("name", "pk")
    if not q:
        return emoji
    named = EmojiName.objects.filter(organisation=organisation, name__contains_folded=q.strip(":"))
    return emoji.filter(pk__in=named.values("emoji"))
