"""REST: watch tasks."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.models import User
from accounts.requests import ApiRequest
from accounts.schemas import UserOut
from lib.web.openapi import ALICE, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page
from tasks.models import Task, TaskWatcher
from tasks.watching import services
from tasks.watching.schemas import WatcherOut, WatchOut

router = Router(tags=["tasks"])

WATCHED = {"is_watching": True, "watcher_count": 3}


@router.get("/tasks/{task_id}/watch", response=WatchOut, openapi_extra=show_example(WATCHED))
def get_watch(request: ApiRequest, task_id: UUID) -> WatchOut:
    """Return whether you watch a task, and how many do."""
    return _count_watchers(request.auth, task_id)


@router.put("/tasks/{task_id}/watch", response=WatchOut, openapi_extra=show_example(WATCHED))
def watch_task(request: ApiRequest, task_id: UUID) -> WatchOut:
    """Watch a task: you are told when others complete it or open it again.

    Who creates a task, is assigned to it or comments on it watches it anyway.
    """
    services.watch_task(actor=request.auth, task_id=task_id)
    return _count_watchers(request.auth, task_id)


@router.delete("/tasks/{task_id}/watch", response={204: None})
def unwatch_task(request: ApiRequest, task_id: UUID) -> Status[None]:
    """Watch a task no longer. Where you do not this changes nothing."""
    services.unwatch_task(actor=request.auth, task_id=task_id)
    return Status(204, None)


@router.get(
    "/tasks/{task_id}/watchers", response=Page[WatcherOut], openapi_extra=show_example(wrap_page({"user": ALICE}))
)
def list_watchers(request: ApiRequest, task_id: UUID, page: Query[PageQuery]) -> Page[WatcherOut]:
    """List who watches a task, the first to do so first."""
    watchers = TaskWatcher.objects.filter(task=Task.objects.visible_to(request.auth).get(pk=task_id))
    return paginate(watchers.select_related("user"), page, _show_watcher)


@router.put("/tasks/{task_id}/watchers/{user_id}", response={204: None, **list_problems(403)})
def add_watcher(request: ApiRequest, task_id: UUID, user_id: UUID) -> Status[None]:
    """Let a member of the project watch a task. Where they do this changes nothing."""
    services.add_watcher(actor=request.auth, task_id=task_id, user_id=user_id)
    return Status(204, None)


@router.delete("/tasks/{task_id}/watchers/{user_id}", response={204: None, **list_problems(403)})
def remove_watcher(request: ApiRequest, task_id: UUID, user_id: UUID) -> Status[None]:
    """Let a user watch a task no longer. One who does not is not found: 404."""
    services.remove_watcher(actor=request.auth, task_id=task_id, user_id=user_id)
    return Status(204, None)


def _show_watcher(watcher: TaskWatcher) -> WatcherOut:
    return WatcherOut.model_construct(user=UserOut.of(watcher.user))


def _count_watchers(user: User, task_id: UUID) -> WatchOut:
    watchers = TaskWatcher.objects.filter(task=Task.objects.visible_to(user).get(pk=task_id))
    user_ids = set(watchers.values_list("user", flat=True))
    return WatchOut.model_construct(is_watching=user.pk in user_ids, watcher_count=len(user_ids))
