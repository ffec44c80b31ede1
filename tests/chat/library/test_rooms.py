"""Files of a room, and where a file stands."""

from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from assets.models import Asset
from chat.messages.services.edit import delete_message
from chat.messages.services.post import post_message
from chat.models import Message, Room
from chat.rooms.services.rooms import create_room
from tests.assets.conftest import StoreFile
from tests.conftest import ApiFor, ClientFor

FILES = "/o/halyard/files/"
# Session, user, membership, file, thumbnails, its messages, and those of the sidebar.
COST = 10


def post(room: Room, *assets: Asset, author: User) -> Message:
    ids = [asset.pk for asset in assets]
    return post_message(actor=author, room_id=room.pk, content="", asset_ids=ids).message


def test_a_room_lists_what_stands_in_it(
    api_for: ApiFor, client_for: ClientFor, alice: User, bob: User, charlie: User, room: Room, store: StoreFile
) -> None:
    store(b"kept", "kept.txt", actor=alice)
    posted = store(b"posted", "posted.txt", actor=alice)
    message = post(room, posted, author=alice)

    def list_over_rest(user: User) -> list[str]:
        return [each["name"] for each in api_for(user).call("GET", f"/assets?room={room.pk}").json()["items"]]

    assert list_over_rest(alice) == list_over_rest(bob) == ["posted.txt"]
    assert list_over_rest(charlie) == []
    page = client_for(bob).get(f"{FILES}?room={room.pk}")
    assert [file.asset for file in page.context["rows"].rows] == [posted]
    assert f'value="{room.pk}" selected' in page.text
    panel = client_for(bob).get(reverse("chat:details", args=[room.pk])).text
    assert "posted.txt" in panel
    assert f"{FILES}?room={room.pk}" in panel
    assert "kept.txt" not in panel

    delete_message(actor=alice, message_id=message.pk)
    assert list_over_rest(alice) == list_over_rest(bob) == []
    assert FILES + "?room" not in client_for(bob).get(reverse("chat:details", args=[room.pk])).text


def test_a_file_says_where_it_stands(
    client_for: ClientFor, alice: User, bob: User, room: Room, store: StoreFile
) -> None:
    asset = store(actor=alice)
    path = reverse("chat:file", args=["halyard", asset.pk])
    assert "Nobody has posted it" in client_for(alice).get(path).text
    messages = [post(room, asset, author=alice) for _ in range(2)]

    shown = client_for(bob).get(path).text
    assert all(message.get_absolute_url() in shown for message in messages)
    assert room.name in shown
    assert "It stands in 2 messages" in client_for(alice).get(path).text
    assert "It stands in" not in shown


def test_rooms_that_a_reader_does_not_see_are_not_named(
    client_for: ClientFor, alice: User, bob: User, halyard: Organisation, room: Room, store: StoreFile
) -> None:
    asset = store(actor=alice)
    hidden = create_room(actor=alice, slug="halyard", name="treasury", kind=Room.Kind.GROUP, member_ids=[])
    post(room, asset, author=alice), post(hidden, asset, author=alice)
    path = reverse("chat:file", args=["halyard", asset.pk])

    assert "treasury" not in client_for(bob).get(path).text
    assert "treasury" in client_for(alice).get(path).text


def test_a_file_costs_the_same_however_often_it_stands(
    client_for: ClientFor, bob: User, room: Room, store: StoreFile, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asset = store()
    client, path = client_for(bob), reverse("chat:file", args=["halyard", asset.pk])
    post(room, asset, author=bob)
    client.get(path)
    with django_assert_num_queries(COST):
        client.get(path)
    for _ in range(25):
        post(room, asset, author=bob)
    with django_assert_num_queries(COST):
        client.get(path)
    assert len(client.get(path).context["uses"]) == 20
