"""Unread mentions are what one would count by hand, after any order of posts, edits, deletions and marks."""

from __future__ import annotations

import random

import pytest

from accounts.models import Organisation, User
from chat.groups.services import add_group_members, create_group
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.post import post_message
from chat.messages.services.read import mark_read
from chat.models import Message, Room
from chat.unread import unread_mentions

WORDS = ("", "@bob", "@robin", "@room", "@all", "@crew", "`@bob`", "@nobody")
TOLD = {"@bob", "@room", "@all", "@crew"}
STEPS = 60


def count_by_hand(texts: dict[int, set[str]], mark: int) -> int:
    return sum(seq > mark and bool(words & TOLD) for seq, words in texts.items())


@pytest.mark.parametrize("seed", range(3))
def test_unread_mentions_equal_a_count_by_hand(
    alice: User, bob: User, halyard: Organisation, room: Room, seed: int
) -> None:
    rng = random.Random(seed)
    crew = create_group(actor=alice, slug="halyard", name="Crew", handle="crew")
    add_group_members(actor=alice, group_id=crew.pk, user_ids=[bob.pk])
    standing: list[Message] = []
    texts: dict[int, set[str]] = {}
    mark = 0
    for step in range(STEPS):
        words = {rng.choice(WORDS), rng.choice(WORDS)}
        content = f"{' and '.join(sorted(words))} {step}"
        happens = rng.choice(("post", "post", "edit", "delete", "mark"))
        if happens == "post" or not standing:
            message = post_message(actor=alice, room_id=room.pk, content=content).message
            standing.append(message)
        elif happens == "mark":
            mark = mark_read(actor=bob, room_id=room.pk, seq=rng.randint(0, len(texts))).seq
            message = None
        else:
            message = rng.choice(standing)
            if happens == "edit":
                edit_message(actor=alice, message_id=message.pk, content=content)
            else:
                delete_message(actor=alice, message_id=message.pk)
                standing.remove(message)
                words = set()
        if message is not None and message.seq is not None:
            texts[message.seq] = words

        assert unread_mentions(bob).get(room.pk, 0) == count_by_hand(texts, mark), (seed, step, happens)
