"""Imports over REST and at the pages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from accounts.models import User
from chat.models import Import
from lib.jobs import run_due_jobs
from tasks.models import Project, Task
from tasks.projects.services.states import archive_project
from tests.accounts.pictures import upload
from tests.conftest import ApiFor, ClientFor
from tests.tasks.imports.test_trello import make_board

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = b"What,When,Extra\nPaint,3/4/2026,blue\n"


def send(client: Client, project: Project, content: bytes | str, **fields: Any) -> Any:
    data = content.encode() if isinstance(content, str) else content
    form = {"kind": "csv", "file": upload(data, "tasks.csv", "text/csv")} | fields
    return client.generic("POST", f"/api/v1/projects/{project.pk}/imports", **encode(form))


def encode(form: dict[str, Any]) -> dict[str, Any]:
    return {"data": encode_multipart(BOUNDARY, form), "content_type": MULTIPART_CONTENT}


def test_rest(alice: User, bob: User, charlie: User, project: Project, api_for: ApiFor) -> None:
    answer = send(api_for(alice), project, TABLE, mapping=json.dumps({"What": "title"}), dry_run="true")

    assert answer.status_code == 202
    assert (answer.json()["state"], answer.json()["dry_run"]) == ("pending", True)
    run_due_jobs(queue="default")
    path = f"/api/v1/imports/{answer.json()['id']}"
    shown = api_for(alice).get(path).json()
    assert (shown["state"], shown["progress"]) == ("completed", {"done": 0, "total": 1, "percent": 100})
    assert shown["report"]["counts"]["created"] == 1 and shown["finished_at"]
    [note] = shown["report"]["notes"]
    assert (note["code"], note["count"], note["examples"]) == ("column_left_out", 2, ["When", "Extra"])
    assert note["text"] == "Columns of the table that were left out"
    assert not Task.objects.exists()
    for user in (bob, charlie):
        assert api_for(user).get(path).status_code == 404
        assert api_for(user).delete(path).status_code == 404
    assert api_for(None).get(path).status_code == 401
    assert api_for(alice).delete(path).status_code == 204 and not Import.objects.exists()


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"kind": "excel"}, 422, "kind"),
        ({"dry_run": "perhaps"}, 422, "dry_run"),
        ({"mapping": "[]"}, 422, "mapping"),
        ({"mapping": "{"}, 422, "mapping"),
        ({"mapping": '{"What": "size"}'}, 422, "size"),
        ({"mapping": '{"When": "due"}'}, 422, "titles"),
        ({"kind": "trello"}, 422, "no JSON"),
        ({"date_order": "year"}, 422, "date_order"),
    ],
)
def test_what_is_wrong_is_named(
    fields: dict[str, str], status: int, words: str, alice: User, project: Project, api_for: ApiFor
) -> None:
    answer = send(api_for(alice), project, TABLE, **fields)

    assert answer.status_code == status and words in answer.content.decode()
    assert not Import.objects.exists()


def test_without_a_file_in_another_type_and_from_strangers(
    alice: User, charlie: User, project: Project, api_for: ApiFor
) -> None:
    path = f"/api/v1/projects/{project.pk}/imports"
    assert api_for(alice).post(path, {"kind": "csv"}, content_type="application/json").status_code == 415
    form = encode({"kind": "csv"})
    assert api_for(alice).generic("POST", path, **form).status_code == 422
    assert send(api_for(charlie), project, TABLE).status_code == 404
    assert send(api_for(None), project, TABLE).status_code == 401


def post(client: Client, path: str, **data: Any) -> HttpResponse:
    return client.post(path, data)  # type: ignore[return-value]


def test_the_pages(alice: User, bob: User, charlie: User, project: Project, client_for: ClientFor) -> None:
    browser, start = client_for(alice), f"/projects/{project.pk}/settings/imports/"
    assert b"What can be imported" in browser.get(start).content
    assert post(browser, start).status_code == 422
    assert b"This file is empty" in post(browser, start, file=upload(b" ", "a.csv", "text/csv")).content

    page = post(browser, start, file=upload(TABLE, "tasks.csv", "text/csv"))["Location"]

    shown = browser.get(page).content.decode()
    assert "3/4/2026" in shown and "How are dates written?" not in shown
    given = {"is_mapped": "on", "is_dry_run": "on", "column-1": "due"}
    refused = post(browser, page, **given)
    assert refused.status_code == 422 and b"Say which column has the titles." in refused.content
    assert b"How are dates written?" in refused.content
    assert post(browser, page, **given, **{"column-0": "title", "date_order": "month"}).status_code == 302
    assert b"Checking the file" in browser.get(page).content
    run_due_jobs(queue="default")
    assert b"1 new task" in browser.get(page).content and not Task.objects.exists()
    assert post(browser, page).status_code == 302
    run_due_jobs(queue="default")
    assert b"Open the board" in browser.get(page).content
    assert str(Task.objects.get().due_date) == "2026-03-04"
    assert post(browser, page).status_code == 422  # the file is gone
    for user in (bob, charlie):
        assert client_for(user).get(page).status_code == 404
    assert post(browser, f"{page}removal/")["Location"] == start


def test_a_board_needs_no_mapping(alice: User, project: Project, client_for: ClientFor) -> None:
    browser, start = client_for(alice), f"/projects/{project.pk}/settings/imports/"

    page = post(browser, start, file=upload(make_board().encode(), "board.json", "application/json"))["Location"]

    run_due_jobs(queue="default")
    assert b"3 new tasks" in browser.get(page).content


def test_in_an_archived_project_nothing_is_imported(alice: User, project: Project, client_for: ClientFor) -> None:
    archive_project(actor=alice, project_id=project.pk)

    assert client_for(alice).get(f"/projects/{project.pk}/settings/imports/").status_code == 403
