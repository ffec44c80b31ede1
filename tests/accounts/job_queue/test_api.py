"""System administrators see background work over REST, and nobody else does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry, Organisation, User
from lib.jobs import run_due_jobs
from lib.jobs.job import EnqueuedJob
from tests.accounts.audit.test_records import recorded
from tests.conftest import ApiClient, ApiFor
from tests.lib.jobs.sample_jobs import abort, fail, note, note_mail

pytestmark = pytest.mark.django_db

JOBS = "/admin/jobs"


@pytest.fixture(autouse=True)
def fresh_statistics() -> None:
    cache.clear()


@pytest.fixture
def admin(api_for: ApiFor, root: User) -> ApiClient:
    return api_for(root)


@pytest.fixture
def failed(db: None) -> EnqueuedJob:
    stored = abort.enqueue()
    run_due_jobs()
    return stored


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", JOBS), ("GET", f"{JOBS}/statistics"), ("POST", f"{JOBS}/{{id}}/retry"), ("POST", f"{JOBS}/{{id}}/cancel")],
)
def test_members_administrators_of_organisations_and_strangers_are_refused(
    api_for: ApiFor,
    alice: User,
    bob: User,
    charlie: User,
    halyard: Organisation,
    failed: EnqueuedJob,
    method: str,
    path: str,
) -> None:
    asked = path.format(id=failed.id)

    answers = [api_for(user).call(method, asked) for user in (alice, bob, charlie, None)]

    assert [answer.status_code for answer in answers] == [*[403 if method == "GET" else 404] * 3, 401]
    assert DBTaskResult.objects.get().status == "FAILED"


def test_jobs_are_listed_by_state_and_kind_without_what_they_were_given(admin: ApiClient, failed: EnqueuedJob) -> None:
    note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(text="hunter2")
    note_mail.enqueue(text="hunter2")

    everything = admin.call("GET", JOBS)
    delayed = admin.call("GET", f"{JOBS}?state=delayed").json()["items"]
    [error] = admin.call("GET", f"{JOBS}?state=failed&kind={abort.module_path}").json()["items"]

    assert [job["state"] for job in everything.json()["items"]] == ["waiting", "delayed", "failed"]
    assert [(job["kind"], job["queue"], job["attempts"]) for job in delayed] == [(note.module_path, "default", 0)]
    assert "hunter2" not in everything.content.decode()
    assert (error["id"], error["attempts"], error["max_attempts"]) == (str(failed.id), 1, 5)
    assert error["error"].endswith("JobAborted: The address is gone.")
    assert admin.call("GET", f"{JOBS}?state=lost").status_code == 422


def test_the_error_of_anything_else_keeps_what_it_repeats(admin: ApiClient) -> None:
    fail.enqueue(text="hunter2")
    run_due_jobs()

    answer = admin.call("GET", JOBS)

    assert answer.json()["items"][0]["error"].endswith("ValueError")
    assert "hunter2" not in answer.content.decode() and "secret" not in answer.content.decode()


def test_pages_of_jobs_neither_repeat_nor_cost_more(
    admin: ApiClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids = [str(note.enqueue(text="x").id) for _ in range(7)]
    found, cursor = [], ""
    while cursor is not None:
        with django_assert_num_queries(2):  # the token, the jobs
            page = admin.call("GET", f"{JOBS}?limit=3{cursor and f'&cursor={cursor}'}").json()
        found += [job["id"] for job in page["items"]]
        cursor = page["next_cursor"]

    assert found == ids[::-1]


def test_statistics_count_states_and_kinds(admin: ApiClient, failed: EnqueuedJob) -> None:
    note.enqueue(text="x")
    run_due_jobs()
    note.enqueue(text="y")

    found = admin.call("GET", f"{JOBS}/statistics").json()

    assert found["states"] == {"waiting": 1, "delayed": 0, "running": 0, "done": 1, "failed": 1, "cancelled": 0}
    by_kind = {kind["kind"]: kind for kind in found["kinds"]}
    assert (by_kind[note.module_path]["done"], by_kind[note.module_path]["waiting"]) == (1, 1)
    assert by_kind[abort.module_path]["failed"] == sum(hour["failed"] for hour in by_kind[abort.module_path]["hours"])
    assert by_kind[note.module_path]["median_wait_ms"] >= 0


def test_a_failed_job_is_tried_again_and_that_is_recorded(admin: ApiClient, failed: EnqueuedJob) -> None:
    answer = admin.call("POST", f"{JOBS}/{failed.id}/retry")

    assert (answer.status_code, answer.json()["state"], answer.json()["attempts"]) == (200, "waiting", 0)
    assert recorded()[-1] == ("update", "django_tasks_database_dbtaskresult", "state")
    assert AuditEntry.objects.last().record_name == abort.module_path
    assert run_due_jobs() == 1


def test_a_job_that_waits_is_cancelled_and_recorded(admin: ApiClient) -> None:
    stored = note.enqueue(text="x")

    answer = admin.call("POST", f"{JOBS}/{stored.id}/cancel")

    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    assert AuditEntry.objects.last().changes == {"state": ["waiting", "cancelled"]}
    assert run_due_jobs() == 0


def test_what_is_done_is_neither_tried_again_nor_cancelled(admin: ApiClient) -> None:
    stored = note.enqueue(text="x")
    run_due_jobs()

    refused = [admin.call("POST", f"{JOBS}/{stored.id}/{action}") for action in ("retry", "cancel")]

    assert [answer.status_code for answer in refused] == [409, 409]
    assert [answer.json()["code"] for answer in refused] == ["job_not_failed", "job_not_waiting"]
    assert admin.call("POST", f"{JOBS}/{uuid4()}/retry").status_code == 404
