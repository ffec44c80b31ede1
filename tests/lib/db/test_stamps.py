"""A stamp of the database is the same only while nothing was written."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from accounts.models import User
from lib.db.prepared import PreparedQuery
from lib.db.recording import record_queries
from lib.db.stamps import read_stamp
from tests.factories import make_user

by_name = PreparedQuery(lambda name: User.objects.filter(name=name).values_list("theme"), name=str)


def write_elsewhere() -> None:
    User.objects.update(theme="dark")


def run_in_thread(work: Callable[[], object]) -> object:
    """Run on a connection of its own, which is closed then."""

    def run() -> object:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("write", [write_elsewhere, lambda: run_in_thread(write_elsewhere)], ids=["here", "elsewhere"])
def test_any_commit_changes_it(write: Callable[[], object]) -> None:
    make_user("Alice")
    before = read_stamp()
    assert before is not None and read_stamp() == before

    write()

    assert read_stamp() != before


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_elsewhere_is_never_seen() -> None:
    make_user("Alice")
    with record_queries() as recording:
        by_name.rows(name="Alice")
    assert recording.find_change() is None

    def write_and_fail() -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            write_elsewhere()
            raise ZeroDivisionError

    run_in_thread(write_and_fail)

    assert recording.find_change() is None


@pytest.mark.django_db(transaction=True)
def test_a_recording_sees_what_others_commit() -> None:
    make_user("Alice")
    with record_queries() as recording:
        by_name.rows(name="Alice")
    for _ in range(3):
        assert recording.find_change() is None

    run_in_thread(write_elsewhere)

    assert recording.find_change()


@pytest.mark.django_db(transaction=True)
def test_while_nothing_is_written_no_query_is_asked_again(django_assert_num_queries: Callable[[int], object]) -> None:
    make_user("Alice")
    with record_queries() as recording:
        by_name.rows(name="Alice")
    recording.find_change()

    with django_assert_num_queries(0 if connection.vendor == "sqlite" else 1):  # type: ignore[attr-defined]
        assert recording.find_change() is None


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_there_is_none() -> None:
    with transaction.atomic():
        assert read_stamp() is None


@pytest.mark.django_db(transaction=True)
def test_connections_have_numbers_of_their_own() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's stamps mean the same on every connection.")
    stamps = [read_stamp(), *[run_in_thread(read_stamp) for _ in range(3)]]

    assert len({stamp[0] for stamp in stamps if stamp}) == 4  # type: ignore[index]
