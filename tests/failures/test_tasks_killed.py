"""Killed among tasks: no number twice, each task with its history and its card, and what jobs have to do gets done."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx

from tests.live import ANSWER_SECONDS, LiveServer, Person

KILLS, CALLS, AT_ONCE = 3, 6, 12
# What the rows say, whatever was cut short: told by a process of its own.
INSPECTION = """
import json
from django.db.models import Count, Exists, Max, OuterRef, Sum
from tasks.models import Project, Task, TaskCard, TaskChange

project, tasks = Project.objects.get(), Task.objects.order_by("number")
created = TaskChange.objects.filter(field="created")
followed = Exists(Task.objects.filter(recurred_from=OuterRef("pk")))
completed = tasks.filter(status="completed")
bulk = tasks.filter(title__startswith="bulk")
places = tasks.exclude(column=None).order_by().values("column", "position").annotate(n=Count("pk"))
print(json.dumps({
    "numbers": list(tasks.values_list("number", flat=True)),
    "last_number": project.last_number,
    "versions": [project.version, tasks.aggregate(n=Max("version"))["n"]],
    "created": [created.count(), created.values("task").distinct().count()],
    "known": dict(tasks.exclude(external_id=None).values_list("external_id", "status")),
    "bulk": bulk.count(),
    "told": TaskCard.objects.filter(count__gt=1).aggregate(n=Sum("count"))["n"] or 0,
    "cardless": tasks.exclude(title__startswith="bulk").filter(card=None).count(),
    "unfollowed": completed.exclude(recurrence="").exclude(followed).count(),
    "half_completed": completed.filter(completed_at=None).count(),
    "same_place": places.filter(n__gt=1).count(),
}))
"""


def test_tasks_are_whole_when_the_server_is_killed(server: LiveServer, ann: Person) -> None:
    slug = ann.found("Halyard")["slug"]
    project = ann.ask("POST", f"/orgs/{slug}/projects", {"name": "Harbour Light"})["id"]
    columns = [each["id"] for each in ann.ask("GET", f"/projects/{project}/columns")["items"]]
    acknowledged: dict[str, str] = {}
    done = threading.Event()

    def ask(method: str, path: str, body: object = None) -> Any:
        """What is answered in the end; the same is asked again after a cut."""
        while not done.is_set():
            try:
                answer = httpx.request(
                    method, f"{server.url}/api/v1{path}", json=body, headers=dict(ann.headers), timeout=5
                )
            except httpx.TransportError:
                done.wait(0.05)
                continue
            assert answer.is_success, answer.text
            return answer.json()

    def create(n: int) -> None:
        """One task, known by the id of another system, which is completed and followed by the next of its series."""
        key = f"one-{n}"
        fields = {"title": key, "recurrence": "FREQ=DAILY", "due_date": "2026-01-05"}
        task = ask("PUT", f"/projects/{project}/tasks/by-external-id/{key}", fields)
        if task and ask("PUT", f"/tasks/{task['id']}/completion"):
            acknowledged[key] = "completed"

    def import_many(n: int) -> None:
        """Many at once, all or none, which are moved to another column at once."""
        items = [{"title": f"bulk {n} {i}", "external_id": f"bulk-{n}-{i}"} for i in range(AT_ONCE)]
        try:
            saved = ask("POST", f"/projects/{project}/tasks/bulk", {"items": items})
        except AssertionError:  # stored before the cut: the same ids are taken
            acknowledged.update({item["external_id"]: "pending" for item in items})
            return
        if saved:
            ids = [task["id"] for task in saved["items"]]
            if ask("POST", f"/projects/{project}/tasks/move", {"task_ids": ids, "column_id": columns[1]}):
                acknowledged.update({item["external_id"]: "in_progress" for item in items})

    def repeat(act: Callable[[int], None]) -> None:
        n = 0
        while not done.is_set():
            act(n)
            n += 1

    writers = [threading.Thread(target=repeat, args=(act,), daemon=True) for act in (create, import_many)]
    for writer in writers:
        writer.start()
    for _ in range(KILLS):
        wait_for_more(acknowledged)
        server.kill()
        server.start()
    wait_for_more(acknowledged)
    done.set()
    for writer in writers:
        writer.join()

    found = inspect_when_told(server)
    assert found["numbers"] == list(range(1, found["last_number"] + 1))
    assert found["versions"][0] == found["versions"][1]
    assert found["created"] == [len(found["numbers"])] * 2
    assert acknowledged.items() <= found["known"].items()
    assert (found["cardless"], found["told"]) == (0, found["bulk"])
    assert (found["unfollowed"], found["half_completed"], found["same_place"]) == (0, 0, 0)
    assert found["bulk"] % AT_ONCE == 0


def wait_for_more(acknowledged: dict[str, str]) -> None:
    """Wait until some more tasks are: each server that is killed is busy."""
    enough, deadline = len(acknowledged) + CALLS * AT_ONCE, time.monotonic() + 2 * ANSWER_SECONDS
    while len(acknowledged) < enough:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def inspect_when_told(server: LiveServer) -> dict[str, Any]:
    """What the rows say once the jobs that tell of all tasks have run, those that were cut short again."""
    deadline = time.monotonic() + 2 * ANSWER_SECONDS
    while True:
        found: dict[str, Any] = json.loads(server.manage("shell", "--no-imports", "-c", INSPECTION).splitlines()[-1])
        if (found["cardless"], found["told"]) == (0, found["bulk"]) or time.monotonic() > deadline:
            return found
