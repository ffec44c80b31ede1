"""Load the comments on tasks."""

from __future__ import annotations

from uuid import UUID

from accounts.models import User
from chat.messages.queries.feed import Window
from chat.threads.queries.replies import encode_replies, thread_head
from tasks.models import Task


def comments_json(*, user: User, task_id: UUID, window: Window) -> bytes:
    """Return a window of the comments on a task that a user can see, as the REST answer. Four queries at most."""
    task = Task.objects.visible_to(user).only("card_id").get(pk=task_id)
    if task.card_id is None:
        return b'{"items":[],"next_cursor":null,"card_id":null}'
    head = thread_head(user=user, root_id=task.card_id)
    return b'{%b,"card_id":"%b"}' % (encode_replies(head, window), str(task.card_id).encode())
