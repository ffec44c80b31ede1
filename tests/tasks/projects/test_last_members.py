"""No project that only its members see is left to nobody."""

from __future__ import annotations

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.members import remove_member
from accounts.users.services.activation import deactivate_user
from chat.models import Room, RoomMember
from chat.rooms.services.membership import leave_room
from lib.realtime.hub import Event
from lib.web.errors import Conflict
from notifications.models import Notification
from tasks.models import Project
from tasks.projects.services.members import add_project_member, remove_project_member
from tasks.projects.services.projects import create_project, update_project
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_membership, make_system_administrator, make_user
from tests.tasks.projects.test_members import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(bob: User, halyard: Organisation) -> Project:
    """A project that Bob is in alone."""
    return create_project(actor=bob, slug=halyard.slug, name="Own")


def admins_of(project: Project) -> list[User]:
    members = RoomMember.objects.with_user().filter(room=project.pk, role=RoomMember.Role.ADMIN)
    return [member.user for member in members.order_by("pk")]


def test_the_last_member_stays(api_for: ApiFor, bob: User, robin: User, own: Project) -> None:
    add_project_member(actor=bob, project_id=own.pk, user_id=robin.pk)  # an agent opens no pages
    answer = api_for(bob).call("POST", f"/rooms/{own.pk}/leave")

    assert (answer.status_code, answer.json()["code"]) == (409, "last_member")
    assert "archive or delete the project" in answer.json()["detail"]
    with pytest.raises(Conflict):
        remove_project_member(actor=bob, project_id=own.pk, user_id=bob.pk)
    assert admins_of(own) == [bob]


def test_pages_say_why_the_last_member_stays(client_for: ClientFor, bob: User, own: Project) -> None:
    browser = client_for(bob)
    answer = browser.post(f"/projects/{own.pk}/leave/", follow=True)

    assert answer.redirect_chain == [(f"/projects/{own.pk}/settings/", 302)]
    assert "You are the last one in this project" in answer.content.decode()
    panel = browser.post(f"/rooms/{own.pk}/leave/")
    assert panel.status_code == 422 and "You are the last one in this project" in panel.content.decode()


def test_others_let_one_leave(alice: User, bob: User, own: Project) -> None:
    add_project_member(actor=bob, project_id=own.pk, user_id=alice.pk)
    leave_room(actor=bob, room_id=own.pk)

    assert admins_of(own) == [alice]


def test_an_open_project_may_be_left_by_all(bob: User, own: Project) -> None:
    update_project(actor=bob, project_id=own.pk, visibility="organisation")
    leave_room(actor=bob, room_id=own.pk)

    assert not RoomMember.objects.filter(room=own.pk).exists()


def test_who_closes_an_empty_project_is_in_it(alice: User, bob: User, own: Project) -> None:
    update_project(actor=bob, project_id=own.pk, visibility="organisation")
    leave_room(actor=bob, room_id=own.pk)
    update_project(actor=alice, project_id=own.pk, visibility="members")

    assert admins_of(own) == [alice]


@pytest.mark.parametrize("by_choice", [True, False])
def test_leaving_the_organisation_hands_projects_to_its_longest_administrator(
    alice: User, bob: User, halyard: Organisation, own: Project, *, by_choice: bool
) -> None:
    make_membership(halyard, make_user("Newer"), role=Membership.Role.ADMIN)
    remove_member(actor=bob if by_choice else alice, slug=halyard.slug, user_id=bob.pk)
    own.refresh_from_db()

    assert admins_of(own) == [alice] and own.owner == alice
    assert Room.objects.get(pk=own.pk).member_count == 1
    assert Notification.objects.filter(user=alice, kind="room-added").exists() is by_choice


def test_deactivated_members_leave_projects_to_administrators(
    alice: User,
    bob: User,
    own: Project,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        deactivate_user(actor=make_system_administrator("Root"), user_id=bob.pk)

    assert admins_of(own) == [bob, alice]
    assert told(published, "project.created") == {f"user:{alice.pk}"}


def test_projects_with_others_are_handed_to_nobody(alice: User, bob: User, halyard: Organisation, own: Project) -> None:
    other = make_user("Other")
    make_membership(halyard, other)
    add_project_member(actor=bob, project_id=own.pk, user_id=other.pk)
    remove_member(actor=alice, slug=halyard.slug, user_id=bob.pk)

    assert admins_of(own) == [other]
