"""Projects are archived, deleted and restored with all that belongs to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEntry, Membership, Organisation, User
from accounts.organisations.services.members import remove_member
from chat.messages.services.post import post_message
from chat.messages.services.read import mark_read
from chat.models import Room, RoomMember
from chat.rooms.services.membership import join_room
from chat.rooms.services.rooms import archive_room, create_room
from lib.realtime.hub import Event
from tasks.models import Project, Task
from tasks.projects.purging import has_expired_projects, purge_projects
from tasks.projects.services.members import add_project_member
from tasks.projects.services.projects import create_project, update_project
from tasks.projects.services.states import archive_project, delete_project, restore_project, unarchive_project
from tests.chat.steps import frames
from tests.conftest import ApiFor
from tests.factories import make_membership, make_user
from tests.tasks.steps import make_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans(alice: User, bob: User, project: Project) -> Room:
    """A channel of the project that Alice and Bob are in."""
    return open_channel(alice, project, "plans", bob)


def open_channel(actor: User, project: Project, name: str, *others: User) -> Room:
    return create_room(
        actor=actor,
        slug=project.organisation.slug,
        kind="channel",
        name=name,
        project_id=project.pk,
        member_ids=[other.pk for other in others],
    )


def archived(project: Project) -> set[str]:
    return set(Room.objects.filter(main_channel=project.pk).exclude(archived_at=None).values_list("name", flat=True))


def test_channels_are_archived_with_their_project(api_for: ApiFor, alice: User, project: Project, plans: Room) -> None:
    admin, path = api_for(alice), f"/projects/{project.pk}"
    old = open_channel(alice, project, "old")
    archive_room(actor=alice, room_id=old.pk)

    answer = admin.call("POST", f"{path}/archive").json()

    assert (answer["state"], answer["archived_at"] is None) == ("archived", False)
    assert archived(project) == {"general", "plans", "old"}
    assert admin.call("POST", f"/rooms/{plans.pk}/messages", {"content": "hi"}).status_code == 403
    assert admin.call("POST", f"{path}/columns", {"name": "Late"}).status_code == 403
    assert admin.call("POST", f"/rooms/{plans.pk}/unarchive").status_code == 403
    assert admin.call("POST", f"{path}/unarchive").json()["state"] == "active"
    assert archived(project) == {"old"}
    assert admin.call("POST", f"/rooms/{old.pk}/unarchive").status_code == 200


def test_archived_projects_are_listed_apart(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    old = create_project(actor=alice, slug=halyard.slug, name="Old Pier")
    create_project(actor=alice, slug=halyard.slug, name="New Pier")
    archive_project(actor=alice, project_id=old.pk)
    api = api_for(alice)

    def listed(query: str) -> list[str]:
        items = api.call("GET", f"/orgs/halyard/projects?{query}").json()["items"]
        return [item["name"] for item in items]

    assert listed("") == ["New Pier"]
    assert listed("state=archived") == ["Old Pier"]
    assert listed("state=all") == ["Old Pier", "New Pier"]
    assert listed("state=all&q=OLD") == ["Old Pier"]
    assert listed("state=all&q=np") == ["New Pier"]
    assert listed("state=deleted") == []


def test_a_deleted_project_is_gone_for_everybody(
    api_for: ApiFor, alice: User, bob: User, project: Project, plans: Room
) -> None:
    make_tasks(project.columns.get(status="pending"), 1)

    assert api_for(alice).call("DELETE", f"/projects/{project.pk}").status_code == 204

    for user in (alice, bob):
        api = api_for(user)
        for path in (f"/projects/{project.pk}", f"/rooms/{project.pk}", f"/rooms/{plans.pk}"):
            assert api.call("GET", path).status_code == 404
        assert api.call("GET", "/orgs/halyard/projects?state=all").json()["items"] == []
    assert not RoomMember.objects.filter(room__main_channel=project.pk).exists()
    assert Task.objects.filter(project=project).exists()
    deleted = api_for(alice).call("GET", "/orgs/halyard/projects?state=deleted").json()["items"]
    assert [(item["id"], item["state"]) for item in deleted] == [(str(project.pk), "deleted")]
    assert api_for(bob).call("GET", "/orgs/halyard/projects?state=deleted").json()["items"] == []


def test_channels_of_a_deleted_open_project_are_hidden(alice: User, robin: User, project: Project, plans: Room) -> None:
    update_project(actor=alice, project_id=project.pk, visibility="organisation")
    assert Room.objects.visible_to(robin).filter(pk=plans.pk).exists()

    delete_project(actor=alice, project_id=project.pk)
    assert not Room.objects.visible_to(robin).filter(pk=plans.pk).exists()

    restore_project(actor=alice, project_id=project.pk)
    assert Room.objects.visible_to(robin).filter(pk=plans.pk).exists()


def test_sockets_hear_that_a_project_and_its_channels_are_gone(
    alice: User,
    bob: User,
    project: Project,
    plans: Room,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        delete_project(actor=alice, project_id=project.pk)

    framed = zip([event for event in published if event.frame], frames(published), strict=True)
    told = {(frame["type"], frame.get("room") or frame.get("project"), event.topic) for event, frame in framed}
    users = {f"user:{alice.pk}", f"user:{bob.pk}"}
    assert {topic for kind, _, topic in told if kind == "project.removed"} == users
    for room_id in (project.pk, plans.pk):
        assert {topic for kind, each, topic in told if (kind, each) == ("room.removed", str(room_id))} == users
        assert f"room:{room_id}" in {event.topic for event in published if event.action == "unsubscribe"}


def test_a_restored_project_is_as_it_was_for_those_who_are_still_there(
    api_for: ApiFor, alice: User, bob: User, robin: User, project: Project, plans: Room
) -> None:
    add_project_member(actor=alice, project_id=project.pk, user_id=robin.pk)
    message = post_message(actor=alice, room_id=plans.pk, content="Tea?").message
    post_message(actor=alice, room_id=plans.pk, content="Coffee?")
    mark_read(actor=bob, room_id=plans.pk, seq=message.seq)
    delete_project(actor=alice, project_id=project.pk)
    remove_member(actor=alice, slug="halyard", user_id=robin.pk)

    answer = api_for(alice).call("POST", f"/projects/{project.pk}/restore")

    assert answer.status_code == 200, answer.content
    assert (answer.json()["state"], answer.json()["member_count"], answer.json()["role"]) == ("active", 2, "admin")
    assert RoomMember.objects.get(room=plans.pk, user=bob).last_read_seq == message.seq
    members = RoomMember.objects.filter(room__main_channel=project.pk).values_list(
        "room__name", "user__username", "role"
    )
    assert set(members) == {
        ("general", "alice", "admin"),
        ("general", "bob", "member"),
        ("plans", "alice", "admin"),
        ("plans", "bob", "member"),
    }
    assert {room.member_count for room in Room.objects.filter(main_channel=project.pk)} == {2}
    post_message(actor=bob, room_id=plans.pk, content="Tea.")


def test_who_may_restore(api_for: ApiFor, bob: User, charlie: User, project: Project, alice: User) -> None:
    admin = make_user("Admin")
    make_membership(project.organisation, admin, role=Membership.Role.ADMIN)
    delete_project(actor=alice, project_id=project.pk)

    for user, status in ((bob, 404), (charlie, 404), (admin, 200), (admin, 404)):
        assert api_for(user).call("POST", f"/projects/{project.pk}/restore").status_code == status


def test_a_project_whose_members_have_left_is_restored_to_who_restores_it(
    alice: User, bob: User, halyard: Organisation
) -> None:
    project = create_project(actor=bob, slug=halyard.slug, name="Bobs own")
    delete_project(actor=bob, project_id=project.pk)
    remove_member(actor=alice, slug="halyard", user_id=bob.pk)

    restored = restore_project(actor=alice, project_id=project.pk)

    assert list(RoomMember.objects.filter(room=project.pk).values_list("user", "role")) == [(alice.pk, "admin")]
    assert restored.owner == alice


def test_after_a_month_a_deleted_project_is_gone_for_good(alice: User, project: Project, plans: Room) -> None:
    make_tasks(project.columns.get(status="pending"), 3)
    delete_project(actor=alice, project_id=project.pk)
    assert not has_expired_projects()

    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        assert has_expired_projects()
        with pytest.raises(Project.DoesNotExist):
            restore_project(actor=alice, project_id=project.pk)
        assert purge_projects() == 1

    assert not Project.objects.exists() and not Task.objects.exists()
    assert not Room.objects.filter(pk__in=[project.pk, plans.pk]).exists()
    entry = AuditEntry.objects.filter(table_name="tasks_project").latest("pk")
    assert (entry.action, entry.user) == ("delete", None)


def test_hidden_again_means_that_outsiders_leave_its_channels(
    api_for: ApiFor, alice: User, bob: User, robin: User, project: Project, plans: Room
) -> None:
    admin, path = api_for(alice), f"/projects/{project.pk}"
    assert admin.call("PATCH", path, {"visibility": "organisation"}).json()["visibility"] == "organisation"
    assert api_for(robin).call("GET", path).json()["role"] is None
    join_room(actor=robin, room_id=plans.pk)

    assert admin.call("PATCH", path, {"visibility": "members"}).json()["visibility"] == "members"

    assert api_for(robin).call("GET", path).status_code == 404
    assert api_for(robin).call("GET", f"/rooms/{plans.pk}").status_code == 404
    assert set(plans.members.values_list("user", flat=True)) == {alice.pk, bob.pk}


def test_plain_members_change_no_state(bob: User, robin: User, api_for: ApiFor, project: Project) -> None:
    path = f"/projects/{project.pk}"
    for user, status in ((bob, 403), (robin, 404)):
        api = api_for(user)
        assert api.call("PATCH", path, {"name": "Mine"}).status_code == status
        assert api.call("POST", f"{path}/archive").status_code == status
        assert api.call("POST", f"{path}/unarchive").status_code == status
        assert api.call("DELETE", path).status_code == status


def test_an_organisations_admin_who_does_not_see_a_project_does_nothing_with_it(
    api_for: ApiFor, alice: User, bob: User, halyard: Organisation
) -> None:
    project = create_project(actor=bob, slug=halyard.slug, name="Bobs own")

    assert api_for(alice).call("POST", f"/projects/{project.pk}/archive").status_code == 404
    update_project(actor=bob, project_id=project.pk, visibility="organisation")
    assert api_for(alice).call("POST", f"/projects/{project.pk}/archive").status_code == 200
    unarchive_project(actor=alice, project_id=project.pk)
