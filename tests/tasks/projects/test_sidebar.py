"""Projects have sections of their own in the sidebar of their members."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from chat.rooms.services.own_settings import change_own_settings
from chat.rooms.services.rooms import create_room
from chat.sidebar.queries import MAX_ROOMS, sidebar_for
from chat.sidebar.services import arrange_sidebar
from tasks.models import Project
from tasks.projects.services.projects import create_project
from tasks.projects.services.states import archive_project, delete_project
from tests.chat.steps import say
from tests.conftest import ClientFor
from tests.factories import make_room

pytestmark = pytest.mark.django_db


def list_sections(user: User, organisation: Organisation) -> list[tuple[str, list[str]]]:
    sections = sidebar_for(user=user, organisation=organisation).sections
    return [(section.name, [line.name for line in lines]) for section, lines in sections]


def test_channels_of_a_project_stand_in_its_section_alone(alice: User, halyard: Organisation, project: Project) -> None:
    create_room(actor=alice, slug=halyard.slug, kind="channel", name="anchors", project_id=project.pk)
    create_project(actor=alice, slug=halyard.slug, name="Atlas")

    sidebar = sidebar_for(user=alice, organisation=halyard)

    assert list_sections(alice, halyard) == [("Atlas", ["general"]), ("Harbour Light", ["general", "anchors"])]
    assert all(line.main_channel_id is None for line in sidebar.rooms)


def test_users_outside_a_project_have_no_section_of_it(robin: User, halyard: Organisation, project: Project) -> None:
    assert list_sections(robin, halyard) == []


def test_archived_and_deleted_projects_leave_the_sidebar(alice: User, halyard: Organisation, project: Project) -> None:
    other = create_project(actor=alice, slug=halyard.slug, name="Atlas")
    archive_project(actor=alice, project_id=project.pk)
    delete_project(actor=alice, project_id=other.pk)

    assert list_sections(alice, halyard) == []


def test_a_favourite_channel_stands_among_the_favourites(alice: User, halyard: Organisation, project: Project) -> None:
    change_own_settings(actor=alice, room_id=project.channel_id, favourite=True)

    assert list_sections(alice, halyard) == [("Harbour Light", [])]
    assert [line.id for line in sidebar_for(user=alice, organisation=halyard).favourites] == [project.channel_id]


def test_a_section_is_folded_for_its_user(
    alice: User, halyard: Organisation, project: Project, client_for: ClientFor
) -> None:
    browser = client_for(alice)
    assert browser.post("/sidebar/", {"fold": str(project.pk)}).status_code == 302
    alice.refresh_from_db()

    assert str(project.pk) in sidebar_for(user=alice, organisation=halyard).folded
    arrange_sidebar(actor=alice, unfold=str(project.pk))
    assert browser.post("/sidebar/", {"fold": "cellar"}).status_code == 400


def test_many_busy_rooms_hide_no_project(
    alice: User, halyard: Organisation, project: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    create_room(actor=alice, slug=halyard.slug, kind="channel", name="anchors", project_id=project.pk)
    for number in range(MAX_ROOMS + 5):
        say(alice, make_room(halyard, f"busy {number}", admin=alice))

    assert list_sections(alice, halyard) == [("Harbour Light", ["general", "anchors"])]
    sidebar = sidebar_for(user=alice, organisation=halyard)
    assert sidebar.more_rooms and len(sidebar.rooms) == MAX_ROOMS
    with django_assert_num_queries(6):  # those below, and the quiet channels of projects
        sidebar_for(user=alice, organisation=halyard)


def test_several_projects_cost_as_many_queries_as_one(
    alice: User, halyard: Organisation, project: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (0, 4):
        for n in range(number):
            create_project(actor=alice, slug=halyard.slug, name=f"Pier {n}")
        sidebar_for(user=alice, organisation=halyard)
        with django_assert_num_queries(5):  # rooms, direct rooms, projects, organisations, notifications
            sidebar_for(user=alice, organisation=halyard)


def test_the_sidebar_leads_to_projects_and_tasks(
    alice: User, halyard: Organisation, project: Project, client_for: ClientFor
) -> None:
    html = client_for(alice).get(f"/o/{halyard.slug}/sidebar/").content.decode()

    for address in (f"/o/{halyard.slug}/projects/", f"/o/{halyard.slug}/tasks/", f"/projects/{project.pk}/board/"):
        assert f'href="{address}"' in html
