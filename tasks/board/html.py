"""Render the cards of a board, each once for what it shows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lib.cache import LRUCache
from lib.text.markdown.document import render as render_markdown
from tasks.board.queries import BoardCard
from tasks.models import Project, Task

# Twenty boards of a thousand tasks.
CACHE_BYTES = 30_000_000
PRIORITIES = {priority.value: priority for priority in Task.Priority}

_cards: LRUCache[Hashable, SafeString] = LRUCache(CACHE_BYTES, size_of=len)


def render_cards(project: Project, cards: Sequence[BoardCard], *, may_write: bool) -> list[SafeString]:
    """Return the HTML of cards, in their order. Those who may write get a menu on each."""
    return render_cards_by("tasks/board/_card.html", project, cards, may_write=may_write)


def render_cards_by(
    template: str,
    project: Project,
    cards: Sequence[BoardCard],
    *,
    descriptions: Mapping[UUID, str] | None = None,
    **options: Hashable,
) -> list[SafeString]:
    """Return the HTML of cards by a template, which gets `options` too.

    `descriptions` are Markdown, by the ids of tasks: of each it gets the HTML.
    """
    look = (get_language(), template, descriptions is None, *options.values(), project.key)
    keys = [(*look, *card[:-2], *_name_versions(card)) for card in cards]
    shown = []
    for found, key, card in zip(_cards.get_many(keys), keys, cards, strict=True):
        if not found or settings.DEBUG:
            text = (descriptions or {}).get(card.id, "")
            context = {
                "card": card,
                "project": project,
                "priority": PRIORITIES[card.priority],
                "description": SafeString(render_markdown(text)) if text else "",
            }
            found = SafeString(get_template(template).render(context | options).strip())
            _cards.put(key, found)
        shown.append(found)
    return shown


def _name_versions(card: BoardCard) -> tuple[Hashable, ...]:
    """Return what changes with what a card shows of labels and users."""
    return (
        *((label.name, label.color) for label in card.labels),
        *((user.pk, user.updated_at) for user in card.assignees),
    )
