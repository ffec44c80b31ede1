"""First replies to one message at the same moment: one thread, and each reply has a number of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from chat.messages.services.post import Draft, Posted, post_messages
from chat.models import Message, Room, Thread, ThreadFollow
from tests.chat.steps import say

pytestmark = pytest.mark.django_db(transaction=True)

RACES = 10


def test_two_first_replies_are_in_one_thread(alice: User, bob: User, robin: User, room: Room) -> None:
    authors = (alice, bob, robin)

    for _ in range(RACES):
        root, together = say(alice, room, "Tea?"), Barrier(len(authors))

        def answer(author: User, root: Message = root, together: Barrier = together) -> bool:
            together.wait()
            try:
                [outcome] = post_messages([Draft(author, room.pk, "yes", thread_id=root.pk)])
                return isinstance(outcome, Posted)
            finally:
                connection.close()

        with ThreadPoolExecutor(len(authors)) as pool:
            assert all(pool.map(answer, authors))
        root.refresh_from_db()
        numbers = Message.objects.filter(thread=root.pk).order_by("thread_seq").values_list("thread_seq", flat=True)
        assert list(numbers) == [1, 2, 3]
        assert (root.thread_summary["reply_count"], Thread.objects.get(pk=root.pk).last_seq) == (3, 3)
        assert ThreadFollow.objects.filter(thread=root.pk).count() == len(authors)
    versions = list(Message.objects.order_by("version").values_list("version", flat=True))
    room.refresh_from_db()
    assert len(set(versions)) == len(versions) and versions[-1] == room.version
