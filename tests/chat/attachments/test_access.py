"""Who opens a file by a message: users who see its room, no longer than they do."""

import pytest

from accounts.models import Organisation, User
from chat.models import Room
from chat.rooms.services.members import remove_member
from tests.chat.attachments.conftest import PostFiles, StoreFile
from tests.conftest import ClientFor
from tests.factories import make_membership, make_room_member, make_user


@pytest.mark.parametrize("path", ["content", "thumbnail?size=small", "download"])
def test_files_open_for_those_who_see_the_room(
    client_for: ClientFor, halyard: Organisation, alice: User, room: Room, store: StoreFile, post_files: PostFiles,
    bob: User, charlie: User, path: str,
) -> None:  # fmt: skip
    asset = store("harbour.png")
    guest, colleague = make_user("Gia"), make_user("Cole")
    make_membership(halyard, guest, role="guest")
    make_membership(halyard, colleague)
    address = f"/assets/{asset.pk}/{path}"

    assert client_for(bob).get(address).status_code == 404
    post_files(asset)

    assert client_for(bob).get(address).status_code == 200
    assert [client_for(user).get(address).status_code for user in (guest, colleague, charlie)] == [404, 404, 404]
    make_room_member(room, guest)
    assert client_for(guest).get(address).status_code == 200


def test_whoever_leaves_the_room_opens_nothing_of_it(
    client_for: ClientFor, alice: User, bob: User, room: Room, store: StoreFile, post_files: PostFiles
) -> None:
    asset = store()
    post_files(asset)
    address, browser = f"/assets/{asset.pk}/content", client_for(bob)
    assert browser.get(address, headers={"range": "bytes=0-1"}).status_code == 206

    remove_member(actor=alice, room_id=room.pk, user_id=bob.pk)

    assert browser.get(address, headers={"range": "bytes=0-1"}).status_code == 404
