"""System administrators look after background work in the browser; to all others the page isn't there."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.job_queue.queries import PLOT_HEIGHT, draw_bars
from accounts.models import Organisation, User
from lib.jobs import run_due_jobs
from lib.jobs.queries import JobState, select_jobs
from lib.jobs.statistics import HourOfJobs
from tests.accounts.steps import enrol
from tests.conftest import ClientFor
from tests.lib.jobs.sample_jobs import abort, note

pytestmark = pytest.mark.django_db

PAGE = "/administration/jobs/"


@pytest.fixture(autouse=True)
def fresh_statistics() -> None:
    cache.clear()


@pytest.fixture
def browser(client_for: ClientFor, root: User) -> Client:
    return client_for(root)


def test_the_page_is_there_for_system_administrators_alone(
    client_for: ClientFor, browser: Client, alice: User, bob: User, charlie: User, halyard: Organisation
) -> None:
    stored = note.enqueue(text="x")
    paths = (f"{PAGE}{stored.id}/retry/", f"{PAGE}{stored.id}/cancellation/")

    for user in (alice, bob, charlie):
        client = client_for(user)
        assert [client.get(PAGE).status_code, *(client.post(path).status_code for path in paths)] == [404, 404, 404]
        assert PAGE not in client.get("/settings/").content.decode()
    assert PAGE in browser.get("/settings/").content.decode()
    assert Client().get(PAGE).status_code == 302


def test_kinds_and_jobs_are_shown_and_filtered(browser: Client) -> None:
    abort.enqueue()
    note.enqueue(text="hunter2")
    run_due_jobs()
    note.enqueue(text="hunter2")

    everything = browser.get(PAGE).content.decode()
    failed = browser.get(PAGE, {"state": "failed", "kind": abort.module_path}).content.decode()
    nothing = browser.get(PAGE, {"state": "running", "kind": "\0"}).content.decode()

    assert "1 failed" in everything and 'class="job-plot__bar job-plot__bar--failed"' in everything
    assert "tests.lib.jobs.sample_jobs.note" in everything and "hunter2" not in everything
    assert failed.count('class="item job"') == 1 and "JobAborted: The address is gone." in failed
    assert "No job like that" in nothing


def test_a_script_asks_for_the_board_alone(browser: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(30):
        note.enqueue(text="x")
    browser.get(PAGE)

    with django_assert_num_queries(4):  # session and user, the jobs, their number by state
        board = browser.get(PAGE, headers={"X-Fragment": "1"}).content.decode()
    with django_assert_num_queries(5):  # and the organisations of the reader
        browser.get(PAGE)

    assert "<html" not in board and board.count('class="item job"') == 25
    assert "?cursor=" in board


@pytest.mark.parametrize(
    ("make", "path", "state", "said"),
    [
        (lambda: abort.enqueue(), "retry", JobState.WAITING, "It is tried now."),
        (lambda: note.enqueue(text="x"), "retry", JobState.DONE, "can’t be tried again"),
        (lambda: note.enqueue(text="x"), "cancellation", JobState.DONE, "Only what waits"),
    ],
)
def test_what_cannot_be_changed_is_said(
    browser: Client, make: Callable[[], object], path: str, state: JobState, said: str
) -> None:
    make()
    run_due_jobs()
    job_id = select_jobs().get().pk

    page = browser.post(f"{PAGE}{job_id}/{path}/", {"next": f"{PAGE}?state=failed"}, follow=True)

    assert page.redirect_chain[-1][0] == f"{PAGE}?state=failed"
    assert said in page.content.decode() and select_jobs(state=state).count() == 1


def test_a_waiting_job_is_cancelled_by_a_button(browser: Client) -> None:
    stored = note.enqueue(text="x")

    browser.post(f"{PAGE}{stored.id}/cancellation/")

    assert select_jobs(state=JobState.CANCELLED).count() == 1


def test_bars_stand_on_each_other_within_the_plot() -> None:
    now = timezone.now()

    bars = list(draw_bars([HourOfJobs(now, 0, 0), HourOfJobs(now, 1000, 1), HourOfJobs(now, 0, 3)]))

    assert [(bar.x, bar.is_failure) for bar in bars] == [(4, False), (4, True), (8, True)]
    assert bars[0].y == bars[1].y + bars[1].height
    assert all(bar.y >= 0 and bar.y + bar.height <= PLOT_HEIGHT for bar in bars)


def test_the_admin_lists_jobs_and_changes_none(client_for: ClientFor, root: User) -> None:
    enrol(root)
    abort.enqueue()
    run_due_jobs()
    browser = client_for(root)
    job_id = select_jobs(kind=abort.module_path).get().pk

    page = browser.get("/admin/jobs/storedjob/").content.decode()
    form = browser.get(f"/admin/jobs/storedjob/{job_id}/change/").content.decode()

    assert "JobAborted: The address is gone." in page and 'name="_save"' not in form
    assert browser.post(f"/admin/jobs/storedjob/{job_id}/delete/").status_code == 403
