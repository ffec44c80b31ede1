"""What is written down of rooms and who is in them, and how it reads."""

import pytest

from accounts.audit.descriptions import describe_actor, describe_entry
from accounts.models import AuditEntry, Organisation, User
from accounts.organisations.services.members import remove_member
from chat.messages.services.post import post_message
from chat.models import Room, RoomMember
from chat.rooms.services.membership import leave_room
from chat.rooms.services.rooms import create_room, open_direct_room
from tests.conftest import ApiClient
from tests.factories import make_room, make_room_member

pytestmark = pytest.mark.django_db


class Stage:
    """A group of Alice and Bob, an open channel, and Robin beside."""

    def __init__(self, alice: User, bob: User, robin: User, halyard: Organisation) -> None:
        self.bob, self.robin = bob, robin
        self.group = make_room(halyard, admin=alice, members=[bob])
        self.channel = make_room(halyard, "news", admin=bob, members=[robin], kind="channel")


MEMBERS = ("kind", "members", "name", "topic")
# By operation: how it is asked for, what is then written down, and what is said of it.
RECORDED = {
    "create_room": (
        lambda stage: ("/orgs/halyard/rooms", {"kind": "group", "name": "tea", "member_ids": [str(stage.bob.pk)]}),
        ("create", "chat_room", *MEMBERS),
        "created the room tea",
    ),
    "open_direct_room": (
        lambda stage: ("/orgs/halyard/rooms/direct", {"user_ids": [str(stage.bob.pk)]}),
        ("create", "chat_room", *MEMBERS),
        "began direct messages",
    ),
    "update_room": (
        lambda stage: (f"/rooms/{stage.group.pk}", {"name": "lobby", "topic": "Tea"}),
        ("update", "chat_room", "name", "topic"),
        "renamed the room design to lobby and gave the room lobby the topic Tea",
    ),
    "remove_room_picture": (
        lambda stage: (f"/rooms/{stage.pictured().pk}/picture", None),
        ("update", "chat_room", "picture"),
        "changed the picture of the room design",
    ),
    "delete_room": (
        lambda stage: (f"/rooms/{stage.group.pk}", None),
        ("delete", "chat_room", "kind", "name", "topic"),
        "deleted the room design",
    ),
    "archive_room": (
        lambda stage: (f"/rooms/{stage.group.pk}/archive", None),
        ("update", "chat_room", "archived_at"),
        "archived the room design",
    ),
    "unarchive_room": (
        lambda stage: (f"/rooms/{stage.archived().pk}/unarchive", None),
        ("update", "chat_room", "archived_at"),
        "unarchived the room design",
    ),
    "join_room": (
        lambda stage: (f"/rooms/{stage.channel.pk}/join", None),
        ("create", "chat_roommember", "role", "user"),
        "entered news",
    ),
    "leave_room": (
        lambda stage: (f"/rooms/{stage.entered().pk}/leave", None),
        ("delete", "chat_roommember", "role", "user"),
        "left news",
    ),
    "add_room_member": (
        lambda stage: (f"/rooms/{stage.group.pk}/members", {"user_id": str(stage.robin.pk)}),
        ("create", "chat_roommember", "role", "user"),
        "brought Robin into design",
    ),
    "update_room_member": (
        lambda stage: (f"/rooms/{stage.group.pk}/members/{stage.bob.pk}", {"role": "admin"}),
        ("update", "chat_roommember", "role"),
        "changed Bob’s role in design from member to admin",
    ),
    "remove_room_member": (
        lambda stage: (f"/rooms/{stage.group.pk}/members/{stage.bob.pk}", None),
        ("delete", "chat_roommember", "role", "user"),
        "took Bob out of design",
    ),
}


@pytest.fixture
def stage(alice: User, bob: User, robin: User, halyard: Organisation) -> Stage:
    stage = Stage(alice, bob, robin, halyard)

    def archived() -> Room:
        type(stage.group).objects.filter(pk=stage.group.pk).update(archived_at=stage.group.created_at)
        return stage.group

    def pictured() -> Room:
        type(stage.group).objects.filter(pk=stage.group.pk).update(picture="room-pictures/gone.webp")
        return stage.group

    def entered() -> Room:
        make_room_member(stage.channel, alice)
        return stage.channel

    stage.archived, stage.pictured, stage.entered = archived, pictured, entered
    return stage


@pytest.mark.parametrize("operation", RECORDED)
def test_an_operation_is_written_down_and_can_be_read(
    operation: str, stage: Stage, operations: dict[str, str], ann: ApiClient, alice: User, halyard: Organisation
) -> None:
    ask, expected, said = RECORDED[operation]
    path, body = ask(stage)

    answer = ann.call(operations[operation], path, body)

    assert answer.status_code < 300, answer.content
    entry = AuditEntry.objects.with_names().get()
    assert (entry.action, entry.table_name, *sorted(entry.changes)) == expected
    assert (entry.organisation, entry.user) == (halyard, alice)
    assert f"{describe_actor(entry)} {describe_entry(entry)}" == f"Alice {said}"


def test_whose_place_falls_to_somebody_is_written_down(alice: User, bob: User, halyard: Organisation) -> None:
    room = create_room(actor=alice, slug="halyard", kind="group", name="tea", member_ids=[bob.pk])

    leave_room(actor=alice, room_id=room.pk)

    entry = AuditEntry.objects.latest("pk")
    assert (entry.record_name, entry.changes) == ("Bob in tea", {"role": ["member", "admin"]})


def test_rooms_left_with_the_organisation_need_no_entries(alice: User, bob: User, room: Room) -> None:
    remove_member(actor=alice, slug="halyard", user_id=bob.pk)

    assert AuditEntry.objects.values_list("table_name", "user").get() == ("accounts_membership", alice.pk)


def test_coming_back_to_a_direct_room_is_written_down(alice: User, bob: User, halyard: Organisation) -> None:
    room, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])
    RoomMember.objects.filter(room=room, user=bob).delete()

    open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])

    assert AuditEntry.objects.latest("pk").record_name == "Bob in Direct messages"


def test_what_is_said_is_not_written_down(alice: User, room: Room) -> None:
    post_message(actor=alice, room_id=room.pk, content="Tea?")

    assert not AuditEntry.objects.exists()
