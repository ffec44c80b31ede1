"""Jobs of cards."""

from __future__ import annotations

from uuid import UUID

from lib.jobs import job
from tasks.cards import announcing


@job()
def announce_news(
    *, project_id: str, actor_id: str, version: int, named: dict[str, list[str]], counts: dict[str, int]
) -> None:
    """Tell of what one call has done with the tasks of a project, in its main channel."""
    for kind, ids in named.items():
        announcing.announce_news(
            project_id=UUID(project_id),
            actor_id=UUID(actor_id),
            version=version,
            news=kind,
            task_ids=[UUID(task_id) for task_id in ids],
            count=counts[kind],
        )


@job()
def redraw_cards(*, project_id: str, task_ids: list[str]) -> None:
    """Draw the cards anew that name tasks which were deleted or restored."""
    announcing.redraw_cards(project_id=UUID(project_id), task_ids=[UUID(task_id) for task_id in task_ids])
