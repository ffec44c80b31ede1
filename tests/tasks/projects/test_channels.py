"""Channels of a project over REST, and who hears of them."""

from __future__ import annotations

from uuid import uuid4

import orjson
import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from chat.rooms.services.rooms import create_room
from lib.realtime.hub import Event
from tasks.models import Project
from tasks.projects.services.projects import create_project, update_project
from tests.chat.steps import frames
from tests.conftest import ApiFor

pytestmark = pytest.mark.django_db

PATH = "/orgs/halyard/rooms"


def told(published: list[Event], kind: str) -> set[str]:
    framed = zip([event for event in published if event.frame], frames(published), strict=True)
    return {event.topic for event, frame in framed if frame["type"] == kind}


def test_a_channel_of_a_project_is_told_to_its_members_alone(
    api_for: ApiFor,
    alice: User,
    bob: User,
    halyard: Organisation,
    project: Project,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    api = api_for(alice)
    published.clear()
    with django_capture_on_commit_callbacks(execute=True):
        made = api.call("POST", PATH, {"name": "plans", "kind": "channel", "project_id": str(project.pk)})

    assert (made.status_code, made.json()["project_id"]) == (201, str(project.pk))
    assert told(published, "room.created") == {f"user:{alice.pk}", f"user:{bob.pk}"}
    assert f"commons:{halyard.pk}" not in {event.topic for event in published}


def test_a_channel_of_an_open_project_is_told_to_the_organisation(
    api_for: ApiFor,
    alice: User,
    halyard: Organisation,
    project: Project,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    update_project(actor=alice, project_id=project.pk, visibility="organisation")
    published.clear()
    api = api_for(alice)
    with django_capture_on_commit_callbacks(execute=True):
        api.call("POST", PATH, {"name": "plans", "kind": "channel", "project_id": str(project.pk)})

    assert told(published, "room.created") == {f"commons:{halyard.pk}"}


def test_who_is_not_in_a_project_opens_no_channel_in_it_and_sees_none(
    api_for: ApiFor, alice: User, bob: User, robin: User, project: Project
) -> None:
    body = {"name": "plans", "kind": "channel", "project_id": str(project.pk)}
    made = api_for(bob).call("POST", PATH, body).json()

    assert api_for(robin).call("POST", PATH, body | {"name": "mine"}).status_code == 422
    assert api_for(robin).call("GET", f"/rooms/{made['id']}").status_code == 404
    assert api_for(robin).call("POST", f"/rooms/{made['id']}/join").status_code == 404
    browsed = api_for(robin).call("GET", f"{PATH}?browse=true").json()["items"]
    assert made["id"] not in {room["id"] for room in browsed}
    assert api_for(alice).call("POST", f"/rooms/{made['id']}/join").status_code == 200
    assert api_for(bob).call("POST", PATH, body | {"project_id": str(uuid4())}).status_code == 422


def test_the_first_channel_stays(api_for: ApiFor, alice: User, project: Project) -> None:
    admin = api_for(alice)

    assert admin.call("DELETE", f"/rooms/{project.pk}").status_code == 403
    assert admin.call("POST", f"/rooms/{project.pk}/archive").status_code == 403


def test_names_are_taken_once_in_each_project(
    api_for: ApiFor, alice: User, halyard: Organisation, project: Project
) -> None:
    other = create_project(actor=alice, slug=halyard.slug, name="Other")
    admin = api_for(alice)
    answers = [
        admin.call("POST", PATH, {"name": "plans", "kind": "channel", "project_id": str(each.pk)}).status_code
        for each in (project, other, project)
    ]

    assert answers == [201, 201, 409]


def test_who_loses_sight_of_a_closed_project_is_told(
    alice: User,
    halyard: Organisation,
    project: Project,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    update_project(actor=alice, project_id=project.pk, visibility="organisation")
    plans = create_room(actor=alice, slug=halyard.slug, kind="channel", name="plans", project_id=project.pk)
    published.clear()
    with django_capture_on_commit_callbacks(execute=True):
        update_project(actor=alice, project_id=project.pk, visibility="members")

    removals = [event for event in published if event.frame and b".removed" in event.frame]
    assert [orjson.loads(event.frame) for event in removals] == [
        {"type": "room.removed", "room": str(project.pk)},
        {"type": "room.removed", "room": str(plans.pk)},
        {"type": "project.removed", "project": str(project.pk)},
    ]
    # All of the organisation hear it, but for the sockets of members: those are on the topic of the main channel.
    assert {(event.topic, *event.told_on) for event in removals} == {(f"commons:{halyard.pk}", f"room:{project.pk}")}
