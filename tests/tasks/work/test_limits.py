"""Fields of tasks at the ends of what they can hold, and pages of lists that change meanwhile."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from accounts.models import User
from tasks.models import Project
from tasks.work.places import decode_place, encode_place
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.updating import complete_task, update_task
from tests.conftest import ApiFor, ClientFor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"due_date": "9999-12-31"},
        {"due_date": "1899-12-31"},
        {"start_date": "2200-01-01"},
        {"due_at": "0001-01-01T00:00:00Z", "time_zone": "America/New_York"},
        {"start_at": "9999-12-31T23:59:59Z", "time_zone": "Pacific/Kiritimati"},
        {"due_at": "2026-12-01T09:00:00Z", "start_at": "2026-12-01T18:00:00Z"},
        {"time_zone": "Non/sense\n<b>"},
        {"recurrence": "FREQ=MONTHLY;BYMONTHDAY=1,2,3;BYSETPOS=-4"},
    ],
)
def test_what_no_task_can_have_is_refused_and_not_stored(
    api_for: ApiFor, alice: User, project: Project, fields: dict[str, Any]
) -> None:
    api = api_for(alice)
    task = create_task(actor=alice, project_id=project.pk, title="Mend the light")

    assert api.call("PATCH", f"/tasks/{task.pk}", fields).status_code == 422
    assert api.call("POST", f"/projects/{project.pk}/tasks", {"title": "New", **fields}).status_code == 422
    assert api.call("GET", f"/tasks/{task.pk}").json()["version"] == task.version


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_can_be_chosen(api_for: ApiFor, alice: User, project: Project, day: str) -> None:
    api = api_for(alice)
    api.call("POST", f"/projects/{project.pk}/tasks", {"title": "x", "due_date": day, "assignee_ids": [str(alice.pk)]})

    assert api.call("GET", "/me/tasks").json()["items"][0]["due_date"] == day
    key = api.call("POST", "/me/calendar-feed").json()["key"]
    assert b"SUMMARY:ATR-1 x" in api_for(None).call("GET", f"/me/tasks.ics?key={key}").content


@pytest.mark.parametrize("estimate", ["9" * 400 + "h", "1h" + "9" * 400 + "m", "9" * 7 + "h"])
def test_an_estimate_of_too_many_digits_stays_in_the_title(
    api_for: ApiFor, alice: User, project: Project, estimate: str
) -> None:
    answer = api_for(alice).call("POST", f"/projects/{project.pk}/tasks/quick", {"text": f"x ~{estimate}"[:500]})
    assert answer.status_code in (201, 422)  # longer than a title may be


@pytest.mark.parametrize("sort", ["number", "title", "due", "priority", "created", "updated", "position"])
@pytest.mark.parametrize("descending", [False, True])
def test_a_list_goes_on_when_its_last_task_has_changed(
    api_for: ApiFor, alice: User, project: Project, sort: str, descending: bool
) -> None:
    tasks = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": f"Task {n}"} for n in range(5)])
    api, path = api_for(alice), f"/projects/{project.pk}/tasks?status=pending&limit=2&sort={sort}"
    path += f"&descending={str(descending).lower()}"
    first = api.call("GET", path).json()
    last = next(task for task in tasks if str(task.pk) == first["items"][-1]["id"])
    update_task(actor=alice, task_id=last.pk, title="Another", priority=4)
    complete_task(actor=alice, task_id=last.pk)

    rest = api.call("GET", f"{path.replace('limit=2', 'limit=50')}&cursor={first['next_cursor']}").json()

    seen = {item["id"] for item in [*first["items"], *rest["items"]]}
    assert seen == {str(task.pk) for task in tasks}
    assert api.call("GET", f"{path}&cursor={first['next_cursor']}x").status_code == 422


ID = "01a22455-f9b1-74af-9bae-5758145b3906"


def encode(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "place",
    [
        f'[Infinity,"a","b","{ID}"]',
        "[" * 30_000,
        f'[0,"\\ud800",1,"{ID}"]',
        f'[0,"\\u0000",1,"{ID}"]',
        f'[0,"a","0001-01-01T00:00:00+14:00","{ID}"]',
        f'[0,"a",{10**30},"{ID}"]',
        f'[true,"a",1,"{ID}"]',
        json.dumps({"a": 1}),
    ],
)
@pytest.mark.parametrize("sort", ["number", "created", "due"])
def test_a_place_of_somebody_elses_making_shows_the_first_page(
    client_for: ClientFor, api_for: ApiFor, alice: User, project: Project, place: str, sort: str
) -> None:
    create_task(actor=alice, project_id=project.pk, title="Mend the light")

    page = client_for(alice).get(f"/projects/{project.pk}/list/?sort={sort}&after={encode(place)}")
    assert (page.status_code, b"Mend the light" in page.content) == (200, True)
    listed = api_for(alice).call("GET", f"/projects/{project.pk}/tasks?sort={sort}&cursor={encode(place)[:2000]}")
    assert listed.status_code == 422


def test_a_place_has_one_spelling() -> None:
    place = encode_place(3, "Überraschung")
    assert decode_place(place, int, str) == [3, "Überraschung"]
    assert decode_place(f"{place}==", int, str) is None
    assert decode_place(place, str, int) is None
