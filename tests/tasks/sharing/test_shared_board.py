"""What anyone sees of a board by its link, and that they see no more."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Organisation, User
from accounts.organisations.services.organisations import set_share_links
from lib.rate_limit import RateLimit
from lib.signed_ids import sign_id
from tasks.models import Project, ShareLink
from tasks.projects.services.states import archive_project, delete_project, restore_project, unarchive_project
from tasks.sharing import views
from tasks.sharing.services import renew_share_link, revoke_share_link, save_share_link
from tasks.work.services.creating import create_tasks
from tests.conftest import ApiFor, ClientFor
from tests.tasks.sharing.conftest import PRIVATE

pytestmark = pytest.mark.django_db

UUID_TEXT = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


def share(user: User, project: Project, **shown: object) -> ShareLink:
    return save_share_link(actor=user, project_id=project.pk, **shown)  # type: ignore[arg-type]


def read(url: str, **headers: str) -> HttpResponse:
    return Client().get(url, headers=headers)  # type: ignore[return-value]


def page_of(link: ShareLink) -> str:
    answer = read(link.url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_link_shows_columns_and_cards_and_no_more(alice: User, bob: User, planted: Project) -> None:
    html = page_of(share(alice, planted))

    for shown in ("To do", "Done", "ATR-1", "Paint &lt;b&gt;it&lt;/b&gt;", "Hull &amp; keel", "Urgent", planted.name):
        assert shown in html
    hidden = (*PRIVATE, "secret-description", bob.name, alice.name, bob.email, bob.username, "Halyard", "halyard")
    assert [text for text in hidden if text in html] == []
    assert not UUID_TEXT.search(html)
    assert re.findall(r"<a\b|<form\b|<script\b|<iframe\b|/api/|/ws/|csrf", html) == []
    # Nothing but pictures of our own and style sheets is loaded.
    assert all(each.startswith("/static/") for each in re.findall(r'(?:src|href)="([^"#]+)', html))


def test_assignees_and_descriptions_are_shown_as_chosen(alice: User, bob: User, planted: Project) -> None:
    initials = page_of(share(alice, planted, assignees="initials"))
    assert f">{bob.initials}</span>" in initials and bob.name not in initials

    names = page_of(share(alice, planted, assignees="names", shows_descriptions=True))
    assert f"<bdi>{bob.name}</bdi>" in names and "secret-description <strong>twice</strong>" in names
    assert [text for text in (*PRIVATE, bob.email, str(bob.pk)) if text in names] == []
    assert "secret-description" not in page_of(share(alice, planted, assignees="names"))


def test_an_answer_is_kept_by_nobody_and_sets_no_cookie(alice: User, client_for: ClientFor, planted: Project) -> None:
    url = share(alice, planted).url
    answer = read(url)

    assert answer["X-Robots-Tag"] == "noindex, nofollow" and '<meta name="robots"' in answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert Client().post(url).status_code == 405
    # Who is signed in sees the same.
    assert client_for(alice).get(url).content == answer.content


def test_the_page_speaks_the_language_of_the_browser(alice: User, planted: Project) -> None:
    url = share(alice, planted).url

    html = read(url, accept_language="de").content.decode()

    assert '<html lang="de">' in html and "Nur zum Lesen" in html and "Dringend" in html
    assert "Read only" in read(url).content.decode()


def test_what_opens_no_board_answers_alike(alice: User, halyard: Organisation, planted: Project) -> None:
    link = share(alice, planted)
    unknown = read(f"/share/{sign_id(uuid4(), salt='tasks.share_link')}/")
    assert unknown.status_code == 404

    def is_closed() -> bool:
        answer = read(link.url)
        # But for the nonce of the answer.
        bodies = {re.sub(rb'nonce="[^"]*"', b"", each.content) for each in (answer, unknown)}
        return answer.status_code == 404 and len(bodies) == 1

    assert not is_closed()
    ShareLink.objects.update(expires_at=timezone.now())
    assert is_closed()
    ShareLink.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    assert not is_closed()
    archive_project(actor=alice, project_id=planted.pk)
    assert is_closed()
    unarchive_project(actor=alice, project_id=planted.pk)
    delete_project(actor=alice, project_id=planted.pk)
    assert is_closed()
    restore_project(actor=alice, project_id=planted.pk)
    assert not is_closed()
    halyard.share_links = False
    halyard.save()
    assert is_closed()
    halyard.share_links = True
    halyard.save()
    renewed = renew_share_link(actor=alice, project_id=planted.pk)
    assert is_closed() and read(renewed.url).status_code == 200
    revoke_share_link(actor=alice, project_id=planted.pk)
    assert read(renewed.url).status_code == 404


@pytest.mark.parametrize("changed", ["", "a", "A" * 75, "ä" * 75, "%00" * 32, "x" * 5000])
def test_no_other_key_opens_anything(alice: User, planted: Project, changed: str) -> None:
    share(alice, planted)

    assert read(f"/share/{changed}/" if changed else "/share/0/").status_code == 404


def test_a_signature_is_what_opens_a_board(
    alice: User, planted: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    link = share(alice, planted)

    for key in (link.pk.hex, f"{link.key[:-1]}{'B' if link.key.endswith('A') else 'A'}", link.key.swapcase()):
        with django_assert_num_queries(0):
            assert read(f"/share/{key}/").status_code == 404
    assert read(f"/share/{sign_id(link.pk, salt='accounts.invitation')}/").status_code == 404
    assert read(f"/join/{link.key}/").status_code == 404


def test_the_key_is_no_credential(api_for: ApiFor, alice: User, planted: Project) -> None:
    link = share(alice, planted)
    task = planted.tasks.get(number=1)

    for path in ("/me", f"/projects/{planted.pk}", f"/projects/{planted.pk}/tasks", f"/tasks/{task.pk}", "/orgs"):
        for credential in (f"Bearer {link.key}", f"Token {link.key}", f"Basic {link.key}"):
            assert api_for(None).call("GET", path, Authorization=credential).status_code == 401
        assert api_for(None).call("GET", f"{path}?key={link.key}").status_code == 401
    browser = Client()
    assert browser.get(link.url).status_code == 200
    for path in (f"/projects/{planted.pk}/board/", f"/tasks/{task.pk}/", f"/share/{link.key}/changes/"):
        assert browser.get(path).status_code in (302, 404)


def test_a_board_costs_the_same_for_few_and_a_thousand(
    alice: User, bob: User, planted: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    link = share(alice, planted, assignees="names", shows_descriptions=True)
    fields = {"title": "a", "description": "b", "assignee_ids": [bob.pk]}
    for count in (1, 500, 500):
        with django_assert_num_queries(10):
            page_of(link)
        create_tasks(actor=alice, project_id=planted.pk, tasks=[fields] * count)
    assert page_of(link).count("<li ") == 1002


def test_an_empty_board_says_so(alice: User, project: Project) -> None:
    assert "There are no tasks yet." in page_of(share(alice, project))


def test_a_client_reads_so_often_and_no_more(
    alice: User, planted: Project, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.THROTTLE, url = True, share(alice, planted).url
    monkeypatch.setattr(views, "SHARED_BOARDS", RateLimit(f"{uuid4()}", attempts=2, seconds=10**6))

    answers = [read(url) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0 and answers[-1]["Referrer-Policy"] == "no-referrer"


def test_forbidding_links_revokes_them_for_good(alice: User, halyard: Organisation, planted: Project) -> None:
    link = share(alice, planted)

    set_share_links(actor=alice, slug=halyard.slug, enabled=False)
    set_share_links(actor=alice, slug=halyard.slug, enabled=True)

    assert read(link.url).status_code == 404 and not ShareLink.objects.exists()
