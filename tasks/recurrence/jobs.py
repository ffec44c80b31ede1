"""Make the next tasks of series that go on as soon as one is due."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.utils import timezone

from lib.jobs import job, recurring
from tasks.recurrence.queries import list_due_series
from tasks.work.services.recurring import continue_series, end_series

logger = logging.getLogger(__name__)


def _has_due_series() -> bool:
    return bool(list_due_series(timezone.now()))


@recurring("* * * * *", when=_has_due_series)
@job()
def continue_due_series() -> None:
    """Make the next task of each series whose last one is due, once. One of which none can be made ends alone."""
    for due in list_due_series(timezone.now()):
        try:
            continue_series(due.project_id, due.task_id)
        except DatabaseError:  # it may answer the next time
            raise
        except Exception:
            logger.exception("No next task can be made of %s: its series ends", due.task_id)
            end_series(due.project_id, due.task_id)
