"""Whatever happens in a room and whatever gets lost on the way, asking for the changes makes a client equal to it."""

import random
from random import Random
from typing import Any

import orjson
import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from chat.models import Message, Reaction, Room, Thread
from lib.realtime.hub import Event
from tests.chat.chance import something_happens
from tests.conftest import ApiClient

STEPS = 60


class Follower:
    """A client that hears only some of what is announced, and trusts versions alone."""

    def __init__(self, rest: ApiClient, room: Room, rng: Random) -> None:
        self.rest, self.path, self.rng = rest, f"/rooms/{room.pk}", rng
        self.messages, self.version = {}, 0

    def hear(self, events: list[Any]) -> None:
        for event in events:
            if self.rng.random() < 0.6:
                frame = orjson.loads(event.frame)
                if frame["type"] in ("read", "thread.read") or frame["type"].startswith("notification."):
                    continue
                self.take(frame["message"])
                if frame["version"] == self.version + 1:
                    self.version = frame["version"]

    def catch_up(self) -> None:
        more = True
        while more:
            limit = self.rng.randint(1, 9)
            answer = self.rest.call("GET", f"{self.path}/changes?since={self.version}&limit={limit}").json()
            for message in answer["items"]:
                self.take(message)
            self.version, more = answer["version"], answer["has_more"]

    def take(self, message: dict[str, Any]) -> None:
        if message["version"] >= self.messages.get(message["id"], message)["version"]:
            self.messages[message["id"]] = message

    def list_feed(self) -> list[dict[str, Any]]:
        in_feed = [message for message in self.messages.values() if message["seq"] is not None]
        return sorted(in_feed, key=lambda message: message["seq"])

    def list_thread(self, root_id: str) -> list[dict[str, Any]]:
        replies = [message for message in self.messages.values() if message["thread_id"] == root_id]
        return sorted(replies, key=lambda message: message["thread_seq"])


@pytest.mark.parametrize("seed", range(6))
def test_a_client_that_missed_events_ends_up_equal_to_the_room(
    ann: ApiClient,
    alice: User,
    bob: User,
    robin: User,
    room: Room,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    seed: int,
) -> None:
    rng = random.Random(seed)
    follower = Follower(ann, room, rng)
    for _ in range(STEPS):
        with django_capture_on_commit_callbacks(execute=True):
            something_happens(rng, [alice, bob, robin], room)
        follower.hear(published)
        published.clear()
        if rng.random() < 0.1:
            follower.catch_up()
    follower.catch_up()

    history = ann.call("GET", f"/rooms/{room.pk}/messages?limit=200").json()["items"]
    assert follower.list_feed() == history
    assert [message["seq"] for message in history] == list(range(1, len(history) + 1))
    roots = [message for message in history if message["thread"]]
    for root in roots:
        replies = ann.call("GET", f"/messages/{root['id']}/thread?limit=200").json()["items"]
        assert follower.list_thread(root["id"]) == replies
        assert [reply["thread_seq"] for reply in replies] == list(range(1, root["thread"]["last_seq"] + 1))
        assert root["thread"]["reply_count"] == sum(reply["content"] is not None for reply in replies)
    room.refresh_from_db()
    assert (follower.version, len(follower.messages)) == (room.version, Message.objects.count())
    assert any(message["reactions"] for message in follower.messages.values()) and roots


@pytest.mark.parametrize("seed", range(6))
def test_what_messages_show_is_what_the_tables_hold(alice: User, bob: User, robin: User, room: Room, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(STEPS):
        something_happens(rng, [alice, bob, robin], room)

    shown = {
        (message.pk, user_id, reaction["emoji"])
        for message in Message.objects.all()
        for reaction in message.reactions
        for user_id in reaction["user_ids"]
    }
    held = {(reaction.message_id, str(reaction.user_id), reaction.emoji) for reaction in Reaction.objects.all()}
    assert shown == held
    for thread in Thread.objects.select_related("root"):
        standing = Message.objects.filter(thread=thread).not_deleted().order_by("-thread_seq")
        authors = [str(author) for author in standing.values_list("author", flat=True)]
        summary = thread.root.thread_summary
        assert (summary["reply_count"], summary["participant_ids"]) == (len(authors), list(dict.fromkeys(authors)))
        numbers = list(
            Message.objects.filter(thread=thread).order_by("thread_seq").values_list("thread_seq", flat=True)
        )
        assert numbers == list(range(1, thread.last_seq + 1))
    versions = sorted(Message.objects.values_list("version", flat=True))
    assert len(set(versions)) == len(versions)
