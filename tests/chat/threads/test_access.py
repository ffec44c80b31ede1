"""Who may do what in threads: visitors, guests, members of archived rooms."""

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied

from accounts.models import Membership, Organisation, User
from chat.messages.services.edit import delete_message
from chat.models import Message, Room, Thread, ThreadFollow
from chat.rooms.services.rooms import archive_room, delete_room
from chat.threads.services import follow_thread, mark_thread_read
from tests.chat.steps import reply, say
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_room


@pytest.fixture
def channel(halyard: Organisation, alice: User) -> Room:
    return make_room(halyard, "open", kind=Room.Kind.CHANNEL, admin=alice)


def test_a_visitor_reads_a_thread_but_neither_follows_nor_replies(
    bob: User, alice: User, channel: Room, client_for: ClientFor, api_for: ApiFor
) -> None:
    root = say(alice, channel, "Tea?")
    reply(alice, root, "Anyone?")

    page = client_for(bob).get(f"/messages/{root.pk}/thread/")
    assert (page.status_code, "Anyone?" in page.content.decode()) == (200, True)
    assert api_for(bob).call("GET", f"/messages/{root.pk}/thread").status_code == 200
    assert api_for(bob).call("PUT", f"/messages/{root.pk}/thread/read", {"seq": 1}).json() == {
        "unread": 0,
        "mentions": 0,
    }
    with pytest.raises(PermissionDenied):
        follow_thread(actor=bob, root_id=root.pk)
    with pytest.raises(PermissionDenied):
        reply(bob, root)


def test_a_guest_finds_no_thread_of_a_channel_they_are_not_in(
    bob: User, alice: User, channel: Room, client_for: ClientFor, api_for: ApiFor
) -> None:
    Membership.objects.filter(user=bob).update(role="guest")
    root = say(alice, channel, "Tea?")
    reply(alice, root, "Anyone?")

    assert client_for(bob).get(f"/messages/{root.pk}/thread/").status_code == 404
    assert api_for(bob).call("GET", f"/messages/{root.pk}/thread").status_code == 404
    with pytest.raises(ObjectDoesNotExist):
        follow_thread(actor=bob, root_id=root.pk)


def test_threads_of_an_archived_room_are_read_only(alice: User, bob: User, room: Room, client_for: ClientFor) -> None:
    root = say(alice, room, "Tea?")
    reply(bob, root)
    archive_room(actor=alice, room_id=room.pk)

    with pytest.raises(PermissionDenied):
        reply(bob, root)
    state = mark_thread_read(actor=alice, root_id=root.pk, seq=1)
    assert state and state.unread == 0
    follow_thread(actor=bob, root_id=root.pk)
    assert client_for(bob).get(f"/messages/{root.pk}/thread/").status_code == 200
    assert client_for(bob).post(f"/messages/{root.pk}/thread/messages/", {"content": "no"}).status_code == 403


def test_a_member_who_does_not_follow_moves_no_mark(robin: User, alice: User, bob: User, room: Room) -> None:
    root = say(alice, room, "Tea?")
    reply(bob, root)

    assert mark_thread_read(actor=robin, root_id=root.pk, seq=1) is None
    assert not ThreadFollow.objects.filter(user=robin).exists()


def test_a_room_is_deleted_with_its_threads(alice: User, bob: User, room: Room) -> None:
    root = say(alice, room, "Tea?")
    reply(bob, root, "@alice yes")
    delete_room(actor=alice, room_id=room.pk)

    assert not Thread.objects.exists()
    assert not Message.objects.exists()


def test_a_deleted_root_still_leads_to_its_thread(alice: User, bob: User, room: Room, client_for: ClientFor) -> None:
    root = say(alice, room, "Tea?")
    reply(bob, root, "Yes, please")
    delete_message(actor=alice, message_id=root.pk)
    feed = client_for(bob).get(f"/rooms/{room.pk}/").content.decode()
    assert f'href="/messages/{root.pk}/thread/"' in feed
    panel = client_for(bob).get(f"/messages/{root.pk}/thread/").content.decode()
    assert "Yes, please" in panel
