"""Show the names of emoji that were deleted where messages and reactions had their pictures."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from chat.emoji.names import build_picture_url
from chat.models import Message, MessageRevision, Reaction

BATCH = 100


def show_names_instead(*, organisation_id: UUID, emoji_id: UUID, shown: str) -> None:
    """Replace the pictures of a deleted emoji by what was typed for them; in reactions it is `shown`, its first name.

    It reads the organisation's messages, so it runs beside the requests. Until it is done, and where it was cut short,
    browsers show the same, since the picture is missing.
    """
    picture = build_picture_url(emoji_id)
    tag = re.compile(rf'<img [^>]*?src="{re.escape(picture)}"[^>]*>')
    in_rooms = {"room__organisation": organisation_id}
    rows: tuple[QuerySet[Any], ...] = (
        Message.objects.filter(**in_rooms, html__contains=picture),
        MessageRevision.objects.filter(message__room__organisation=organisation_id, html__contains=picture),
    )
    for found in rows:
        _replace_pictures(found, tag)
    reacted = Message.objects.filter(**in_rooms, pk__in=Reaction.objects.filter(emoji=shown).values("message"))
    _remove_pictures_of_reactions(reacted, str(emoji_id))


def _replace_pictures(rows: QuerySet[Any], tag: re.Pattern[str]) -> None:
    for pk, html in rows.values_list("pk", "html").iterator(BATCH):
        # The new time empties the caches of servers. An edit that came between has rendered it anew.
        unchanged = rows.model._default_manager.filter(pk=pk, html=html)
        unchanged.update(html=tag.sub(_read_alternative, html), updated_at=timezone.now())


def _read_alternative(tag: re.Match[str]) -> str:
    """Return what was typed, which is escaped already."""
    found = re.search(r' alt="([^"]*)"', tag[0])
    return found[1] if found else ""


def _remove_pictures_of_reactions(messages: QuerySet[Message], emoji_id: str) -> None:
    for message in messages.only("pk", "reactions").iterator(BATCH):
        reactions = [
            {key: value for key, value in shown.items() if key != "custom_id" or value != emoji_id}
            for shown in message.reactions
        ]
        unchanged = Message.objects.filter(pk=message.pk, reactions=message.reactions)
        unchanged.update(reactions=reactions, updated_at=timezone.now())
