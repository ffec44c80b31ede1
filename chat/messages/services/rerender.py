"""Render stored messages anew after a change of the renderer: in small transactions, beside a running server.

It can be stopped at any time: what is left is found by its version. Neither `edited_at` nor the versions of messages
change, for no user has changed anything; who was told of a mention stays told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from chat.emoji.names import Pictures, find_pictures_by_room
from chat.messages.content import build_marks
from chat.messages.named_groups import read_group_marks
from chat.models import Message, MessageRevision
from lib.text.markdown.document import VERSION, Document

BATCH = 100

OUTDATED = Q(html_version=None) | Q(html_version__lt=VERSION)


def count_outdated() -> int:
    """Return how many messages, and earlier contents of edited ones, an older renderer has rendered."""
    return sum(rows.count() for rows in _list_outdated())


def rerender_messages(step: Callable[[int], None] = lambda rendered: None) -> int:
    """Render all of them anew, and return how many. `step` is told the size of each batch that is stored."""
    total = 0
    for rows in _list_outdated():
        for batch in _read_batches(rows):
            _store_batch(batch)
            total += len(batch)
            step(len(batch))
    return total


def _list_outdated() -> tuple[QuerySet[Any], ...]:
    messages = Message.objects.not_deleted().exclude(type=Message.Type.SYSTEM).filter(OUTDATED)
    revisions = MessageRevision.objects.filter(OUTDATED, message__deleted_at=None).select_related("message")
    return messages, revisions


def _read_batches(rows: QuerySet[Any]) -> Iterable[Sequence[Any]]:
    """Return rows in the order of their keys: one that is edited meanwhile is passed, and never asked for again."""
    rows = rows.order_by("pk")
    batch = list(rows[:BATCH])
    while batch:
        yield batch
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:BATCH])


def _store_batch(batch: Sequence[Message | MessageRevision]) -> None:
    users = _load_mentioned(batch)
    documents = [(row, Document(row.content)) for row in batch]
    pictures = find_pictures_by_room(_gather_emoji_names(documents))
    rendered = [
        (row, _render_again(row, document, users, pictures.get(_get_message(row).room_id, {})))
        for row, document in documents
    ]
    with transaction.atomic():
        for row, html in rendered:
            model: type[Model] = type(row)
            # An edit that came between has rendered it anew already. The new time empties the caches of servers.
            model._default_manager.filter(OUTDATED, pk=row.pk, content=row.content).update(
                html=html, html_version=VERSION, updated_at=timezone.now()
            )


def _load_mentioned(batch: Sequence[Message | MessageRevision]) -> dict[UUID, User]:
    ids = {UUID(user_id) for row in batch for user_id in _get_message(row).mentioned_ids}
    return User.objects.in_bulk(ids) if ids else {}


def _gather_emoji_names(documents: Iterable[tuple[Message | MessageRevision, Document]]) -> dict[UUID, set[str]]:
    names: dict[UUID, set[str]] = {}
    for row, document in documents:
        if document.emoji_names:
            names.setdefault(_get_message(row).room_id, set()).update(document.emoji_names)
    return names


def _render_again(
    row: Message | MessageRevision, document: Document, users: dict[UUID, User], pictures: Pictures
) -> str:
    """Return the HTML of a content. It mentions the users that are stored as mentioned, by their present names."""
    told = [users[pk] for user_id in _get_message(row).mentioned_ids if (pk := UUID(user_id)) in users]
    names = {user.username: (str(user.pk), user.get_short_name()) for user in told}
    marks = read_group_marks(row.html)
    marks |= build_marks(document.usernames) if _get_message(row).broadcast else {}
    return document.render(names, marks, pictures)[0]


def _get_message(row: Message | MessageRevision) -> Message:
    return row if isinstance(row, Message) else row.message
