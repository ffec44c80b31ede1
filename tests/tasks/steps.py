"""What tests of projects and tasks do again and again."""

from django.utils import timezone

from tasks.models import Column, Status, Task
from tasks.positions import spread_positions


def make_tasks(column: Column, count: int) -> list[Task]:
    """Build tasks at the end of an empty column, in their order."""
    last = column.project.last_number
    completed_at = timezone.now() if column.status == Status.COMPLETED else None
    tasks = [
        Task(
            project=column.project,
            number=last + n,
            version=last + n,
            title=f"Task {last + n}",
            column=column,
            status=column.status,
            position=position,
            completed_at=completed_at,
        )
        for n, position in enumerate(spread_positions(count), 1)
    ]
    column.project.last_number = column.project.version = last + count
    column.project.save(update_fields=["last_number", "version"])
    return Task.objects.bulk_create(tasks)
