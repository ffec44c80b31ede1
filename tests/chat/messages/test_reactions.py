"""Reactions: who may, once each, shown in order, told to the room."""

import orjson
import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import Membership, Organisation, User
from chat.messages.services.edit import delete_message
from chat.messages.services.post import post_message
from chat.messages.services.reactions import add_reaction, remove_reaction
from chat.models import MAX_EMOJI_PER_MESSAGE, Message, Reaction, Room
from chat.rooms.services.rooms import archive_room
from lib.realtime.hub import Event
from tests.chat.steps import frames
from tests.factories import make_room

FACES = [chr(code) for code in range(0x1F600, 0x1F600 + MAX_EMOJI_PER_MESSAGE + 1)]


def react(actor: User, message: Message, emoji: str = "👍") -> Message | None:
    return add_reaction(actor=actor, message_id=message.pk, emoji=emoji)


def take_back(actor: User, message: Message, emoji: str = "👍") -> Message | None:
    return remove_reaction(actor=actor, message_id=message.pk, emoji=emoji)


def shown(message: Message) -> list[tuple[str, list]]:
    """Each emoji with the names of who gave it."""
    names = {str(user.pk): user.name for user in User.objects.all()}
    return [(given["emoji"], [names[user_id] for user_id in given["user_ids"]]) for given in message.reactions]


def test_a_reaction_takes_a_new_version_and_is_announced(
    bob: User,
    room: Room,
    message: Message,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert react(bob, message).version == 2

    [frame] = [orjson.loads(event.frame) for event in published]
    assert (frame["type"], frame["version"]) == ("message.updated", 2)
    assert frame["message"]["reactions"] == [{"emoji": "👍", "count": 1, "user_ids": [str(bob.pk)]}]
    assert f'data-users="{bob.pk}"' in frame["html"]
    room.refresh_from_db()
    assert (room.version, room.last_seq) == (2, 1)


def test_taking_a_reaction_back_takes_a_new_version_and_is_announced(
    bob: User,
    room: Room,
    message: Message,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    react(bob, message)

    with django_capture_on_commit_callbacks(execute=True):
        assert take_back(bob, message).version == 3

    [frame] = [each for each in frames(published) if each["type"] != "notification.removed"]
    assert (frame["type"], frame["version"], frame["message"]["reactions"]) == ("message.updated", 3, [])
    room.refresh_from_db()
    assert room.version == 3


def test_repeating_changes_nothing_and_tells_nobody(
    bob: User,
    message: Message,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    react(bob, message)

    with django_capture_on_commit_callbacks(execute=True):
        assert react(bob, message).version == 2
        assert take_back(bob, message, "🌊").version == 2

    assert published == []
    assert Reaction.objects.count() == 1


def test_an_emoji_keeps_its_place_while_anybody_uses_it(alice: User, bob: User, message: Message) -> None:
    for actor, emoji in ((alice, "👍"), (bob, "🌊"), (bob, "👍")):
        react(actor, message, emoji)

    assert shown(take_back(alice, message)) == [("👍", ["Bob"]), ("🌊", ["Bob"])]
    assert shown(take_back(bob, message)) == [("🌊", ["Bob"])]
    assert shown(react(alice, message)) == [("🌊", ["Bob"]), ("👍", ["Alice"])]


def test_two_spellings_are_one_emoji(alice: User, bob: User, message: Message) -> None:
    react(alice, message, "❤")

    assert shown(react(bob, message, "❤️")) == [("❤️", ["Alice", "Bob"])]


@pytest.mark.parametrize("emoji", ["👍🏽", "👩‍👩‍👧‍👦", "🇵🇹", "#️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"])
def test_an_emoji_may_be_made_of_several_characters(alice: User, message: Message, emoji: str) -> None:
    assert shown(react(alice, message, emoji)) == [(emoji, ["Alice"])]


@pytest.mark.parametrize(
    "text", ["", "a", "1", "👍👍", "👍 ", ":no_such_name:", "👍" * 65, "x" * 10_000, "\x00", "\ufe0f", "\ud83d", "🏽"]
)
def test_anything_but_one_emoji_is_refused(alice: User, message: Message, text: str) -> None:
    for act in (add_reaction, remove_reaction):
        with pytest.raises(ValidationError):
            act(actor=alice, message_id=message.pk, emoji=text)

    assert not Reaction.objects.exists()


def test_different_emoji_have_a_limit_and_people_have_none(alice: User, bob: User, message: Message) -> None:
    *allowed, beyond = FACES
    for emoji in allowed:
        react(alice, message, emoji)

    with pytest.raises(ValidationError):
        react(bob, message, beyond)
    assert shown(react(bob, message, allowed[0]))[0] == (allowed[0], ["Alice", "Bob"])


def test_a_stranger_finds_nothing_to_react_to(charlie: User, message: Message) -> None:
    for act in (react, take_back):
        with pytest.raises(ObjectDoesNotExist):
            act(charlie, message)


def test_guests_inside_react_like_members(bob: User, message: Message) -> None:
    Membership.objects.filter(user=bob).update(role="guest")

    assert shown(react(bob, message)) == [("👍", ["Bob"])]


def test_a_visitor_of_a_channel_reads_only(alice: User, bob: User, halyard: Organisation) -> None:
    channel = make_room(halyard, "open", admin=alice, kind="channel")
    message = post_message(actor=alice, room_id=channel.pk, content="hi").message

    with pytest.raises(PermissionDenied):
        react(bob, message)


def test_nobody_reacts_in_an_archived_room(alice: User, bob: User, room: Room, message: Message) -> None:
    react(bob, message)
    archive_room(actor=alice, room_id=room.pk)

    for act in (react, take_back):
        with pytest.raises(PermissionDenied):
            act(bob, message)


def test_a_deleted_message_loses_its_reactions(alice: User, bob: User, message: Message) -> None:
    react(bob, message)

    assert delete_message(actor=alice, message_id=message.pk).reactions == []
    assert not Reaction.objects.exists()
    with pytest.raises(ObjectDoesNotExist):
        react(bob, message)


def test_reacting_costs_the_same_however_many_have(
    alice: User, bob: User, robin: User, message: Message, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for emoji in FACES[:5]:
        for actor in (bob, robin):
            react(actor, message, emoji)

    # savepoint, visible, room, message, look, savepoint, insert, release, all of them, room, message, release
    with django_assert_num_queries(12):
        react(alice, message)
