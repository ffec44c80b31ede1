"""Guests add nobody to a project, and whom an admin has removed only admins add again."""

from __future__ import annotations

import pytest

from accounts.models import Membership, Organisation, User
from chat.models import RoomMember, RoomRemoval
from chat.rooms.queries.people import people_to_add
from chat.rooms.services.membership import leave_room
from tasks.models import Project
from tasks.projects.services.members import add_project_member, remove_project_member
from tasks.projects.services.projects import update_project
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_membership, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(halyard: Organisation) -> User:
    """Dora, a member of the organisation who is in no project."""
    dora = make_user("Dora")
    make_membership(halyard, dora)
    return dora


@pytest.fixture
def guest(alice: User, halyard: Organisation, project: Project) -> User:
    """Gil, a guest of the organisation in Harbour Light."""
    gil = make_user("Gil")
    make_membership(halyard, gil, role=Membership.Role.GUEST)
    add_project_member(actor=alice, project_id=project.pk, user_id=gil.pk)
    return gil


def is_in(user: User, project: Project) -> bool:
    return RoomMember.objects.filter(room=project.pk, user=user).exists()


@pytest.mark.parametrize("door", ["projects/{}/members", "rooms/{}/members"])
def test_guests_add_nobody(api_for: ApiFor, alice: User, bob: User, guest: User, project: Project, door: str) -> None:
    remove_project_member(actor=alice, project_id=project.pk, user_id=bob.pk)
    answer = api_for(guest).call("POST", f"/{door.format(project.pk)}", {"user_id": str(bob.pk)})

    assert answer.status_code == 403 and "Guests" in answer.json()["detail"]
    assert not is_in(bob, project) and not people_to_add(user=guest, room=project.channel).exists()


def test_guests_find_no_form_to_add_people(client_for: ClientFor, bob: User, guest: User, project: Project) -> None:
    path = f"/projects/{project.pk}/settings/members/"

    assert 'id="add-people"' in client_for(bob).get(path).content.decode()
    assert 'id="add-people"' not in client_for(guest).get(path).content.decode()


def test_whom_an_admin_has_removed_only_an_admin_adds_again(
    api_for: ApiFor, alice: User, bob: User, dora: User, project: Project
) -> None:
    path, body = f"/projects/{project.pk}/members", {"user_id": str(dora.pk)}
    assert api_for(bob).call("POST", path, body).status_code == 201
    remove_project_member(actor=alice, project_id=project.pk, user_id=dora.pk)

    answer = api_for(bob).call("POST", path, body)
    assert answer.status_code == 403 and "only admins" in answer.json()["detail"]
    assert not people_to_add(user=bob, room=project.channel).filter(user=dora).exists()
    assert people_to_add(user=alice, room=project.channel).filter(user=dora).exists()
    assert api_for(alice).call("POST", path, body).status_code == 201
    leave_room(actor=dora, room_id=project.pk)
    assert api_for(bob).call("POST", path, body).status_code == 201


def test_who_was_removed_from_an_open_project_does_not_join_it_again(
    api_for: ApiFor, alice: User, bob: User, project: Project
) -> None:
    update_project(actor=alice, project_id=project.pk, visibility="organisation")
    leave_room(actor=bob, room_id=project.pk)
    assert api_for(bob).call("POST", f"/rooms/{project.pk}/join").status_code == 200
    remove_project_member(actor=alice, project_id=project.pk, user_id=bob.pk)

    assert api_for(bob).call("POST", f"/rooms/{project.pk}/join").status_code == 403
    assert not is_in(bob, project)


def test_an_admin_who_removes_themselves_may_be_added_by_all(
    alice: User, bob: User, dora: User, project: Project
) -> None:
    remove_project_member(actor=alice, project_id=project.pk, user_id=alice.pk)

    assert not RoomRemoval.objects.exists()
    add_project_member(actor=bob, project_id=project.pk, user_id=alice.pk)
    assert is_in(alice, project)
