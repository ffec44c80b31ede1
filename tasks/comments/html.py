"""Draw the comments on a task."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from accounts.models import User
from chat.excerpts import describe_message
from chat.messages.feed_html import ITEM, render_feed
from chat.messages.queries.feed import Window
from chat.models import Message
from chat.threads.queries.replies import load_thread, thread_head
from tasks.models import Task


def render_comments(*, user: User, task_id: UUID) -> dict[str, Any]:
    """Return what shows the latest comments on a task that a user sees, and the message that it was made of."""
    task = Task.objects.visible_to(user).only("pk", "card_id", "message_id").get(pk=task_id)
    context: dict[str, Any] = {"card_id": task.card_id, "origin": _find_origin(user, task)}
    if task.card_id is None:
        return context
    replies = load_thread(thread_head(user=user, root_id=task.card_id), Window())
    # They may stand in the thread beside the page too.
    items = [
        item._replace(html=item.html.replace(f'{ITEM} id="message-', f'{ITEM} id="comment-', 1))
        for item in replies.items
    ]
    return context | {"comments": render_feed(items), "has_comments": bool(items), "has_older": replies.has_older}


def _find_origin(user: User, task: Task) -> dict[str, Any] | None:
    """Return who wrote the message that a task was made of and how it begins, if the user sees it."""
    if task.message_id is None:
        return None
    message = Message.objects.visible_to(user).not_deleted().for_rendering().filter(pk=task.message_id).first()
    if message is None:
        return None
    return {"author": message.author, "excerpt": describe_message(message), "url": message.get_absolute_url()}
