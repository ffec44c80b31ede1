"""Look for previews of the pages that messages link to, and let authors remove them."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.messages import events, jobs
from chat.messages.locking import bump_version, lock_message
from chat.models import Message, MessagePreview
from chat.previews.empty_pages import links_to_empty_pages
from chat.previews.links import LINK, find_links, get_page
from lib.db.transactions import after_commit

MAX_PER_SECOND = 10
_requested_at: deque[float] = deque(maxlen=MAX_PER_SECOND)


def request_previews(messages: Sequence[Message]) -> None:
    """Fetch the previews of new or edited messages by jobs, where they have links, in the caller's transaction.

    Of more than `MAX_PER_SECOND` messages the others stay without: each costs a process more than posting it does.
    """
    for message in messages if settings.LINK_PREVIEWS else ():
        if LINK in message.html and not links_to_empty_pages(message.room_id, message.html) and _take_turn():
            jobs.attach_previews.enqueue(message_id=str(message.pk))


def _take_turn() -> bool:
    now = time.monotonic()
    if len(_requested_at) == MAX_PER_SECOND and now - _requested_at[0] < 1:
        return False
    _requested_at.append(now)
    return True


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
