"""Fetch previews of the pages that a message links to, and show them below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from chat.messages import events
from chat.messages.locking import bump_version
from chat.models import LinkPreview, Message, MessagePreview, Room
from chat.previews.empty_pages import remember_empty_pages
from chat.previews.links import find_links, get_page
from chat.previews.services import find_preview
from lib.db.transactions import after_commit


def attach_previews(message_id: UUID) -> None:
    """Fetch what the pages that a message links to are about, show it below the message, and announce that."""
    message = (
        Message.objects.not_deleted()
        .filter(pk=message_id, room__organisation__link_previews=True)
        .select_related("room")
        .first()
    )
    if message is None:
        return
    organisation_id, shown = message.room.organisation_id, _map_shown(message)
    links = [url for url in find_links(message.html) if get_page(url) not in shown]
    fetched = {url: find_preview(organisation_id=organisation_id, url=url) for url in links}
    found = {url: preview for url, preview in fetched.items() if preview is not None}
    remember_empty_pages(message.room_id, fetched.keys() - found.keys())
    if found:
        _show_previews(message, found)


@transaction.atomic
def _show_previews(fetched_for: Message, found: Mapping[str, LinkPreview]) -> None:
    """Show previews by the URLs of their links, but for those that were edited out or removed meanwhile."""
    room = Room.objects.select_for_update().get(pk=fetched_for.room_id)
    message = Message.objects.not_deleted().for_rendering().filter(pk=fetched_for.pk).first()
    if message is None:
        return
    known = _map_shown(message)
    uses = MessagePreview.objects.filter(message=message)
    removed = set(uses.filter(removed_at__isnull=False).values_list("preview__url", flat=True))
    links = [url for url in find_links(message.html) if get_page(url) not in removed]
    new = [url for url in links if get_page(url) not in known and url in found]
    if not new:
        return
    MessagePreview.objects.bulk_create(MessagePreview(message=message, preview=found[url]) for url in new)
    described = known | {get_page(url): _describe_preview(url, found[url]) for url in new}
    message.previews = [described[page] for page in map(get_page, links) if page in described]
    bump_version(message, room, ["previews"])
    after_commit(events.message_updated, message)


def _map_shown(message: Message) -> dict[str, dict[str, Any]]:
    """Return what a message repeats of its previews, by page."""
    return {get_page(shown["url"]): shown for shown in message.previews or []}


def _describe_preview(url: str, preview: LinkPreview) -> dict[str, Any]:
    """Return what messages repeat of a preview."""
    return {
        "url": url,
        "title": preview.title,
        "description": preview.description,
        "site_name": preview.site_name,
        "image": str(preview.pk) if preview.image else None,
        "width": preview.image_width,
        "height": preview.image_height,
    }
