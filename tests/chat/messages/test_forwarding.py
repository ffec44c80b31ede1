"""Forwarding: a copy that says whose words it has, to those rooms alone that the actor writes in."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from chat.messages import jobs, tombstones
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.forward import forward_message
from chat.messages.services.post import Draft, post_draft
from chat.models import Mention, Message, Room
from chat.rooms.services.rooms import archive_room, delete_room
from lib.jobs import run_due_jobs
from lib.realtime.hub import Event
from tests.chat.steps import frames, say
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_organisation, make_room, make_room_member


@pytest.fixture
def other(halyard: Organisation, alice: User) -> Room:
    """A group of Alice and nobody else: Bob does not see what it says."""
    return make_room(halyard, "secret", admin=alice)


def forward(actor: User, message: Message, room: Room, **options: str) -> Message:
    return forward_message(actor=actor, message_id=message.pk, room_id=room.pk, **options).message


def test_a_forward_keeps_words_format_author_and_time(alice: User, bob: User, room: Room, other: Room) -> None:
    said = say(bob, room, "*See* @alice `x`")
    copy = forward(alice, said, other)

    assert (copy.author, copy.room_id, copy.seq, copy.content) == (alice, other.pk, 1, said.content)
    assert "<em>See</em> @alice <code>x</code>" in copy.html
    assert copy.forwarded is not None
    assert copy.forwarded["author"] == {"id": str(bob.pk), "name": "Bob", "username": "bob"}
    assert not Mention.objects.filter(message=copy).exists()


def test_a_forwarded_action_stays_the_action_of_its_author(
    client_for: ClientFor, alice: User, bob: User, room: Room, other: Room
) -> None:
    waved = post_draft(Draft(bob, room.pk, "waves", is_action=True)).message
    copy = forward(alice, waved, other)
    again = forward(alice, copy, room)

    assert copy.is_action and again.is_action
    page = client_for(alice).get(f"/rooms/{other.pk}/").content.decode()
    assert f'<b class="message__actor" data-person-name="{bob.pk}" dir="auto">Bob</b>' in page


def test_a_comment_comes_first_and_both_once(api_for: ApiFor, alice: User, bob: User, room: Room, other: Room) -> None:
    said, api = say(bob, room, "Tea?"), api_for(alice)
    body = {"room_id": str(other.pk), "comment": "See @alice", "client_id": "once"}
    first, second = (api.call("POST", f"/messages/{said.pk}/forward", body) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["forwarded"]["message_id"] == str(said.pk)
    assert [message.content for message in other.messages.order_by("seq")] == ["See @alice", "Tea?"]
    again = api.call("POST", f"/messages/{say(bob, room, 'Cake?').pk}/forward", body)
    assert again.status_code == 409
    listed = api.call("GET", f"/rooms/{other.pk}/messages").json()["items"]
    assert [item["forwarded"] and item["forwarded"]["author"]["name"] for item in listed] == [None, "Bob"]


def test_to_a_user_it_goes_into_the_direct_room(alice: User, bob: User, room: Room, other: Room) -> None:
    said = say(alice, other, "For you")
    copy = forward_message(actor=alice, message_id=said.pk, user_id=bob.pk).message

    assert copy.room.is_direct
    assert set(copy.room.members.values_list("user", flat=True)) == {alice.pk, bob.pk}


def test_a_forward_passes_on_whose_words_they_were(alice: User, bob: User, room: Room, other: Room) -> None:
    said = say(bob, room, "Tea?")
    copy = forward(alice, forward(alice, said, other), room)

    assert copy.forwarded_from_id == said.pk
    assert copy.forwarded is not None and copy.forwarded["author"]["name"] == "Bob"


def test_nobody_edits_the_words_of_another(alice: User, bob: User, room: Room, other: Room) -> None:
    copy = forward(alice, say(bob, room, "Tea?"), other)

    with pytest.raises(PermissionDenied):
        edit_message(actor=alice, message_id=copy.pk, content="Coffee")


def test_an_edit_leaves_copies_and_a_deletion_takes_them(
    alice: User,
    bob: User,
    room: Room,
    other: Room,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    said = say(bob, room, "Tea?")
    copy = forward(alice, said, other)
    edit_message(actor=bob, message_id=said.pk, content="Coffee?")
    copy.refresh_from_db()
    assert copy.content == "Tea?"

    with django_capture_on_commit_callbacks(execute=True):
        delete_message(actor=bob, message_id=said.pk)
        run_due_jobs()

    copy.refresh_from_db()
    assert copy.is_deleted
    deleted = [frame for frame in frames(published) if frame["type"] == "message.deleted"]
    assert {frame["room"] for frame in deleted} == {str(room.pk), str(other.pk)}
    assert {frame["message"]["content"] for frame in deleted} == {None}


def test_a_deletion_that_ends_halfway_is_finished_later(
    alice: User,
    halyard: Organisation,
    room: Room,
    other: Room,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said, kept = say(alice, room, "Tea?"), say(alice, room, "Coffee?")
    third = make_room(halyard, "third", admin=alice)
    copies = [forward(alice, said, place) for place in (other, third, room)]
    untouched = forward(alice, kept, other)
    calls = []

    def fail(message: Message, room: Room) -> None:
        calls.append(message.pk)
        if len(calls) == 2:  # a copy, and then
            raise RuntimeError("The process was killed")
        make_tombstone(message, room)

    make_tombstone = tombstones.make_tombstone
    monkeypatch.setattr(tombstones, "make_tombstone", fail)
    delete_message(actor=alice, message_id=said.pk)
    run_due_jobs()
    left = Message.objects.not_deleted().filter(pk__in=[copy.pk for copy in copies])
    assert left.exists()

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=1)):
        run_due_jobs()

    assert not left.exists()
    untouched.refresh_from_db()
    assert not untouched.is_deleted


def test_a_copy_made_while_its_origin_is_deleted_goes_within_the_hour(alice: User, room: Room, other: Room) -> None:
    copy = forward(alice, said := say(alice, room, "Tea?"), other)
    Message.objects.filter(pk=said.pk).update(deleted_at=datetime.now(UTC))

    jobs.resume_deletions.call()

    copy.refresh_from_db()
    assert copy.is_deleted


def test_a_copy_stays_when_the_room_of_its_origin_is_deleted(alice: User, room: Room, other: Room) -> None:
    copy = forward(alice, say(alice, other, "Plan"), room)
    delete_room(actor=alice, room_id=other.pk)
    copy.refresh_from_db()

    assert (copy.content, copy.forwarded_from_id, copy.is_forwarded) == ("Plan", None, True)


def test_only_who_can_read_a_message_forwards_it(
    alice: User, bob: User, charlie: User, room: Room, other: Room
) -> None:
    secret, deleted = say(alice, other), say(alice, room)
    delete_message(actor=alice, message_id=deleted.pk)

    for actor, message in ((bob, secret), (charlie, secret), (alice, deleted)):
        with pytest.raises(ObjectDoesNotExist):
            forward(actor, message, room)


def test_it_goes_only_where_its_sender_writes_and_not_abroad(
    alice: User, bob: User, halyard: Organisation, room: Room, other: Room
) -> None:
    said = say(alice, room)
    abroad = make_organisation("Abroad", owner=alice)
    foreign = make_room(abroad, "foreign", admin=alice)
    old = make_room(halyard, "old", admin=alice)
    archive_room(actor=alice, room_id=old.pk)

    for actor, room_id in ((bob, other.pk), (alice, foreign.pk), (alice, UUID(int=0))):
        with pytest.raises(ValidationError):
            forward_message(actor=actor, message_id=said.pk, room_id=room_id)
    with pytest.raises(ValidationError):
        forward_message(actor=alice, message_id=said.pk)
    with pytest.raises(PermissionDenied):
        forward(alice, said, old)


def test_a_reader_who_may_not_see_the_room_learns_nothing_of_it(
    client_for: ClientFor, api_for: ApiFor, alice: User, bob: User, room: Room, other: Room
) -> None:
    said = say(alice, other, "Plan")
    copy = forward(alice, said, room)
    html = client_for(bob).get(f"/rooms/{room.pk}/").content.decode()

    assert f'data-origin="{said.pk}"' in html
    assert str(other.pk) not in html
    assert str(other.pk) not in api_for(bob).call("GET", f"/messages/{copy.pk}").content.decode()
    for path in ("origin", "card", "destinations"):
        assert client_for(bob).get(f"/messages/{said.pk}/{path}/").status_code == 404
    assert client_for(alice).get(f"/messages/{said.pk}/origin/").headers["Location"] == said.get_absolute_url()


def test_destinations_are_rooms_that_one_writes_in_and_people(
    client_for: ClientFor,
    alice: User,
    bob: User,
    halyard: Organisation,
    room: Room,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_room(halyard, "Bobsleigh", admin=alice)
    make_room(halyard, "Bob’s own", admin=bob)
    for n in range(5):
        make_room_member(make_room(halyard, f"Bob {n}", admin=alice), bob)
    said, browser = say(alice, room), client_for(alice)
    path = f"/messages/{said.pk}/destinations/"
    browser.get(path)

    with django_assert_num_queries(6):  # session, user, message, membership, rooms, users
        found = browser.get(f"{path}?q=bob").content.decode()
    with django_assert_num_queries(5):
        latest = browser.get(path).content.decode()

    assert found.count("room_id") == 6 and "Bob’s own" not in found and "@bob" in found
    assert "Bobsleigh" in latest and "user_id" not in latest
