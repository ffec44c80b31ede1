"""Store cards, and draw them again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from accounts.models import User, new_id
from chat.messages.services.cards import change_card, post_card
from chat.models import Message, Room
from tasks.cards.html import draw_card
from tasks.models import Project, Task, TaskCard
from tasks.work.queries import load_tasks

# Tasks that a card of several names.
MAX_SHOWN = 5


def put_card(*, actor: User, project: Project, news: str, tasks: Sequence[Task], count: int, version: int) -> Message:
    """Post a card in the main channel of a project, inside the caller's transaction."""
    card = TaskCard(news=news, actor=actor, task_ids=[str(task.pk) for task in tasks], count=count, version=version)
    card.message_id = new_id()
    drawn = draw_card(card, tasks, project_id=project.pk, author_id=actor.pk)
    message = post_card(
        actor=actor, room_id=project.pk, message_id=card.message_id, content=drawn.content, html=drawn.html
    )
    card.save(force_insert=True)
    return message


def redraw_card(card: TaskCard, tasks: Sequence[Task], project: Project) -> None:
    """Let a card show its tasks as they are now."""
    drawn = draw_card(card, tasks, project_id=project.pk, author_id=card.message.author_id)
    change_card(message_id=card.message_id, content=drawn.content, html=drawn.html)


@transaction.atomic
def ensure_card(*, actor: User, task_id: UUID) -> UUID:
    """Return the id of the message that the comments of a task answer; post it where there is none, once.

    The caller has looked whether the actor may write in the project.
    """
    [task] = load_tasks([task_id])
    Room.objects.select_for_update().get(pk=task.project_id)
    card_id = Task.objects.values_list("card", flat=True).get(pk=task_id)
    card = Message.objects.filter(pk=card_id).first() if card_id else None
    if card is not None and is_standing(card):
        return card.pk
    news = TaskCard.News.COMMENTED
    message = put_card(actor=actor, project=task.project, news=news, tasks=[task], count=1, version=task.version)
    Task.objects.filter(pk=task_id).update(card=message)
    return message.pk


def is_standing(card: Message) -> bool:
    """Tell whether a card can be answered: it was not deleted, or has answers."""
    return not card.is_deleted or card.thread_summary is not None
