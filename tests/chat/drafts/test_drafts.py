"""Drafts: kept by room and thread for their author alone, the one saved last wins."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation, User
from accounts.topics import user_topic
from chat.drafts.queries import drafts_of
from chat.drafts.services import delete_draft, save_draft
from chat.messages.services.edit import delete_message
from chat.messages.services.post import post_message
from chat.models import MAX_CONTENT, Message, Room, StoredDraft
from chat.rooms.services.members import remove_member
from chat.rooms.services.rooms import archive_room
from lib.realtime.hub import Event
from tests.chat.steps import frames, say
from tests.conftest import ApiClient, ApiFor, ClientFor
from tests.factories import make_room


def test_a_draft_is_kept_by_room_and_by_thread(ann: ApiClient, room: Room, message: Message) -> None:
    path = f"/rooms/{room.pk}/draft"

    assert ann.call("GET", path).status_code == 404
    ann.call("PUT", path, {"content": "in the room"})
    ann.call("PUT", path, {"content": "in the thread", "thread_id": str(message.pk)})
    saved = ann.call("PUT", path, {"content": "in the room, on", "reply_to": str(message.pk)}).json()

    assert saved["quote"] == {"id": str(message.pk), "name": "Alice", "excerpt": "Tea?"}
    assert ann.call("GET", path).json() == saved
    assert ann.call("GET", f"{path}?thread_id={message.pk}").json()["content"] == "in the thread"
    listed = ann.call("GET", "/me/drafts?org=halyard").json()["items"]
    assert [draft["content"] for draft in listed] == ["in the room, on", "in the thread"]
    assert ann.call("GET", "/me/drafts?org=elsewhere").json()["items"] == []


def test_a_deleted_draft_is_gone_and_may_be_deleted_again(ann: ApiClient, room: Room) -> None:
    ann.call("PUT", f"/rooms/{room.pk}/draft", {"content": "half"})

    for _ in range(2):
        assert ann.call("DELETE", f"/rooms/{room.pk}/draft").status_code == 204
    assert ann.call("GET", "/me/drafts").json()["items"] == []


def test_what_was_saved_after_the_one_that_is_known_stays(alice: User, room: Room, api_for: ApiFor) -> None:
    ann, path = api_for(alice), f"/rooms/{room.pk}/draft"
    known = ann.call("PUT", path, {"content": "two"}).json()["updated_at"]
    ann.call("PUT", path, {"content": "one"})

    assert ann.call("DELETE", f"{path}?{urlencode({'saved_until': known})}").status_code == 204
    kept = ann.call("GET", path).json()
    assert kept["content"] == "one"

    ann.call("DELETE", f"{path}?{urlencode({'saved_until': kept['updated_at']})}")
    assert ann.call("GET", path).status_code == 404
    for moment, status in (("noon", 422), ("2026-11-27T12:00:00", 422), ("9999-12-31T23:59:59.999Z", 204)):
        assert ann.call("DELETE", f"{path}?saved_until={moment}").status_code == status


def test_only_the_author_is_told(
    alice: User, room: Room, published: list[Event], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            save_draft(actor=alice, room_id=room.pk, content="half")
        delete_draft(actor=alice, room_id=room.pk)
        delete_draft(actor=alice, room_id=room.pk)

    assert {event.topic for event in published} == {user_topic(alice.pk)}
    saved, deleted = frames(published)
    assert [(frame["type"], frame["room"]) for frame in (saved, deleted)] == [
        ("draft.saved", str(room.pk)),
        ("draft.deleted", str(room.pk)),
    ]
    assert deleted["updated_at"] == saved["draft"]["updated_at"]


def test_nobody_else_sees_it(alice: User, bob: User, room: Room, api_for: ApiFor, client_for: ClientFor) -> None:
    draft = save_draft(actor=alice, room_id=room.pk, content="half a secret")

    assert api_for(bob).call("GET", f"/rooms/{room.pk}/draft").status_code == 404
    assert "half a secret" not in client_for(bob).get("/o/halyard/drafts/").content.decode()
    assert client_for(bob).post(f"/o/halyard/drafts/{draft.pk}/removal/").status_code == 404
    delete_draft(actor=bob, room_id=room.pk)
    assert StoredDraft.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"content": " \n"},
        {"content": "nul \x00"},
        {"content": "half \ud800"},
        {"content": "x", "reply_to": uuid4()},
        {"content": "x", "thread_id": uuid4()},
    ],
)
def test_what_cannot_be_kept_is_refused(alice: User, room: Room, values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        save_draft(actor=alice, room_id=room.pk, **values)
    assert not StoredDraft.objects.exists()


def test_it_is_as_long_as_a_message(ann: ApiClient, room: Room) -> None:
    path = f"/rooms/{room.pk}/draft"

    assert ann.call("PUT", path, {"content": "x" * MAX_CONTENT}).status_code == 200
    assert ann.call("PUT", path, {"content": "x" * (MAX_CONTENT + 1)}).status_code == 422


def test_a_quote_alone_is_a_draft(alice: User, room: Room, message: Message) -> None:
    assert save_draft(actor=alice, room_id=room.pk, content="", reply_to=message.pk).reply_to == message


def test_a_deleted_message_is_quoted_no_more(alice: User, ann: ApiClient, room: Room, message: Message) -> None:
    save_draft(actor=alice, room_id=room.pk, content="half", reply_to=message.pk)
    delete_message(actor=alice, message_id=message.pk)

    draft = ann.call("GET", f"/rooms/{room.pk}/draft").json()
    assert (draft["content"], draft["quote"]) == ("half", None)


def test_who_cannot_write_there_keeps_no_draft(alice: User, bob: User, charlie: User, halyard: Organisation) -> None:
    channel = make_room(halyard, "open", kind=Room.Kind.CHANNEL, admin=alice)

    with pytest.raises(PermissionDenied):
        save_draft(actor=bob, room_id=channel.pk, content="half")
    with pytest.raises(ObjectDoesNotExist):
        save_draft(actor=charlie, room_id=channel.pk, content="half")
    with pytest.raises(ObjectDoesNotExist):
        delete_draft(actor=charlie, room_id=channel.pk)


def test_the_draft_of_a_room_that_was_left_stays_without_telling_of_the_room(
    alice: User, bob: User, room: Room, halyard: Organisation, client_for: ClientFor, api_for: ApiFor
) -> None:
    asked = say(alice, room, "What of the plan?")
    save_draft(actor=bob, room_id=room.pk, content="half a thought", reply_to=asked.pk)
    remove_member(actor=alice, room_id=room.pk, user_id=bob.pk)
    Room.objects.filter(pk=room.pk).update(name="renamed since")

    [draft] = api_for(bob).call("GET", "/me/drafts").json()["items"]
    assert (draft["content"], draft["quote"], draft["is_writable"]) == ("half a thought", None, False)
    page = client_for(bob).get("/o/halyard/drafts/").content.decode()
    assert "half a thought" in page and "no longer in" in page
    assert "renamed since" not in page and "What of the plan?" not in page
    delete_draft(actor=bob, room_id=room.pk)
    assert drafts_of(user=bob, organisation=halyard).items == []


def test_the_draft_of_an_archived_room_is_shown_without_going_on(
    alice: User, room: Room, halyard: Organisation
) -> None:
    save_draft(actor=alice, room_id=room.pk, content="half")
    archive_room(actor=alice, room_id=room.pk)

    [entry] = drafts_of(user=alice, organisation=halyard).items
    assert (entry.room_name, entry.is_writable) == (room.name, False)


def test_posting_asks_for_no_draft(alice: User, room: Room) -> None:
    save_draft(actor=alice, room_id=room.pk, content="half")

    with CaptureQueriesContext(connection) as asked:
        post_message(actor=alice, room_id=room.pk, content="half a thought")
    assert not any("storeddraft" in query["sql"] for query in asked.captured_queries)
