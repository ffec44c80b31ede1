"""A project's channel is called with its project wherever it stands outside of that: many have a `general`."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from chat.models import Room
from chat.rooms.services.own_settings import change_own_settings
from chat.rooms.services.rooms import create_room
from chat.sidebar.queries import sidebar_for
from lib.realtime.hub import Event
from notifications.inbox.queries import describe_visible
from notifications.models import Notification
from tasks.models import Project
from tasks.models.projects import fill_project_names
from tasks.projects.services.projects import update_project
from tests.chat.steps import frames, say
from tests.conftest import ApiFor, ClientFor

pytestmark = pytest.mark.django_db

BOTH = "Harbour Light · general"


def test_who_is_added_is_told_of_the_project(alice: User, bob: User, halyard: Organisation, project: Project) -> None:
    create_room(actor=alice, slug="halyard", kind="channel", name="plans", project_id=project.pk, member_ids=[bob.pk])
    rows = list(Notification.objects.received_by(bob).for_listing().order_by("pk"))

    assert [each.description.title for each in describe_visible(rows, bob)] == [
        "Alice added you to Harbour Light",
        "Alice added you to Harbour Light · plans",
    ]


@pytest.mark.parametrize(
    "path",
    ["/rooms/{room}/", "/o/halyard/rooms/mine/", "/o/halyard/unread/", "/o/halyard/mentions/", "/o/halyard/rooms/",
     "/o/halyard/search/?q=hello", "/o/halyard/search/?q=general", "/o/halyard/files/"],
)  # fmt: skip
def test_pages_show_project_and_channel(
    client_for: ClientFor, alice: User, bob: User, project: Project, path: str
) -> None:
    update_project(actor=alice, project_id=project.pk, visibility="organisation")
    say(alice, project.channel, "hello @bob")

    assert BOTH in client_for(bob).get(path.format(room=project.pk)).content.decode()


def test_favourites_show_both_and_sections_the_channel(alice: User, halyard: Organisation, project: Project) -> None:
    (_section, [line]) = sidebar_for(user=alice, organisation=halyard).sections[0]
    assert (line.label, line.full_name) == ("general", BOTH)

    change_own_settings(actor=alice, room_id=project.pk, favourite=True)
    assert [line.label for line in sidebar_for(user=alice, organisation=halyard).favourites] == [BOTH]


def test_channels_follow_their_project(
    api_for: ApiFor,
    alice: User,
    project: Project,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    create_room(actor=alice, slug="halyard", kind="group", name="crew", project_id=project.pk)
    published.clear()
    with django_capture_on_commit_callbacks(execute=True):
        update_project(actor=alice, project_id=project.pk, name="Night Watch")

    assert set(Room.objects.filter(main_channel=project.pk).values_list("project_name", flat=True)) == {"Night Watch"}
    told = [frame["room"] for frame in frames(published) if frame["type"] == "room.updated"]
    assert {(room["name"], room["project_name"]) for room in told} == {
        ("general", "Night Watch"), ("crew", "Night Watch")
    }  # fmt: skip
    assert api_for(alice).call("GET", f"/rooms/{project.pk}").json()["project_name"] == "Night Watch"


def test_channels_from_before_get_the_name(
    project: Project, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Room.objects.update(project_name="")
    with django_assert_num_queries(1):
        fill_project_names("default")
    project.channel.refresh_from_db()
    room.refresh_from_db()

    assert (project.channel.full_name, room.full_name) == (BOTH, room.name)
