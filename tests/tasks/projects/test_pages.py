"""Pages of projects: what they show to whom, what their forms refuse, what they cost."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from chat.models import Room, RoomMember
from tasks.models import Project
from tasks.projects.services.columns import create_column
from tasks.projects.services.labels import create_label
from tasks.projects.services.projects import create_project, update_project
from tasks.projects.services.states import archive_project, delete_project
from tasks.work.services.creating import create_task
from tests.conftest import ClientFor
from tests.factories import make_membership, make_user

pytestmark = pytest.mark.django_db

FACTS = {"name": "Night Watch", "key": "", "color": "teal", "visibility": "members"}


def read(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


@pytest.fixture
def open_project(alice: User, halyard: Organisation) -> Project:
    """A project that all of the organisation can see; Alice alone is in it."""
    return create_project(actor=alice, slug=halyard.slug, name="Open Sea", visibility="organisation")


def test_a_project_is_created_with_its_first_members(
    client_for: ClientFor, alice: User, bob: User, halyard: Organisation
) -> None:
    answer = client_for(alice).post(f"/o/{halyard.slug}/projects/new/", FACTS | {"member_ids": [str(bob.pk)]})

    project = Project.objects.get(name="Night Watch")
    assert (answer.status_code, answer["Location"]) == (302, f"/projects/{project.pk}/")
    assert (project.key, project.color) == ("NW", "teal")
    assert RoomMember.objects.filter(room=project.channel_id, user=bob).exists()


def test_what_was_typed_stays_when_a_project_is_refused(
    client_for: ClientFor, alice: User, bob: User, project: Project, halyard: Organisation
) -> None:
    wrong = FACTS | {"key": project.key, "description": "A lamp", "git_url": "ftp://pier", "member_ids": [str(bob.pk)]}
    browser = client_for(alice)

    answer = browser.post(f"/o/{halyard.slug}/projects/new/", wrong)
    html = answer.content.decode()

    assert answer.status_code == 422 and not Project.objects.filter(name="Night Watch").exists()
    assert 'value="Night Watch"' in html and ">A lamp<" in html and "id_git_url-error" in html
    assert f'value="{bob.pk}" checked' in html
    again = browser.post(f"/o/{halyard.slug}/projects/new/", wrong | {"git_url": ""}).content.decode()
    assert "id_key-error" in again and "Another project has this key." in again


def test_guests_are_offered_no_new_project(client_for: ClientFor, halyard: Organisation) -> None:
    guest = make_user("Gil")
    make_membership(halyard, guest, role=Membership.Role.GUEST)
    browser = client_for(guest)

    assert "/projects/new/" not in read(browser, f"/o/{halyard.slug}/projects/")
    assert browser.get(f"/o/{halyard.slug}/projects/new/").status_code == 403
    assert browser.post(f"/o/{halyard.slug}/projects/new/", FACTS).status_code == 403


def test_a_key_is_suggested_that_no_other_project_has(
    client_for: ClientFor, alice: User, project: Project, halyard: Organisation
) -> None:
    path = f"/o/{halyard.slug}/projects/new/key/"

    assert read(client_for(alice), f"{path}?name=Harbour+Lamp") == "HL2"
    assert read(client_for(alice), f"{path}?name=") == ""


def test_projects_are_found_by_state_and_words(
    client_for: ClientFor, alice: User, project: Project, halyard: Organisation
) -> None:
    gone, old = (create_project(actor=alice, slug=halyard.slug, name=name) for name in ("Lost Buoy", "Old Pier"))
    delete_project(actor=alice, project_id=gone.pk)
    archive_project(actor=alice, project_id=old.pk)
    browser, path = client_for(alice), f"/o/{halyard.slug}/projects/"

    def list_cards(query: str) -> list[str]:
        return re.findall(r"<h2>\s*(?:<a[^>]*>)?<bdi>([^<]+)", read(browser, f"{path}?{query}"))

    assert list_cards("") == list_cards("show=nonsense") == list_cards("q=harb") == ["Harbour Light"]
    assert list_cards("show=deleted") == ["Lost Buoy"] and list_cards("show=archived") == ["Old Pier"]
    assert list_cards("q=zzz") == []


def test_an_open_project_is_joined(client_for: ClientFor, robin: User, bob: User, open_project: Project) -> None:
    browser, path = client_for(bob), f"/projects/{open_project.pk}/"

    assert f'action="{path}join/"' in read(browser, path)
    assert browser.post(f"{path}join/").status_code == 302
    assert f'action="{path}join/"' not in read(browser, path)
    assert RoomMember.objects.filter(room=open_project.channel_id, user=bob).exists()


def test_a_channel_is_added_to_a_project(client_for: ClientFor, bob: User, project: Project) -> None:
    browser, path = client_for(bob), f"/projects/{project.pk}/channels/"

    room = Room.objects.get(pk=browser.post(path, {"name": "lens"})["Location"].split("/")[2])
    again = browser.post(path, {"name": "Lens"})

    assert room.main_channel_id == project.channel_id and room.members_only
    assert again.status_code == 422 and 'value="Lens"' in again.content.decode()


def test_strangers_find_no_project(client_for: ClientFor, robin: User, charlie: User, project: Project) -> None:
    for user in (robin, charlie):
        for page in ("", "settings/", "settings/members/", "settings/columns/", "settings/labels/"):
            assert client_for(user).get(f"/projects/{project.pk}/{page}").status_code == 404


def test_what_was_done_is_told_in_words(client_for: ClientFor, alice: User, project: Project) -> None:
    doing = project.columns.get(status="in_progress")
    create_task(actor=alice, project_id=project.pk, title="Order <the> lens", column_id=doing.pk)

    html = read(client_for(alice), f"/projects/{project.pk}/")

    assert "<b>Alice</b> added" in html and "HL-1</a> <bdi>Order &lt;the&gt; lens</bdi>" in html


PAGES = {
    "/o/halyard/projects/": 12,
    "/projects/{project}/": 18,
    "/projects/{project}/settings/": 9,
    "/projects/{project}/settings/members/": 10,
    "/projects/{project}/settings/columns/": 9,
    "/projects/{project}/settings/labels/": 9,
}


@pytest.mark.parametrize(("path", "queries"), PAGES.items())
def test_a_page_costs_the_same_for_any_number(
    client_for: ClientFor,
    alice: User,
    halyard: Organisation,
    project: Project,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    queries: int,
) -> None:
    browser, path = client_for(alice), path.format(project=project.pk)
    for number in (1, 4):
        _fill_project(alice, halyard, project, number)
        browser.get(path)
        with django_assert_num_queries(queries):
            assert browser.get(path).status_code == 200


def _fill_project(alice: User, halyard: Organisation, project: Project, number: int) -> None:
    for n in range(number):
        name = f"{number} {n}"
        person = make_user(f"Person {name}")
        make_membership(halyard, person)
        create_project(actor=alice, slug="halyard", name=f"Pier {name}", member_ids=[person.pk])
        create_label(actor=alice, project_id=project.pk, name=name)
        column = create_column(actor=alice, project_id=project.pk, name=name)
        create_task(actor=alice, project_id=project.pk, title=name, column_id=column.pk)
    update_project(actor=alice, project_id=project.pk, description="A lamp")
