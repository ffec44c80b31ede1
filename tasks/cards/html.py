"""Draw cards, the same for all readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.template.loader import get_template

from accounts.models import User
from chat.commands.markdown import escape_markdown
from tasks.cards.texts import NEWS, STATUSES, TEXTS
from tasks.models import Task, TaskCard


class Card(NamedTuple):
    """What a card shows: its Markdown and its HTML."""

    content: str
    html: str


def draw_card(card: TaskCard, tasks: Sequence[Task], *, project_id: UUID, author_id: UUID) -> Card:
    """Draw a card with the tasks that it names, loaded with their details."""
    one, several, by_another = NEWS[card.news]
    is_by_another = card.actor is not None and card.actor_id != author_id and card.count == 1
    word = several if card.count > 1 else by_another if is_by_another else one
    context = {
        "card": card,
        "word": word,
        "text": TEXTS[word],
        "by": card.actor if word != one and card.count == 1 else None,
        "tasks": [_describe_task(task) for task in tasks],
        "project_id": project_id,
        "gone": range(len(card.task_ids) - len(tasks)),
        "names_all": len(card.task_ids) == card.count,
    }
    content = "\n".join(f"{task.project.key}-{task.number} {escape_markdown(task.title)}" for task in tasks)
    html = get_template("tasks/cards/_card.html").render(context).strip()
    return Card(content or f"{card.count}", html)


def _describe_task(task: Task) -> dict[str, Any]:
    return {
        "id": task.pk,
        "key": f"{task.project.key}-{task.number}",
        "title": task.title,
        "status": task.status,
        "status_word": STATUSES[task.status],
        "status_text": TEXTS[STATUSES[task.status]],
        "people": ", ".join(_list_names([each.user for each in task.assignees.all()])),
    }


def _list_names(users: Sequence[User]) -> list[str]:
    return [user.get_short_name() for user in users[:5]]
