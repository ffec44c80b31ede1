"""Assemble a board as anyone sees it who has the link."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone

from tasks.board.html import render_cards_by
from tasks.board.page import Board, group_cards
from tasks.board.queries import BoardCard, load_cards
from tasks.models import ShareLink, Task
from tasks.models.tasks import TaskQuerySet
from tasks.work.queries import load_columns

CARD = "tasks/sharing/_card.html"


def load_shared_board(link: ShareLink) -> Board:
    """Return the board that a link shows; its project has to be loaded. Eight queries, one more for descriptions."""
    project = link.project
    tasks = Task.objects.standing().filter(project=project)
    cards = [_strip_card(card, link) for card in load_cards(project, tasks, today=timezone.localdate())]
    descriptions = _load_descriptions(tasks) if link.shows_descriptions else None
    shown = render_cards_by(CARD, project, cards, descriptions=descriptions, assignees=link.assignees)
    return group_cards(project, load_columns(project), cards, shown)


def _strip_card(card: BoardCard, link: ShareLink) -> BoardCard:
    """Return a card without what a link does not show."""
    users = () if link.assignees == ShareLink.Assignees.HIDDEN else card.assignees
    return card._replace(comment_count=0, file_count=0, progress=None, assignees=users)


def _load_descriptions(tasks: TaskQuerySet) -> Mapping[UUID, str]:
    return dict(tasks.exclude(description="").exclude(column=None).values_list("pk", "description"))
