"""Messages with files: over REST and by the form, once each, and only with what their authors see."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation, User
from assets.models import Asset
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.forward import forward_message
from chat.messages.services.post import Draft, post_message, post_messages
from chat.models import Attachment, Message, Room
from lib.realtime.hub import Event
from lib.web.errors import Conflict
from tests.assets.steps import store_picture
from tests.chat.attachments.conftest import PostFiles, StoreFile
from tests.chat.steps import reply, say
from tests.conftest import ApiClient, ApiFor
from tests.factories import make_organisation, make_room


def test_files_are_shown_in_their_order(ann: ApiClient, room: Room, store: StoreFile) -> None:
    first, second = store("b.png"), store("a.txt")
    ids = [str(first.pk), str(second.pk), str(first.pk)]

    answer = ann.call("POST", f"/rooms/{room.pk}/messages", {"asset_ids": ids})
    shown = answer.json()

    assert answer.status_code == 201
    assert (shown["content"], shown["html"], shown["type"]) == ("", "", "file")
    assert [each["id"] for each in shown["assets"]] == ids[:2]
    assert shown["assets"][0] | {
        "name": "b.png", "mime_type": "image/png", "kind": "image", "size": first.size, "state": "pending",
        "url": f"/api/v1/assets/{first.pk}/content", "preview_url": None, "pages": None, "alt_text": "",
        "thumbnail_url": f"/api/v1/assets/{first.pk}/thumbnail?size=small",
    } == shown["assets"][0]  # fmt: skip
    assert shown["assets"][0]["width"] == first.metadata["width"]
    [listed] = ann.call("GET", f"/rooms/{room.pk}/messages").json()["items"]
    single = ann.call("GET", f"/messages/{shown['id']}").json()
    assert listed["assets"] == single["assets"] == shown["assets"]


def test_pictures_alone_make_a_message_of_type_image(store: StoreFile, post_files: PostFiles) -> None:
    assert post_files(store("a.png"), store("b.png"), content="Look").type == "image"
    assert post_files(store("a.txt")).type == "file"


def test_a_browser_without_scripts_posts_files(alice: User, browser: Client, room: Room, store: StoreFile) -> None:
    path, asset = f"/rooms/{room.pk}/messages/", store()

    assert browser.post(path, {"asset_ids": [str(asset.pk)], "content": ""}).status_code == 302
    assert browser.post(path, {"asset_ids": ["x"], "content": "hi"}).status_code == 422
    assert browser.post(path, {"content": ""}).status_code == 422
    [message] = Message.objects.all()
    assert [each["name"] for each in message.attachments or ()] == [asset.name]


def test_hidden_files_are_refused(
    api_for: ApiFor, bob: User, room: Room, halyard: Organisation, store: StoreFile, post_files: PostFiles
) -> None:
    path, elsewhere = f"/rooms/{room.pk}/messages", make_organisation("Elsewhere", owner=bob)
    hidden, foreign, deleted = store("hers.txt"), store_picture(bob, elsewhere), store("gone.txt", owner=bob)
    Asset.objects.filter(pk=deleted.pk).update(deleted_at=deleted.created_at)

    for asset_id in (hidden.pk, foreign.pk, deleted.pk, uuid4()):
        answer = api_for(bob).call("POST", path, {"content": "x", "asset_ids": [str(asset_id)]})
        assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["body", "asset_ids"])
    post_files(hidden)
    assert api_for(bob).call("POST", path, {"asset_ids": [str(hidden.pk)]}).status_code == 201
    many = [str(uuid4()) for _ in range(21)]
    assert api_for(bob).call("POST", path, {"asset_ids": many}).status_code == 422


def test_a_message_without_text_and_files_is_refused(ann: ApiClient, room: Room) -> None:
    assert ann.call("POST", f"/rooms/{room.pk}/messages", {"asset_ids": []}).status_code == 422
    assert ann.call("POST", f"/rooms/{room.pk}/messages", {}).status_code == 422


def test_repeats_show_the_first_message(alice: User, room: Room, store: StoreFile, post_files: PostFiles) -> None:
    asset, other = store(), store("other.txt", b"other")
    first = post_files(asset, client_id="once")

    assert post_files(asset, client_id="once") == first
    for assets in ([other], []):
        with pytest.raises(Conflict):
            post_files(*assets, content="" if assets else "hi", client_id="once")
    assert Attachment.objects.count() == 1


def test_one_refused_file_harms_no_other_message_of_a_batch(alice: User, room: Room, store: StoreFile) -> None:
    outcomes = post_messages(
        [Draft(alice, room.pk, "", asset_ids=[uuid4()]), Draft(alice, room.pk, "", asset_ids=[store().pk])]
    )

    assert isinstance(outcomes[0], ValidationError)
    assert Message.objects.get().attachments


def test_a_reply_in_a_thread_has_files(alice: User, room: Room, store: StoreFile) -> None:
    answer = reply(alice, say(alice, room), "", asset_ids=[store().pk])

    assert answer.attachments and answer.thread_seq == 1


def test_a_message_without_files_costs_no_query_more(alice: User, room: Room, store: StoreFile) -> None:
    """Beyond those that any message costs: what its author sees, files and thumbnails, and where they stand."""
    say(alice, room)
    asset = store()
    with CaptureQueriesContext(connection) as plain:
        say(alice, room)
    with CaptureQueriesContext(connection) as filled:
        post_message(actor=alice, room_id=room.pk, content="hi", asset_ids=[asset.pk])

    assert len(filled) - len(plain) == 4
    assert not [query for query in plain if "asset" in query["sql"] or "chat_attachment" in query["sql"]]


def test_a_forward_copies_what_is_left(
    alice: User, halyard: Organisation, room: Room, bob: User, store: StoreFile, post_files: PostFiles, api_for: ApiFor
) -> None:
    gone, kept = store("gone.txt", b"gone"), store("kept.txt")
    message, other = post_files(gone, kept), make_room(halyard, "secret", admin=bob)
    api_for(alice).call("DELETE", f"/messages/{message.pk}/assets/{gone.pk}")

    copy = forward_message(actor=bob, message_id=message.pk, room_id=other.pk).message

    assert (copy.type, copy.content) == ("file", "")
    assert [shown["name"] for shown in copy.attachments or ()] == ["kept.txt"]


def test_deletion_ends_access_and_the_owner_keeps_the_file(
    alice: User, bob: User, api_for: ApiFor, store: StoreFile, post_files: PostFiles, published: list[Event]
) -> None:
    asset = store()
    message = post_files(asset)
    assert api_for(bob).call("GET", f"/assets/{asset.pk}").status_code == 200

    delete_message(actor=alice, message_id=message.pk)

    assert api_for(bob).call("GET", f"/messages/{message.pk}").json()["assets"] == []
    assert api_for(bob).call("GET", f"/assets/{asset.pk}/content").status_code == 404
    assert api_for(alice).call("GET", f"/assets/{asset.pk}").status_code == 200
    assert Attachment.objects.filter(asset=asset).exists()


def test_its_author_removes_a_file(
    api_for: ApiFor, alice: User, bob: User, store: StoreFile, post_files: PostFiles
) -> None:
    first, second = store("a.png"), store("b.txt")
    message = post_files(first, second)
    path = f"/messages/{message.pk}/assets"

    assert api_for(bob).call("DELETE", f"{path}/{first.pk}").status_code == 403
    left = api_for(alice).call("DELETE", f"{path}/{second.pk}").json()
    assert ([each["name"] for each in left["assets"]], left["type"]) == (["a.png"], "image")
    assert left["version"] > message.version
    assert api_for(alice).call("DELETE", f"{path}/{second.pk}").status_code == 404
    assert api_for(bob).call("GET", f"/assets/{second.pk}").status_code == 404
    last = api_for(alice).call("DELETE", f"{path}/{first.pk}").json()
    assert last["deleted_at"] and last["assets"] == []


def test_an_edit_keeps_the_files_and_may_take_the_text(alice: User, store: StoreFile, post_files: PostFiles) -> None:
    message = post_files(store(), content="Tides")

    edited = edit_message(actor=alice, message_id=message.pk, content="")

    assert (edited.content, edited.html, len(edited.attachments or ())) == ("", "", 1)
    assert edited.revisions.get().content == "Tides"
