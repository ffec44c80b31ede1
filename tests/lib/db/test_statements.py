"""Statements that skip Django's cursors do what these do."""

import asyncio
from typing import Any

import pytest
from django.core.exceptions import SynchronousOnlyOperation
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from lib.db.statements import execute_many, fetch_rows

pytestmark = pytest.mark.django_db

BY_NAME = "SELECT name, '100%%' FROM accounts_user WHERE name = %s"
RENAME = "UPDATE accounts_user SET name = %s WHERE name = %s"


def test_rows_are_those_of_a_cursor(alice: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BY_NAME, ["Alice"])
        usual = cursor.fetchall()

    assert fetch_rows(BY_NAME, ["Alice"]) == usual == [("Alice", "100%")]
    assert fetch_rows(BY_NAME, ["x' OR 1=1 --"]) == []


def test_changed_rows_are_counted(alice: User, bob: User) -> None:
    assert execute_many(RENAME, [("Anna", "Alice"), ("Bert", "Bob"), ("Carl", "Nobody")]) == 2
    assert fetch_rows(BY_NAME, ["Anna"]) != []


def test_who_counts_or_wraps_statements_sees_them(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    seen = []

    def see(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with django_assert_num_queries(2):
        fetch_rows(BY_NAME, ["Alice"])
        execute_many(RENAME, [("Anna", "Alice")])
    with connection.execute_wrapper(see):
        fetch_rows(BY_NAME, ["Alice"])
        execute_many(RENAME, [("Anna", "Alice")])

    assert seen == [BY_NAME, RENAME]


def test_errors_are_those_of_django(alice: User, bob: User) -> None:
    take_username = "UPDATE accounts_user SET username = %s WHERE username = %s"
    with pytest.raises(IntegrityError), transaction.atomic():
        execute_many(take_username, [(bob.username, alice.username)])

    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            fetch_rows(BY_NAME, ["Alice"])


def test_an_event_loop_is_refused() -> None:
    async def ask() -> None:
        fetch_rows(BY_NAME, ["Alice"])

    with pytest.raises(SynchronousOnlyOperation):
        asyncio.run(ask())
