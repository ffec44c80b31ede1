"""REST: measure the time spent on tasks, and enter it by hand."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.requests import ApiRequest
from lib.web.openapi import ALICE, ID, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from tasks.models import Task, TimeEntry
from tasks.time_tracking import services
from tasks.time_tracking.schemas import TimeEntryIn, TimeEntryOut, TimeEntryPage, TimeEntryPatch

router = Router(tags=["tasks"])

RUNNING = {
    "id": ID,
    "task_id": OTHER_ID,
    "user": ALICE,
    "started_at": MOMENT,
    "ended_at": None,
    "seconds": 0,
    "note": "",
}
CHOSEN = {"started_at": MOMENT, "seconds": 5400, "note": "Scaffolding"}
ENTRY = RUNNING | CHOSEN | {"ended_at": "2026-03-01T11:00:00.000Z"}


@router.post(
    "/tasks/{task_id}/timer",
    response={200: TimeEntryOut, **list_problems(403)},
    openapi_extra=show_example(RUNNING),
)
def start_timer(request: ApiRequest, task_id: UUID) -> TimeEntryOut:
    """Measure your time on a task from now on. A timer of yours that runs elsewhere stops; one here goes on."""
    return TimeEntryOut.of(services.start_timer(actor=request.auth, task_id=task_id))


@router.delete(
    "/tasks/{task_id}/timer",
    response={200: TimeEntryOut, 204: None, **list_problems(403)},
    openapi_extra=show_example(ENTRY),
)
def stop_timer(request: ApiRequest, task_id: UUID) -> TimeEntryOut | Status[None]:
    """Stop your timer on a task, and count its whole seconds, those of a day at most. Where none runs: 204."""
    stopped = services.stop_timer(actor=request.auth, task_id=task_id)
    return Status(204, None) if stopped is None else TimeEntryOut.of(stopped)


@router.get(
    "/tasks/{task_id}/time-entries",
    response=TimeEntryPage,
    openapi_extra=show_example(wrap_page(ENTRY) | {"time_spent": 5400}),
)
def list_time_entries(request: ApiRequest, task_id: UUID, page: Query[PageQuery]) -> TimeEntryPage:
    """List the time spent on a task, the latest entry first, with the sum of all. Running timers are among them."""
    task = Task.objects.visible_to(request.auth).get(pk=task_id)
    entries = TimeEntry.objects.filter(task=task).select_related("user")
    found = paginate(entries, page, TimeEntryOut.of, newest_first=True)
    return TimeEntryPage.model_construct(items=found.items, next_cursor=found.next_cursor, time_spent=task.time_spent)


@router.post(
    "/tasks/{task_id}/time-entries",
    response={201: TimeEntryOut, **list_problems(403)},
    openapi_extra=show_example(ENTRY, status=201, body=CHOSEN),
)
def add_time_entry(request: ApiRequest, task_id: UUID, body: TimeEntryIn) -> Status[TimeEntryOut]:
    """Enter time that you have spent on a task."""
    entry = services.add_time_entry(actor=request.auth, task_id=task_id, **body.model_dump())
    return Status(201, TimeEntryOut.of(entry))


@router.patch(
    "/time-entries/{entry_id}",
    response={200: TimeEntryOut, **list_problems(403, 409)},
    openapi_extra=show_example(ENTRY, body={"seconds": 5400}),
)
def update_time_entry(request: ApiRequest, entry_id: UUID, body: TimeEntryPatch) -> TimeEntryOut:
    """Change an entry of yours, or as an admin of the project any. The times of one that is running: 409."""
    given = body.model_dump(exclude_unset=True)
    return TimeEntryOut.of(services.update_time_entry(actor=request.auth, entry_id=entry_id, **given))


@router.delete("/time-entries/{entry_id}", response={204: None, **list_problems(403)})
def delete_time_entry(request: ApiRequest, entry_id: UUID) -> Status[None]:
    """Delete an entry of yours, or as an admin of the project any; a timer that is running then never was."""
    services.delete_time_entry(actor=request.auth, entry_id=entry_id)
    return Status(204, None)
