"""What waits for somebody in their other organisations shows in this one."""

import pytest

from accounts.models import Organisation, User
from chat.messages.services.post import post_message
from chat.models import Room
from chat.rooms.services.rooms import archive_room, open_direct_room
from chat.sidebar.queries import sidebar_for
from tests.conftest import ClientFor
from tests.factories import make_organisation, make_room, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def sofia(bob: User) -> User:
    return make_user("Sofia")


@pytest.fixture
def harbour(sofia: User, bob: User) -> Organisation:
    """Another organisation that Bob is in."""
    return make_organisation("Harbour", owner=sofia, members=[bob])


@pytest.fixture
def quay(harbour: Organisation, sofia: User, bob: User) -> Room:
    return make_room(harbour, "quay", admin=sofia, members=[bob])


def test_news_elsewhere_are_seen_and_what_is_for_one_is_counted(
    bob: User,
    halyard: Organisation,
    harbour: Organisation,
    quay: Room,
    sofia: User,
    client_for: ClientFor,
) -> None:
    post_message(actor=sofia, room_id=quay.pk, content="For everybody")
    assert "New</span>" in client_for(bob).get("/o/halyard/rooms/").content.decode().split("</room-sidebar>")[0]

    post_message(actor=sofia, room_id=quay.pk, content="@bob look")
    direct, _ = open_direct_room(actor=sofia, slug="harbour", user_ids=[bob.pk])
    for _ in range(2):
        post_message(actor=sofia, room_id=direct.pk, content="Only for you, @bob")

    seen = sidebar_for(user=bob, organisation=halyard)
    assert [(line.organisation.name, line.is_unread, line.badge) for line in seen.organisations] == [
        ("Halyard", False, 0),
        ("Harbour", True, 3),
    ]
    assert seen.badge_elsewhere == 3 and sidebar_for(user=bob, organisation=harbour).badge_elsewhere == 0
    page = client_for(bob).get("/o/halyard/rooms/").content.decode()
    assert page.count("for you: </span>3") == 1 and "for you in other organisations: </span>3" in page


def test_what_is_archived_or_of_others_calls_nobody(
    bob: User, alice: User, halyard: Organisation, harbour: Organisation, quay: Room, sofia: User
) -> None:
    post_message(actor=sofia, room_id=quay.pk, content="@bob look")
    archive_room(actor=sofia, room_id=quay.pk)

    assert not sidebar_for(user=bob, organisation=halyard).is_unread_elsewhere
    assert [line.organisation for line in sidebar_for(user=alice, organisation=halyard).organisations] == [halyard]
