"""What may happen in a room, at random: posts and replies with mentions, edits, reactions, pins, reading, deletion."""

from __future__ import annotations

from random import Random
from typing import Any

from django.db.models import Q

from accounts.models import User
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.pins import pin_message, unpin_message
from chat.messages.services.post import Posted, post_message
from chat.messages.services.reactions import add_reaction, remove_reaction
from chat.messages.services.read import mark_read
from chat.models import Message, Room, ThreadFollow
from chat.threads.services import mark_thread_read

EMOJI = "👍🌊🎉"


def something_happens(rng: Random, people: list[User], room: Room) -> Posted | None:
    actor = rng.choice(people)
    standing = list(Message.objects.not_deleted().order_by("pk"))
    if not standing or rng.random() < 0.3:
        return post_message(
            actor=actor, room_id=room.pk, content=f"{rng.random()} {choose_mention(rng)}", **choose_thread(rng)
        )
    message = rng.choice(standing)
    change = rng.choice([react, react, react, take_back, take_back, pin, unpin, edit, edit, delete, read])
    return change(rng, actor, message)


def choose_thread(rng: Random) -> dict[str, Any]:
    """A thread, one whose root was deleted too, or the room."""
    roots = Message.objects.filter(thread=None).filter(Q(deleted_at=None) | Q(started_thread__isnull=False))
    choices = list(roots.order_by("seq"))
    if not choices or rng.random() < 0.4:
        return {}
    return {"thread_id": rng.choice(choices[:4]).pk, "also_in_room": rng.random() < 0.3}


def choose_mention(rng: Random) -> str:
    """Nobody, somebody, all in the room, or both."""
    return rng.choice(["", "", "@alice", "@bob @robin", "@room", "@bob @room"])


def react(rng: Random, actor: User, message: Message) -> None:
    add_reaction(actor=actor, message_id=message.pk, emoji=rng.choice(EMOJI))


def take_back(rng: Random, actor: User, message: Message) -> None:
    remove_reaction(actor=actor, message_id=message.pk, emoji=rng.choice(EMOJI))


def pin(_: Random, actor: User, message: Message) -> None:
    pin_message(actor=actor, message_id=message.pk)


def unpin(_: Random, actor: User, message: Message) -> None:
    unpin_message(actor=actor, message_id=message.pk)


def edit(rng: Random, _: User, message: Message) -> None:
    edit_message(actor=message.author, message_id=message.pk, content=f"better {rng.random()} {choose_mention(rng)}")


def delete(_: Random, __: User, message: Message) -> None:
    delete_message(actor=message.author, message_id=message.pk)


def read(rng: Random, actor: User, message: Message) -> None:
    """Forth or back in the room, or in a thread that one follows."""
    if message.seq is not None:
        mark_read(actor=actor, room_id=message.room_id, seq=message.seq - rng.randint(0, 1))
    elif ThreadFollow.objects.filter(user=actor, thread=message.thread_id).exists():
        mark_thread_read(actor=actor, root_id=message.thread_id, seq=message.thread_seq - rng.randint(0, 1))
