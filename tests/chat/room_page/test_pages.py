"""Browser pages: their shape, their way with strangers, and forms that show what was wrong."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Membership, Organisation, User
from chat.messages.services.post import post_message
from chat.models import Message, Room, RoomMember
from chat.rooms.services.rooms import create_room
from tests.conftest import ClientFor
from tests.factories import make_room

ClientFor = ClientFor
pytestmark = pytest.mark.django_db


def channel(owner: User, organisation: Organisation, name: str = "boats") -> Room:
    return create_room(actor=owner, slug=organisation.slug, kind="channel", name=name)


ROOM_PATHS = [
    ("get", "/rooms/{room}/"),
    ("get", "/rooms/{room}/feed/"),
    ("get", "/rooms/{room}/changes/?since=0"),
    ("get", "/rooms/{room}/details/"),
    ("get", "/rooms/{room}/faces/"),
    ("get", "/rooms/{room}/pins/"),
    ("get", "/rooms/{room}/saved/"),
    ("get", "/rooms/{room}/messages/{message}/"),
    ("get", "/messages/{message}/revisions/"),
    ("post", "/messages/{message}/pin/removal/"),
    ("post", "/o/elsewhere/saved/{message}/removal/"),
    ("post", "/rooms/{room}/messages/"),
    ("post", "/rooms/{room}/details/"),
    ("post", "/rooms/{room}/invite-link/"),
    ("post", "/rooms/{room}/members/"),
    ("post", "/rooms/{room}/members/{user}/role/"),
    ("post", "/rooms/{room}/members/{user}/removal/"),
    ("post", "/rooms/{room}/join/"),
    ("post", "/rooms/{room}/leave/"),
    ("post", "/rooms/{room}/archive/"),
    ("post", "/rooms/{room}/unarchive/"),
    ("post", "/rooms/{room}/deletion/"),
]


@pytest.mark.parametrize(("method", "path"), ROOM_PATHS)
def test_strangers_find_nothing(
    client_for: ClientFor, charlie: User, alice: User, bob: User, room: Room, method: str, path: str
) -> None:
    message = post_message(actor=alice, room_id=room.pk, content="Ours alone").message
    form = {"content": "hi", "name": "mine", "user_id": str(charlie.pk), "role": "admin"}

    answer = getattr(client_for(charlie), method)(path.format(room=room.pk, message=message.pk, user=bob.pk), form)

    assert answer.status_code == 404
    assert b"Ours alone" not in answer.content
    assert Message.objects.count() == 1 and room.members.count() == 3


@pytest.mark.parametrize("path", ["", "sidebar/", "rooms/", "rooms/new/", "people/", "saved/"])
def test_strangers_find_no_organisation(client_for: ClientFor, charlie: User, halyard: Organisation, path: str) -> None:
    assert client_for(charlie).get(f"/o/{halyard.slug}/{path}").status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(client: Client, room: Room) -> None:
    path = f"/rooms/{room.pk}/"

    assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"
    assert client.get(f"{path}feed/", headers={"X-Fragment": "1"}).status_code == 401


def test_a_visitor_of_a_channel_is_offered_to_join(
    browser: Client, client_for: ClientFor, alice: User, bob: User, halyard: Organisation
) -> None:
    room = channel(alice, halyard)
    assert b"You are viewing" in client_for(bob).get(f"/rooms/{room.pk}/").content

    client_for(bob).post(f"/rooms/{room.pk}/join/")

    assert RoomMember.objects.filter(room=room, user=bob).exists()


def test_admins_find_what_members_do_not(browser: Client, client_for: ClientFor, bob: User, room: Room) -> None:
    hers, his = (client.get(f"/rooms/{room.pk}/details/").content for client in (browser, client_for(bob)))

    assert b"Archive" in hers and b"Remove from room" in hers
    assert b"Archive" not in his and b"Remove from room" not in his and b"Leave" in his
    for name in ("mine", ""):
        assert client_for(bob).post(f"/rooms/{room.pk}/details/", {"name": name}).status_code == 403
    assert client_for(bob).post(f"/rooms/{room.pk}/archive/").status_code == 403


def test_renaming_to_a_name_that_is_taken_says_so(browser: Client, alice: User, halyard: Organisation) -> None:
    channel(alice, halyard, "boats")
    room = channel(alice, halyard, "oars")

    answer = browser.post(f"/rooms/{room.pk}/details/", {"name": "boats", "topic": ""})

    assert answer.status_code == 422
    assert b"There is a channel called boats already." in answer.content
    assert b'aria-invalid="true"' in answer.content


def test_details_are_also_sent_as_a_fragment(browser: Client, room: Room) -> None:
    fragment = browser.get(f"/rooms/{room.pk}/details/", headers={"X-Fragment": "1"})

    assert fragment.content.lstrip().startswith(b"<header")


def test_a_refused_form_comes_back_into_the_panel(
    browser: Client, alice: User, halyard: Organisation, charlie: User
) -> None:
    room = channel(alice, halyard)
    as_fragment = {"X-Fragment": "1"}

    unnamed = browser.post(f"/rooms/{room.pk}/details/", {"name": " "}, headers=as_fragment)
    stranger = browser.post(f"/rooms/{room.pk}/members/", {"user_ids": str(charlie.pk)}, headers=as_fragment)

    assert (unnamed.status_code, stranger.status_code) == (422, 422)
    assert unnamed.content.lstrip().startswith(b"<header") and b"A room needs a name." in unnamed.content
    assert b"There is no such person in this organisation." in stranger.content


def test_opening_a_room(browser: Client, halyard: Organisation, bob: User) -> None:
    form = {"name": "plans", "topic": "Later", "kind": "group", "member_ids": [str(bob.pk)]}

    answer = browser.post(f"/o/{halyard.slug}/rooms/new/", form)

    room = Room.objects.get(name="plans")
    assert answer.headers["Location"] == f"/rooms/{room.pk}/"
    assert {member.user for member in room.members.all()} >= {bob}


def test_a_room_without_a_name_is_not_opened(browser: Client, halyard: Organisation) -> None:
    answer = browser.post(f"/o/{halyard.slug}/rooms/new/", {"name": " ", "topic": "kept", "kind": "channel"})

    assert answer.status_code == 422
    assert b"A room needs a name." in answer.content and b"kept" in answer.content
    assert not Room.objects.exists()


def test_guests_open_private_rooms_only(client_for: ClientFor, bob: User, halyard: Organisation) -> None:
    Membership.objects.filter(user=bob).update(role="guest")
    path = f"/o/{halyard.slug}/rooms/new/"

    assert b'value="channel"' not in client_for(bob).get(path).content
    client_for(bob).post(path, {"name": "plans", "kind": "channel"})
    assert not Room.objects.exists()


def test_the_directory_finds_rooms(browser: Client, alice: User, halyard: Organisation, room: Room) -> None:
    channel(alice, halyard, "boats")
    channel(alice, halyard, "oars")

    everything = browser.get(f"/o/{halyard.slug}/rooms/").content
    found = browser.get(f"/o/{halyard.slug}/rooms/?q=oar").content
    nothing = browser.get(f"/o/{halyard.slug}/rooms/?q=%3Cb%3E").content

    assert b">boats</a>" in everything and b">design</a>" not in everything
    assert b">oars</a>" in found and b">boats</a>" not in found
    assert b"No room matches \xe2\x80\x9c&lt;b&gt;\xe2\x80\x9d" in nothing


def test_writing_to_somebody_opens_the_one_room_for_it(browser: Client, halyard: Organisation, bob: User) -> None:
    first, again = (browser.post(f"/o/{halyard.slug}/people/", {"user_ids": [str(bob.pk)]}) for _ in range(2))

    assert first.headers["Location"] == again.headers["Location"]
    assert b"<title>Bob - Halyard</title>" in browser.get(first.headers["Location"]).content


def test_writing_to_a_stranger_is_refused(browser: Client, halyard: Organisation, charlie: User) -> None:
    for somebody in (str(charlie.pk), "nobody"):
        assert browser.post(f"/o/{halyard.slug}/people/", {"user_ids": [somebody]}).status_code == 422

    assert not Room.objects.exists()


def test_home_leads_to_the_room_one_was_in(browser: Client, alice: User, halyard: Organisation, room: Room) -> None:
    other = make_room(halyard, "attic", admin=alice)
    home = f"/o/{halyard.slug}/"
    assert browser.get(home).headers["Location"] == f"/rooms/{other.pk}/"

    browser.get(f"/rooms/{room.pk}/")

    assert browser.get(home).headers["Location"] == f"/rooms/{room.pk}/"
    browser.post(f"/rooms/{room.pk}/leave/")
    assert browser.get(home).headers["Location"] == f"/rooms/{other.pk}/"
