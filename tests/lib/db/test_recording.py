"""A recording knows whether its queries would be answered as before, and when it can't know."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from lib.db.prepared import PreparedQuery
from lib.db.recording import note_expiry, record_queries

pytestmark = pytest.mark.django_db

by_name = PreparedQuery(lambda name: User.objects.filter(name=name).values_list("pk", "theme"), name=str)
seen_after = PreparedQuery(lambda moment: User.objects.filter(seen_at__gt=moment).values_list("pk"), moment=datetime)


def test_it_holds_until_a_row_changes(alice: User) -> None:
    with record_queries() as recording:
        by_name.rows(name="Alice")

    assert recording.is_complete and recording.find_change() is None
    User.objects.filter(name="Alice").update(theme="dark")
    assert recording.find_change()


def test_rows_that_come_count(alice: User) -> None:
    with record_queries() as recording:
        by_name.rows(name="Bob")
    User.objects.update(name="Bob")

    assert recording.find_change()


def test_it_is_incomplete_after_any_other_query(alice: User) -> None:
    with record_queries() as recording:
        by_name.rows(name="Alice")
        list(User.objects.all())

    assert not recording.is_complete


def test_it_is_incomplete_where_a_query_depends_on_the_time(alice: User) -> None:
    with record_queries() as recording:
        seen_after.rows(moment=timezone.now())

    assert not recording.is_complete


def test_it_holds_no_longer_than_the_first_expiry() -> None:
    now = timezone.now()
    with record_queries() as recording:
        for minutes in (3, -1, 2):
            note_expiry(now + timedelta(minutes=minutes))

    assert recording.expires_at == now - timedelta(minutes=1) and recording.find_change() == []


def test_what_happens_outside_is_not_recorded(alice: User) -> None:
    with record_queries() as recording:
        pass
    by_name.rows(name="Alice")
    note_expiry(timezone.now())

    assert recording.answers == [] and recording.asked == 0 and recording.expires_at is None


def test_answers_that_showed_a_change_are_not_asked_for_again(
    alice: User, bob: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def ask() -> list[object]:
        return [by_name.rows(name=name) for name in ("Alice", "Bob", "Charlie", "Alice")]

    with record_queries() as recording:
        ask()
    User.objects.filter(name="Bob").update(theme="dark")
    known = recording.find_change()
    assert known is not None and len(known) == 2

    with django_assert_num_queries(2), record_queries(known) as again:
        rows = ask()

    assert rows == ask() and again.is_complete and again.find_change() is None
