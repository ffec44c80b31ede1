"""The sample can be planted twice, grows on request, and is believable."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import islice, pairwise

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import Membership, Organisation, User
from assets.models import Asset
from assets.storing.services import delete_asset
from chat.demo.cast import COMPANIES, HALYARD, PASSWORD, Company, RoomPlan
from chat.demo.chatter import Slots, generate_exchanges
from chat.demo.history import count_written, plan_history
from chat.demo.script import read_scenes
from chat.models import (
    Attachment,
    Bookmark,
    Mention,
    Message,
    Reaction,
    Room,
    RoomMember,
    StoredDraft,
    SystemMessage,
    ThreadFollow,
    UserGroup,
    UserGroupMember,
)
from notifications.models import Notification

NOW = datetime(2026, 11, 19, 10, 30, tzinfo=UTC)
each_room = pytest.mark.parametrize(
    ("company", "room"),
    [(company, room) for company in COMPANIES for room in company.rooms],
    ids=lambda value: value.name if isinstance(value, RoomPlan) else value.slug,
)


def seed(**options: int) -> str:
    out = StringIO()
    call_command("seed", stdout=out, **options)
    return out.getvalue()


def count_planted() -> list[int]:
    people = (User, UserGroup, UserGroupMember, RoomMember)
    contents = (Room, Message, Asset, Attachment, Bookmark, StoredDraft, ThreadFollow)
    return [model.objects.count() for model in (*people, *contents)]


@pytest.fixture(scope="module")
def printed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Plant the sample once for this file, in a transaction around those of its tests; return what is printed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seed(messages=600)
        transaction.set_rollback(True)


@pytest.fixture
def planted(printed: str, db: None) -> str:
    """The sample for one test."""
    return printed


def test_planting_twice_adds_nothing(planted: str) -> None:
    before = count_planted()

    second = seed(messages=600)

    assert "Added" in planted
    assert "Nothing added" in second
    assert before == count_planted()


def test_a_larger_second_run_adds_the_difference_in_order(planted: str) -> None:
    seed(messages=900, users=30)

    assert 880 <= Message.objects.count() <= 940
    assert Membership.objects.filter(organisation__slug="halyard").count() == 30
    for room in Room.objects.all():
        in_room = room.messages.exclude(seq=None).order_by("seq")
        times = list(in_room.values_list("created_at", flat=True))
        assert times == sorted(times)


def test_numbers_are_dense_and_rooms_know_them(planted: str) -> None:
    for room in Room.objects.all():
        in_room = room.messages.exclude(seq=None).order_by("seq")
        assert list(in_room.values_list("seq", flat=True)) == list(range(1, room.last_seq + 1))


def test_alice_finds_something_to_read(planted: str) -> None:
    alice = User.objects.get(username="alice")

    marks = {
        mark.room.name: mark.room.last_seq - mark.last_read_seq
        for mark in RoomMember.objects.filter(user=alice, room__organisation__slug="halyard").select_related("room")
        if mark.room.name
    }

    assert marks["berths-api"] == 5
    assert marks["harbour-offices"] == 3
    assert marks["design"] == 0
    assert Mention.objects.filter(user=alice, room__name="harbour-offices").exists()


def test_nobody_joins_a_room_after_having_talked_in_it(planted: str) -> None:
    assert not SystemMessage.objects.exclude(code="archived").filter(room__last_seq__gt=0).exists()


def test_what_seed_prints_signs_alice_in(planted: str, client: Client) -> None:
    assert PASSWORD in planted
    assert "alice@halyard.example" in planted
    client.post("/accounts/login/", {"login": "alice@halyard.example", "password": PASSWORD})
    assert "_auth_user_id" in client.session


def test_one_organisation_says_nothing_in_the_other(planted: str) -> None:
    bob = User.objects.get(username="bob")

    assert not Message.objects.visible_to(bob).filter(room__organisation__slug="port-ellery").exists()
    assert Organisation.objects.visible_to(User.objects.get(username="alice")).count() == 2


def test_the_sample_has_edits_deletions_replies_reactions_and_pins(planted: str) -> None:
    assert Message.objects.exclude(edited_at=None).count() >= 3
    assert Message.objects.exclude(deleted_at=None).count() >= 2
    assert Message.objects.exclude(reply_to=None).count() >= 8
    assert Reaction.objects.values("message").distinct().count() >= 8
    assert Message.objects.pinned().count() >= 2


def test_alice_sees_what_the_product_does(planted: str) -> None:
    alice, halyard = User.objects.get(username="alice"), Organisation.objects.get(slug="halyard")
    followed = ThreadFollow.objects.current_of(alice).within(halyard.pk)

    assert followed.count() >= 4
    assert followed.unread().count() == 2
    assert UserGroup.objects.filter(organisation=halyard).count() == 3
    assert Mention.objects.filter(user=alice, message__content__contains="@harbourdesk").exists()
    assert Message.objects.filter(room__members__user=alice, html__contains='type="checkbox"').exists()
    assert Message.objects.filter(room__members__user=alice, html__contains="<pre").exists()
    assert StoredDraft.objects.filter(user=alice).count() == 2
    assert Bookmark.objects.filter(user=alice).count() == 2


def test_alice_finds_files_of_each_kind_with_their_messages(planted: str) -> None:
    alice = User.objects.get(username="alice")
    files = list(Asset.objects.visible_to(alice).select_related("blob").order_by("pk"))

    assert {file.kind for file in files} == {"image", "pdf", "text", "audio"}
    assert [file.created_at for file in files] == sorted(file.created_at for file in files)
    assert Attachment.objects.count() == Asset.objects.count() == len(files) == 9
    for shown in Attachment.objects.select_related("asset", "message__author"):
        assert shown.asset.owner == shown.message.author
        assert abs(shown.asset.created_at - shown.message.created_at) < timedelta(minutes=1)
    (gallery,) = Message.objects.filter(content__startswith="And this is what it looked like")
    assert [each["name"] for each in gallery.attachments or ()] == [
        "harbour-evening.jpg", "harbour-dusk.jpg", "harbour-night.jpg"
    ]  # fmt: skip


def test_a_larger_run_after_files_were_deleted_does_not_bring_them_back(planted: str) -> None:
    deleted = Asset.objects.get(name="rope-logo.png")
    delete_asset(actor=deleted.owner, asset_id=deleted.pk)

    seed(messages=900)

    assert list(Asset.objects.filter(name="rope-logo.png")) == [deleted]


def test_a_draft_that_was_sent_does_not_come_back(planted: str) -> None:
    StoredDraft.objects.all().delete()

    seed(messages=900)

    assert not StoredDraft.objects.exists()


def test_threads_are_read_but_for_recent_ones_of_alice(planted: str) -> None:
    assert set(ThreadFollow.objects.unread().values_list("user__username", flat=True)) == {"alice"}


@each_room
def test_whoever_speaks_is_in_the_room(company: Company, room: RoomPlan) -> None:
    lines = [line for scene in read_scenes(company.script_of(room)) for line in scene.lines]
    spoken = {line.speaker for line in lines} | {person for line in lines for _, person in line.reactions}
    if room.chatter:
        spoken |= {line.speaker for scene in read_scenes(company.chatter_of(room)) for line in scene.lines}

    assert spoken - {"a", "b", "c"} <= set(room.people)


@each_room
def test_conversations_happen_in_the_past_and_in_order(company: Company, room: RoomPlan) -> None:
    history = plan_history(company, room, chatter=100 * bool(room.chatter), talkers=room.people, now=NOW)

    assert all(earlier.at <= later.at for earlier, later in pairwise(history))
    assert history[-1].at <= NOW
    assert len({said.client_id for said in history}) == len(history) >= count_written(company, room)


def test_the_same_run_tells_the_same_story() -> None:
    general = HALYARD.rooms[0]

    first, second = (plan_history(HALYARD, general, chatter=50, talkers=general.people, now=NOW) for _ in range(2))

    assert first == second


def test_exchanges_leave_no_gap_unfilled() -> None:
    for room in HALYARD.rooms:
        if room.chatter:
            for scene in islice(generate_exchanges(HALYARD.chatter_of(room), seed=room.name, people=room.people), 60):
                assert not [line for line in scene.lines if "{" in line.text]


def test_a_word_stays_the_same_within_an_exchange() -> None:
    slots = Slots(random.Random("tide"))

    assert slots["boat"] == slots["boat"]


def test_notifications_came_when_what_they_are_about_did(printed: str) -> None:
    rows = list(Notification.objects.order_by("activity_id"))
    written = dict(Message.objects.filter(pk__in={row.subject for row in rows}).values_list("pk", "created_at"))

    assert len({row.created_at.date() for row in rows}) > 3
    assert [row.created_at for row in rows] == sorted(row.created_at for row in rows)
    assert all(row.updated_at == written[row.subject] for row in rows if row.kind in ("mention", "reply", "broadcast"))
