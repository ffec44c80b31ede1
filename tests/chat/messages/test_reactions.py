"""Reactions: who may, once each, shown in order, told to the room."""

import orjson
import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError

from accounts.models import Membership, User
from chat.messages.services.edit import delete_message
from chat.messages.services.post import post_message
from chat.messages.services.reactions import add_reaction, remove_reaction
from chat.models import MAX_EMOJI_PER_MESSAGE, Reaction, Room, RoomMember
from chat.rooms.services.rooms import archive_room

FACES = [chr(code) for code in range(0x1F600, 0x1F600 + MAX_EMOJI_PER_MESSAGE + 1)]


def react(actor, message, emoji="👍"):
    return add_reaction(actor=actor, message_id=message.pk, emoji=emoji)


def take_back(actor, message, emoji="👍"):
    return remove_reaction(actor=actor, message_id=message.pk, emoji=emoji)


def shown(message):
    """Each emoji with the names of who gave it."""
    names = {str(user.pk): user.name for user in User.objects.all()}
    return [(given["emoji"], [names[user_id] for user_id in given["user_ids"]]) for given in message.reactions]


def test_a_reaction_takes_a_new_version_and_is_announced(
    bob, room, message, published, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert react(bob, message).version == 2

    [frame] = [orjson.loads(event.frame) for event in published]
    assert (frame["type"], frame["version"]) == ("message.updated", 2)
    assert frame["message"]["reactions"] == [{"emoji": "👍", "count": 1, "user_ids": [str(bob.pk)]}]
    assert f'data-users="{bob.pk}"' in frame["html"]
    room.refresh_from_db()
    assert (room.version, room.last_seq) == (2, 1)


def test_repeating_changes_nothing_and_tells_nobody(bob, message, published, django_capture_on_commit_callbacks):
    react(bob, message)

    with django_capture_on_commit_callbacks(execute=True):
        assert react(bob, message).version == 2
        assert take_back(bob, message, "🌊").version == 2

    assert published == []
    assert Reaction.objects.count() == 1


def test_an_emoji_keeps_its_place_while_anybody_uses_it(alice, bob, message):
    for actor, emoji in ((alice, "👍"), (bob, "🌊"), (bob, "👍")):
        react(actor, message, emoji)

    assert shown(take_back(alice, message)) == [("👍", ["Bob"]), ("🌊", ["Bob"])]
    assert shown(take_back(bob, message)) == [("🌊", ["Bob"])]
    assert shown(react(alice, message)) == [("🌊", ["Bob"]), ("👍", ["Alice"])]


def test_two_spellings_are_one_emoji(alice, bob, message):
    react(alice, message, "❤")

    assert shown(react(bob, message, "❤️")) == [("❤️", ["Alice", "Bob"])]


@pytest.mark.parametrize("emoji", ["👍🏽", "👩‍👩‍👧‍👦", "🇵🇹", "#️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"])
def test_an_emoji_may_be_made_of_several_characters(alice, message, emoji):
    assert shown(react(alice, message, emoji)) == [(emoji, ["Alice"])]


@pytest.mark.parametrize(
    "text", ["", "a", "1", "👍👍", "👍 ", ":+1:", "👍" * 65, "x" * 10_000, "\x00", "\ufe0f", "\ud83d", "🏽"]
)
def test_anything_but_one_emoji_is_refused(alice, message, text):
    for act in (add_reaction, remove_reaction):
        with pytest.raises(ValidationError):
            act(actor=alice, message_id=message.pk, emoji=text)

    assert not Reaction.objects.exists()


def test_different_emoji_have_a_limit_and_people_have_none(alice, bob, message):
    *allowed, beyond = FACES
    for emoji in allowed:
        react(alice, message, emoji)

    with pytest.raises(ValidationError):
        react(bob, message, beyond)
    assert shown(react(bob, message, allowed[0]))[0] == (allowed[0], ["Alice", "Bob"])


def test_a_stranger_finds_nothing_to_react_to(charlie, message):
    for act in (react, take_back):
        with pytest.raises(ObjectDoesNotExist):
            act(charlie, message)


def test_guests_inside_react_like_members(bob, message):
    Membership.objects.filter(user=bob).update(role="guest")

    assert shown(react(bob, message)) == [("👍", ["Bob"])]


def test_a_visitor_of_a_channel_reads_only(alice, bob, halyard):
    channel = Room.objects.create(organisation=halyard, kind="channel", name="open")
    RoomMember.objects.create(room=channel, user=alice)
    message = post_message(actor=alice, room_id=channel.pk, content="hi").message

    with pytest.raises(PermissionDenied):
        react(bob, message)


def test_nobody_reacts_in_an_archived_room(alice, bob, room, message):
    react(bob, message)
    archive_room(actor=alice, room_id=room.pk)

    for act in (react, take_back):
        with pytest.raises(PermissionDenied):
            act(bob, message)


def test_a_deleted_message_loses_its_reactions(alice, bob, message):
    react(bob, message)

    assert delete_message(actor=alice, message_id=message.pk).reactions == []
    assert not Reaction.objects.exists()
    with pytest.raises(ObjectDoesNotExist):
        react(bob, message)


def test_reacting_costs_the_same_however_many_have(alice, bob, robin, message, django_assert_num_queries):
    for emoji in FACES[:5]:
        for actor in (bob, robin):
            react(actor, message, emoji)

    # savepoint, visible, room, message, look, savepoint, insert, release, all of them, room, message, release
    with django_assert_num_queries(12):
        react(alice, message)
