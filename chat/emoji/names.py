"""Clean the names of emoji that are added, and look up what names in messages mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chat.models import MAX_EMOJI_NAME, MAX_EMOJI_NAMES, CustomEmoji, EmojiName
from lib.text.emoji_names import find_named_emoji
from lib.text.folding import fold_text, normalize_text
from lib.web.errors import Taken

NAME = re.compile(rf"[\w+-]{{2,{MAX_EMOJI_NAME}}}")
# More names than a message can mean; each is looked up.
MAX_LOOKED_UP = 100

# Addresses of pictures by folded name, as the renderer takes them.
Pictures = dict[str, str]


def clean_emoji_name(text: str, field: str = "name") -> str:
    """Return a name as it is stored: in lower case, without the colons around it.

    Raise ValidationError for one that can't be typed between colons, Taken for that of an emoji of Unicode.
    """
    name = normalize_text(text.strip().strip(":").lower())
    if not NAME.fullmatch(name):
        raise ValidationError(
            {field: format_lazy(_("A name has 2 to {count} letters, digits, _, - or +."), count=MAX_EMOJI_NAME)}
        )
    if find_named_emoji(name) or find_named_emoji(fold_text(name)):
        raise Taken(field, format_lazy(_("“{name}” is an emoji that everybody has."), name=name))
    return name


def clean_aliases(texts: Iterable[str], name: str) -> list[str]:
    """Return the further names of an emoji, each once and without its first one."""
    cleaned = {fold_text(alias): alias for text in texts if (alias := clean_emoji_name(text, "aliases"))}
    cleaned.pop(fold_text(name), None)
    if len(cleaned) >= MAX_EMOJI_NAMES:
        raise ValidationError({"aliases": format_lazy(_("At most {count} further names."), count=MAX_EMOJI_NAMES - 1)})
    return list(cleaned.values())


def find_pictures(names: Collection[str], room_id: UUID) -> Pictures:
    """Return what folded names mean in the organisation of a room. One query, none without names."""
    return find_pictures_by_room({room_id: names}).get(room_id, {}) if names else {}


def find_pictures_by_room(names_by_room: Mapping[UUID, Collection[str]]) -> dict[UUID, Pictures]:
    """Return what folded names mean in the organisations of rooms, by room. One query for all of them."""
    names = {name for looked_up in names_by_room.values() for name in sorted(looked_up)[:MAX_LOOKED_UP]}
    if not names:
        return {}
    rows = EmojiName.objects.filter(folded_name__in=names, organisation__rooms__in=list(names_by_room))
    found: dict[UUID, Pictures] = {}
    for room_id, name, emoji_id in rows.values_list("organisation__rooms", "folded_name", "emoji"):
        found.setdefault(room_id, {})[name] = build_picture_url(emoji_id)
    return found


def find_custom_emoji(text: str, organisation_id: UUID) -> CustomEmoji | None:
    """Return the emoji of an organisation that `:name:` means."""
    name = fold_text(text.strip(":"))
    found = EmojiName.objects.filter(organisation=organisation_id, folded_name=name).select_related("emoji").first()
    return found.emoji if found else None


def build_picture_url(emoji_id: UUID | str) -> str:
    """Return the path of an emoji's picture."""
    return reverse("api:get_emoji_image", args=[emoji_id])
