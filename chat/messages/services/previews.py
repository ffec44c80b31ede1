"""Show previews of the pages that messages link to, and let authors remove them."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.messages import events
from chat.messages.locking import bump_version, lock_message
from chat.models import LinkPreview, Message, MessagePreview, Room
from chat.previews.links import LINK, find_links, get_page
from chat.previews.services import find_preview
from lib.background import run_in_background
from lib.db.transactions import after_commit

# What a server that was stopped while it fetched finds again at its start.
RESUMED_WITHIN = timedelta(hours=1)
MAX_RESUMED = 200
MAX_PER_SECOND = 10
_requested_at: deque[float] = deque(maxlen=MAX_PER_SECOND)


def request_previews(messages: Sequence[Message]) -> None:
    """Fetch the previews of new or edited messages in the background, where they have links.

    Of more than `MAX_PER_SECOND` messages the others stay without: each costs a process more than posting it does.
    """
    for message in messages:
        if LINK in message.html and settings.LINK_PREVIEWS and _take_turn():
            run_in_background(attach_previews, message.pk)


def _take_turn() -> bool:
    now = time.monotonic()
    if len(_requested_at) == MAX_PER_SECOND and now - _requested_at[0] < 1:
        return False
    _requested_at.append(now)
    return True


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
    if found:
        _show_previews(message, found)
    else:
        _record_none_found(message)


def drop_previews(message: Message) -> None:
    """Drop the previews of links that an edit removes from a message, in its transaction. Its row is saved by it."""
    if message.previews:
        pages = [get_page(url) for url in find_links(message.html)]
        message.previews = [shown for shown in message.previews if get_page(shown["url"]) in pages]
        MessagePreview.objects.filter(message=message, removed_at=None).exclude(preview__url__in=pages).delete()


def remove_preview(*, actor: User, message_id: UUID, index: int) -> Message:
    """Remove one of the previews below the actor's own message, counted from 0. It stays away after edits.

    Raise PermissionDenied for a message of another author, MessagePreview.DoesNotExist where there is no such preview.
    """
    with transaction.atomic():
        message, room = lock_message(actor, message_id)
        if message.author_id != actor.pk:
            raise PermissionDenied(_("Only its author can remove a preview."))
        shown = list(message.previews or [])
        if index >= len(shown):
            raise MessagePreview.DoesNotExist(_("There is no such preview."))
        page = get_page(shown.pop(index)["url"])
        MessagePreview.objects.filter(message=message, preview__url=page).update(removed_at=timezone.now())
        message.previews = shown
        bump_version(message, room, ["previews"])
        after_commit(events.message_updated, message)
    return message


def resume_previews() -> None:
    """Fetch the previews of recent messages whose links were not looked for, because the server was stopped."""
    if not settings.LINK_PREVIEWS:
        return
    # Ids begin with the milliseconds of their creation.
    first = UUID(int=int((time.time() - RESUMED_WITHIN.total_seconds()) * 1000) << 80)
    messages = Message.objects.not_deleted().filter(pk__gt=first, previews__isnull=True, html__contains=LINK)
    for message_id in messages.order_by("-pk").values_list("pk", flat=True)[:MAX_RESUMED]:
        run_in_background(attach_previews, message_id)


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
        return _record_none_found(message)
    MessagePreview.objects.bulk_create(MessagePreview(message=message, preview=found[url]) for url in new)
    described = known | {get_page(url): _describe_preview(url, found[url]) for url in new}
    message.previews = [described[page] for page in map(get_page, links) if page in described]
    bump_version(message, room, ["previews"])
    after_commit(events.message_updated, message)


def _record_none_found(message: Message) -> None:
    """Record that the links of a message were looked for, so that no start looks again."""
    Message.objects.filter(pk=message.pk, previews__isnull=True).update(previews=[])


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
