"""Drafts that are saved, and rooms that are marked as read, several times at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from chat.attachments.holding import list_held_ids
from chat.catch_up.services import mark_all_read, undo_mark_all_read
from chat.drafts.services import delete_draft, save_draft
from chat.models import Room, RoomMember, StoredDraft
from tests.chat.attachments.conftest import StoreFile, storage, store
from tests.chat.steps import say_all

__all__ = ["storage", "store"]

pytestmark = pytest.mark.django_db(transaction=True)

RACES, RUNNERS = 5, 3


def run_together(step: Callable[[int], object]) -> list[object]:
    """Let all run a step at once, and return what each got."""
    together = Barrier(RUNNERS)

    def run(number: int) -> object:
        together.wait()
        try:
            return step(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(RUNNERS) as pool:
        return list(pool.map(run, range(RUNNERS)))


def test_drafts_saved_at_once_are_one(alice: User, room: Room) -> None:
    for _ in range(RACES):
        run_together(lambda number: save_draft(actor=alice, room_id=room.pk, content=f"half {number}"))
        assert StoredDraft.objects.get().content in {f"half {number}" for number in range(RUNNERS)}
        run_together(lambda number: delete_draft(actor=alice, room_id=room.pk))
        assert not StoredDraft.objects.exists()


def test_files_added_at_once_are_all_kept(alice: User, room: Room, store: StoreFile) -> None:
    ids = [store(f"{number}.txt", str(number).encode()).pk for number in range(RUNNERS)]

    def add(number: int) -> None:
        save_draft(actor=alice, room_id=room.pk, content="half", asset_ids=[ids[number]], seen_asset_ids=[])

    for _ in range(RACES):
        run_together(add)
        assert set(list_held_ids(StoredDraft.objects.get())) == set(ids)
        delete_draft(actor=alice, room_id=room.pk)


def test_all_is_marked_as_read_and_back_several_times_at_once(alice: User, bob: User, room: Room) -> None:
    say_all(bob, room, "one", "two")
    for _ in range(RACES):
        moved = run_together(lambda number: mark_all_read(actor=alice, slug="halyard"))
        assert RoomMember.objects.get(user=alice, room=room).last_read_seq == 2
        [first] = [each for each in moved if each.rooms][:1]  # type: ignore[attr-defined]
        run_together(lambda number, first=first: undo_mark_all_read(actor=alice, slug="halyard", moved=first))
        assert RoomMember.objects.get(user=alice, room=room).last_read_seq == 0
