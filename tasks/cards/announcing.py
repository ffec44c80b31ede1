"""Tell of tasks by cards: of one task by its own, which changes while it is recent, of several by one for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.models import Message, Room
from tasks.cards.storing import MAX_SHOWN, is_standing, put_card, redraw_card
from tasks.models import Project, Task, TaskCard
from tasks.work.queries import load_tasks

# How long a card changes; later news has a card of its own, for nobody looks for it above.
RECENT = timedelta(hours=1)
# Of those that name several tasks: which of them name one is told by reading them.
MAX_REDRAWN = 200


@transaction.atomic
def announce_news(
    *, project_id: UUID, actor_id: UUID, version: int, news: str, task_ids: Sequence[UUID], count: int
) -> None:
    """Tell of what was done with tasks, of which `count` are more than are named. Twice changes nothing."""
    room = Room.objects.select_for_update().filter(pk=project_id, archived_at=None).first()
    project = Project.objects.standing().filter(pk=project_id, archived_at=None).first()
    actor = User.objects.filter(pk=actor_id).first()
    if room is None or project is None or actor is None:
        return
    if TaskCard.objects.filter(message__room=room, version=version, news=news).exists():
        return
    tasks = load_tasks(task_ids)
    count -= len(task_ids) - len(tasks)
    shown = {card.message_id: card for card in _list_recent_cards([task.card_id for task in tasks if task.card_id])}
    others = []
    for task in tasks:
        card = shown.get(task.card_id) if task.card_id else None
        if card is not None:
            _change_news(card, news, actor, version)
            redraw_card(card, [task], project)
        else:
            others.append(task)
    count -= len(tasks) - len(others)
    if count == 1 and others:
        _tell_of_one(others[0], news, actor, project, version)
    elif others and not _add_to_last(room, others, news, actor, project, version, count):
        put_card(actor=actor, project=project, news=news, tasks=others[:MAX_SHOWN], count=count, version=version)


@transaction.atomic
def redraw_cards(*, project_id: UUID, task_ids: Sequence[UUID]) -> None:
    """Let the cards that name tasks say that these are deleted, or show them again. Twice changes nothing."""
    project = Project.objects.filter(pk=project_id).first()
    if project is None:
        return
    own = Task.objects.filter(pk__in=task_ids).exclude(card=None).values_list("card", flat=True)
    cards = TaskCard.objects.filter(message__room=project_id, message__deleted_at=None).select_related(
        "message", "actor"
    )
    latest = cards.filter(count__gt=1).order_by("-pk")[:MAX_REDRAWN]
    named = set(map(str, task_ids))
    found = [*cards.filter(message__in=list(own)), *(card for card in latest if named & set(card.task_ids))]
    for card in {card.pk: card for card in found}.values():
        redraw_card(card, load_tasks([UUID(task_id) for task_id in card.task_ids]), project)


def _list_recent_cards(message_ids: Sequence[UUID]) -> list[TaskCard]:
    cards = TaskCard.objects.filter(message__in=message_ids, count=1, message__deleted_at=None)
    return list(cards.filter(message__created_at__gt=timezone.now() - RECENT).select_related("message", "actor"))


def _change_news(card: TaskCard, news: str, actor: User, version: int) -> None:
    """Let a card tell the latest news. That a new task was assigned makes it no other."""
    if news == TaskCard.News.ASSIGNED:
        return
    card.news, card.actor, card.version = news, actor, version
    card.save(update_fields=["news", "actor", "version", "updated_at"])


def _tell_of_one(task: Task, news: str, actor: User, project: Project, version: int) -> None:
    """Post the card of one task. It is the root of its comments unless there are comments elsewhere."""
    former = Message.objects.filter(pk=task.card_id).first() if task.card_id else None
    message = put_card(actor=actor, project=project, news=news, tasks=[task], count=1, version=version)
    if former is None or not is_standing(former) or former.thread_summary is None:
        Task.objects.filter(pk=task.pk).update(card=message)


def _add_to_last(
    room: Room, tasks: Sequence[Task], news: str, actor: User, project: Project, version: int, count: int
) -> bool:
    """Let the newest message of the room tell of more tasks, if it is a recent card of the same; return whether."""
    last = TaskCard.objects.filter(
        message__room=room, message__seq=room.last_seq, message__author=actor, message__deleted_at=None, news=news
    ).select_related("message", "actor")
    card = last.filter(count__gt=1, message__created_at__gt=timezone.now() - RECENT).first()
    if card is None:
        return False
    ids = [*card.task_ids, *(str(task.pk) for task in tasks)][:MAX_SHOWN]
    card.task_ids, card.count, card.version = ids, card.count + count, version
    card.save(update_fields=["task_ids", "count", "version", "updated_at"])
    redraw_card(card, load_tasks([UUID(task_id) for task_id in ids]), project)
    return True
