"""Notifications are stored once for all, read by their user alone, and read here is read everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation, User
from accounts.organisations.services.members import remove_member
from accounts.topics import user_topic
from lib.realtime.hub import Event
from notifications.announcements.services import create_announcement
from notifications.inbox.counts import count_unread
from notifications.inbox.jobs import withdraw_hidden_notifications
from notifications.inbox.marking import ReadMark, mark_places_read
from notifications.inbox.services import mark_all_read, mark_subject_read, notify, restore_unread
from notifications.models import Announcement, Notification
from tests.chat.steps import frames
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_user

Tell = Callable[..., None]


@pytest.fixture
def tell(alice: User, bob: User, halyard: Organisation) -> Tell:
    """Tell Bob of an announcement."""

    def send(text: str = "Tea at four", **fields: Any) -> None:
        announcement = Announcement.objects.create(organisation=halyard, author=alice, text=text)
        shared = {"actor_id": alice.pk, "organisation_id": halyard.pk, "subject": announcement.pk}
        notify(kind="announcement", recipients=[bob.pk], **shared | fields)

    return send


def test_the_newest_come_first_and_are_counted(api_for: ApiFor, bob: User, charlie: User, tell: Tell) -> None:
    for text in ("one", "two", "three"):
        tell(text)
    client = api_for(bob)

    first = client.call("GET", "/notifications?limit=2").json()
    rest = client.call("GET", f"/notifications?limit=2&cursor={first['next_cursor']}").json()

    assert [item["message"] for item in first["items"] + rest["items"]] == ["three", "two", "one"]
    assert rest["next_cursor"] is None
    assert client.call("GET", "/notifications/unread-count").json() == {"unread": 3}
    assert api_for(charlie).call("GET", "/notifications").json()["items"] == []


def test_one_is_read_and_unread_again(api_for: ApiFor, bob: User, charlie: User, tell: Tell) -> None:
    tell()
    client, path = api_for(bob), f"/notifications/{Notification.objects.get().pk}/read"
    came = client.call("GET", "/notifications").json()["items"][0]["updated_at"]

    for _ in range(2):
        assert client.call("PUT", path).json()["read_at"] is not None
    assert client.call("GET", "/notifications?unread=true").json()["items"] == []
    assert client.call("GET", "/notifications").json()["items"][0]["updated_at"] == came
    assert client.call("DELETE", path).json()["read_at"] is None
    assert client.call("GET", "/notifications").json()["items"][0]["updated_at"] == came
    assert client.call("GET", "/notifications/unread-count").json() == {"unread": 1}
    assert [api_for(charlie).call(method, path).status_code for method in ("PUT", "DELETE")] == [404, 404]


def test_reading_all_is_undone_for_what_it_has_read_alone(api_for: ApiFor, bob: User, tell: Tell) -> None:
    client = api_for(bob)
    tell("earlier")
    client.call("PUT", f"/notifications/{Notification.objects.get().pk}/read")
    Notification.objects.update(read_at="2026-01-01T00:00:00Z")
    tell("one")
    tell("two")

    read = client.call("POST", "/notifications/read-all").json()
    assert (read["unread"], count_unread(bob.pk)) == (0, 0)
    assert client.call("POST", "/notifications/read-all").json()["read_at"] is None

    assert client.call("POST", "/notifications/read-all/undo", {"read_at": read["read_at"]}).json() == {"unread": 2}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by how full a table is")
def test_what_is_undone_is_looked_up_by_its_group(bob: User, tell: Tell) -> None:
    tell(group_key="tea")
    read_at = mark_all_read(actor=bob)
    assert read_at is not None

    with CaptureQueriesContext(connection) as queries:
        restore_unread(actor=bob, read_at=read_at)
    [update] = [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]
    with connection.cursor() as cursor:
        plan = str(cursor.execute(f"EXPLAIN QUERY PLAN {update}").fetchall())

    assert "USING INDEX notification_unread_once_per_group" in plan


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_beyond_the_calendar_undoes_nothing(api_for: ApiFor, bob: User, moment: str) -> None:
    assert api_for(bob).call("POST", "/notifications/read-all/undo", {"read_at": moment}).status_code == 422


def test_what_happens_again_is_counted_in_one_row_until_it_is_read(bob: User, tell: Tell) -> None:
    for position in (3, 5, 8):
        tell(group_key="tea", position=position)
    row = Notification.objects.get()
    assert (row.count, row.first_position, row.position) == (3, 3, 8)

    mark_subject_read(user_id=bob.pk, subject=row.subject, kind="announcement")
    tell(group_key="tea", position=9)

    assert sorted(Notification.objects.values_list("count", flat=True)) == [1, 3]


def test_one_that_is_unread_again_stands_beside_the_next_of_its_group(api_for: ApiFor, bob: User, tell: Tell) -> None:
    tell(group_key="tea")
    client, path = api_for(bob), f"/notifications/{Notification.objects.get().pk}/read"
    client.call("PUT", path)
    tell(group_key="tea")

    assert client.call("DELETE", path).status_code == 200
    assert count_unread(bob.pk) == 2


def test_reading_a_room_reads_what_is_about_it_so_far(bob: User, tell: Tell) -> None:
    room, thread = uuid4(), uuid4()
    for position in (1, 2, 3):
        tell(place=room, position=position)
    tell(place=room, thread=thread, position=1)

    mark_places_read([ReadMark(bob.pk, room, 2)])
    assert count_unread(bob.pk) == 2
    mark_places_read([ReadMark(bob.pk, room, 1, thread), ReadMark(bob.pk, uuid4(), 9)])
    assert count_unread(bob.pk) == 1


def test_who_leaves_is_neither_shown_nor_counted_what_they_were_told(
    api_for: ApiFor, bob: User, halyard: Organisation, tell: Tell
) -> None:
    tell()
    client, path = api_for(bob), f"/notifications/{Notification.objects.get().pk}"

    remove_member(actor=bob, slug=halyard.slug, user_id=bob.pk)

    assert client.call("GET", "/notifications").json()["items"] == []
    assert client.call("GET", path).status_code == 404
    assert client.call("GET", "/notifications/unread-count").json() == {"unread": 0}


def test_reading_writes_nothing_and_the_night_takes_back_what_is_hidden(
    api_for: ApiFor, client_for: ClientFor, bob: User, tell: Tell, published: list[Event]
) -> None:
    tell("seen")
    tell("secret plan")
    row = Notification.objects.latest("pk")
    Notification.objects.filter(pk=row.pk).update(kind="carrier-pigeon")  # of a version that knew it
    client, page = api_for(bob), client_for(bob)
    page.get("/o/halyard/notifications/")  # what is stored once, by the first page of a session

    with CaptureQueriesContext(connection) as queries:
        assert len(client.call("GET", "/notifications").json()["items"]) == 1
        assert client.call("GET", f"/notifications/{row.pk}").status_code == 404
        assert "secret plan" not in page.get("/o/halyard/notifications/").content.decode()
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert Notification.objects.count() == 2

    withdraw_hidden_notifications.func()
    assert count_unread(bob.pk) == 1 and not Notification.objects.filter(pk=row.pk).exists()


def test_what_is_undone_notifies_nobody(bob: User, tell: Tell) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        tell()
        raise RuntimeError

    assert count_unread(bob.pk) == 0


def test_only_the_users_own_sockets_hear_what_they_have_read(
    api_for: ApiFor, bob: User, tell: Tell, published: list[Event], django_capture_on_commit_callbacks: Any
) -> None:
    tell()
    row_id = str(Notification.objects.get().pk)
    for method in ("PUT", "DELETE"):
        with django_capture_on_commit_callbacks(execute=True):
            api_for(bob).call(method, f"/notifications/{row_id}/read")

    assert {event.topic for event in published} == {user_topic(bob.pk)}
    assert frames(published) == [
        {"type": "notification.read", "ids": [row_id], "unread": 0},
        {"type": "notification.unread", "ids": [row_id], "unread": 1},
    ]


@pytest.mark.parametrize("number", [1, 100])
def test_a_page_of_any_length_takes_as_many_queries(api_for: ApiFor, bob: User, tell: Tell, number: int) -> None:
    for _ in range(number):
        tell()
    client = api_for(bob)
    client.call("GET", "/notifications")

    with CaptureQueriesContext(connection) as queries:
        items = client.call("GET", "/notifications?limit=200").json()["items"]

    # The token, the rows, and of this kind: which still stand, who is still a member, their texts.
    assert (len(items), len(queries)) == (number, 5)


@pytest.mark.parametrize("number", [1, 100])
def test_any_number_of_users_is_notified_by_one_statement(halyard: Organisation, alice: User, number: int) -> None:
    users: list[UUID] = [make_user(f"user {n}").pk for n in range(number)]

    with CaptureQueriesContext(connection) as queries:
        notify(kind="announcement", recipients=users, actor_id=alice.pk, organisation_id=halyard.pk)
        notify(kind="announcement", recipients=[])

    assert len(queries) == 2  # and one that stores the job
    assert Notification.objects.count() == number


def test_a_deleted_organisation_takes_its_notifications_along(alice: User, bob: User, halyard: Organisation) -> None:
    create_announcement(actor=alice, slug="halyard", text="Tea at four")
    halyard.delete()

    assert count_unread(bob.pk) == 0
