"""Members of a project are those of its first channel: whoever leaves that loses the project."""

from __future__ import annotations

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.organisations.services.members import remove_member
from accounts.organisations.services.organisations import delete_organisation
from chat.models import Room, RoomMember
from chat.rooms.services.membership import leave_room
from chat.rooms.services.rooms import create_room
from lib.realtime.hub import Event
from tasks.models import Project
from tasks.projects.services.members import add_project_member, change_project_role
from tests.chat.steps import frames
from tests.conftest import ApiFor

pytestmark = pytest.mark.django_db


def told(published: list[Event], kind: str) -> set[str]:
    framed = zip([event for event in published if event.frame], frames(published), strict=True)
    return {event.topic for event, frame in framed if frame["type"] == kind}


def test_members_are_added_changed_and_removed(
    api_for: ApiFor, alice: User, bob: User, robin: User, charlie: User, project: Project
) -> None:
    admin, path = api_for(alice), f"/projects/{project.pk}/members"

    assert admin.call("POST", path, {"user_id": str(robin.pk)}).status_code == 201
    assert admin.call("POST", path, {"user_id": str(charlie.pk)}).status_code == 422
    assert admin.call("PATCH", f"{path}/{bob.pk}", {"role": "admin"}).json()["role"] == "admin"
    assert [member["user"]["username"] for member in admin.call("GET", path).json()["items"]] == [
        "alice",
        "bob",
        "robin",
    ]
    assert admin.call("DELETE", f"{path}/{robin.pk}").status_code == 204
    assert api_for(robin).call("GET", f"/projects/{project.pk}").status_code == 404
    assert api_for(robin).call("POST", path, {"user_id": str(robin.pk)}).status_code == 404


def test_plain_members_appoint_and_remove_nobody(
    api_for: ApiFor, alice: User, bob: User, robin: User, project: Project
) -> None:
    member, path = api_for(bob), f"/projects/{project.pk}/members"

    assert member.call("POST", path, {"user_id": str(robin.pk), "role": "admin"}).status_code == 403
    assert member.call("PATCH", f"{path}/{bob.pk}", {"role": "admin"}).status_code == 403
    assert member.call("DELETE", f"{path}/{alice.pk}").status_code == 403


def test_sockets_hear_of_joining_and_leaving(
    alice: User,
    robin: User,
    project: Project,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        add_project_member(actor=alice, project_id=project.pk, user_id=robin.pk)
    assert told(published, "project.created") == {f"user:{robin.pk}"}
    published.clear()

    with django_capture_on_commit_callbacks(execute=True):
        leave_room(actor=robin, room_id=project.pk)
    assert told(published, "project.removed") == {f"user:{robin.pk}"}


def test_who_leaves_the_organisation_loses_the_project(
    api_for: ApiFor, alice: User, bob: User, halyard: Organisation, project: Project
) -> None:
    plans = create_room(
        actor=alice, slug=halyard.slug, kind="channel", name="plans", project_id=project.pk, member_ids=[bob.pk]
    )

    remove_member(actor=alice, slug=halyard.slug, user_id=bob.pk)

    assert not RoomMember.objects.filter(user=bob, room__in=[project.pk, plans.pk]).exists()
    assert api_for(bob).call("GET", f"/projects/{project.pk}").status_code == 404


def test_an_owner_who_leaves_is_followed_by_an_admin(alice: User, bob: User, robin: User, project: Project) -> None:
    add_project_member(actor=alice, project_id=project.pk, user_id=robin.pk)
    change_project_role(actor=alice, project_id=project.pk, user_id=robin.pk, role="admin")

    for leaving, owner in ((alice, robin), (robin, bob)):
        leave_room(actor=leaving, room_id=project.pk)
        project.refresh_from_db()
        assert project.owner == owner


def test_a_project_ends_with_its_organisation(alice: User, halyard: Organisation, project: Project) -> None:
    delete_organisation(actor=alice, slug=halyard.slug)

    assert not Project.objects.exists() and not Room.objects.exists()
