"""Announce changes of tasks to the members of their project."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from chat.topics import room_topic
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event
from tasks.work.queries import load_tasks
from tasks.work.schemas import TaskOut


def tasks_changed(
    project_id: UUID,
    version: int,
    *,
    created: Collection[UUID] = (),
    updated: Collection[UUID] = (),
    deleted: Collection[UUID] = (),
    is_spread: bool = False,
) -> None:
    """Tell the members of a project of the tasks that one call has created, changed and deleted.

    With `is_spread` the others have new positions too: who shows a board loads it again.
    """
    frames = [
        encode_frame(
            "task.created" if task.pk in created else "task.updated",
            project=project_id,
            version=version,
            task=TaskOut.of(task),
        )
        for task in load_tasks({*created, *updated} - set(deleted))
    ]
    frames += [encode_frame("task.deleted", project=project_id, version=version, task_id=gone) for gone in deleted]
    frames += [encode_frame("tasks.spread", project=project_id, version=version)] if is_spread else []
    # A project has the id of its main channel, which all its members listen to.
    publisher.publish([Event(room_topic(project_id), frame) for frame in frames])


def task_touched(project_id: UUID, task_id: UUID) -> None:
    """Tell the members of a project that what is no field of a task has changed: a timer that runs, who watches it."""
    frame = encode_frame("task.touched", project=project_id, task_id=task_id)
    publisher.publish([Event(room_topic(project_id), frame)])
