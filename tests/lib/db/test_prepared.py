"""Prepared queries answer what their querysets would."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Q
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from lib.db.prepared import PreparedQuery, build_instance, list_field_names, to_raw_value

by_name = PreparedQuery(
    lambda user_id, slug, before: Organisation.objects.filter(
        memberships__user=user_id, slug=slug, created_at__lt=before
    ).values_list("pk", "name", "created_at"),
    user_id=UUID,
    slug=str,
    before=datetime,
)


def ask(query: Callable[..., Any], halyard: Organisation, alice: User, **other: Any) -> Any:
    values = {"user_id": alice.pk, "slug": "halyard", "before": timezone.now() + timedelta(hours=1)}
    return query(**values | other)


def test_rows_hold_python_values(halyard: Organisation, alice: User) -> None:
    assert ask(by_name.rows, halyard, alice) == [(halyard.pk, "Halyard", halyard.created_at)]


def test_each_value_counts(halyard: Organisation, alice: User) -> None:
    assert ask(by_name.rows, halyard, alice, user_id=uuid4()) == []
    assert ask(by_name.rows, halyard, alice, slug="elsewhere") == []
    assert ask(by_name.rows, halyard, alice, before=halyard.created_at) == []
    assert ask(by_name.first, halyard, alice, slug="x' OR 1=1 --") is None


def test_raw_rows_compare_with_as_given(halyard: Organisation, alice: User) -> None:
    [row] = ask(by_name.raw, halyard, alice)

    assert row == (to_raw_value(halyard.pk), "Halyard", to_raw_value(halyard.created_at))


def test_an_instance_is_made_whole(alice: User) -> None:
    person = PreparedQuery(lambda pk: User.objects.filter(pk=pk).values_list(*list_field_names(User)), pk=UUID)

    made = build_instance(User, person.first(pk=alice.pk))

    assert made == alice
    assert {name: getattr(made, name) for name in list_field_names(User)} == {
        name: getattr(alice, name) for name in list_field_names(User)
    }
    made.save(update_fields=["name"])


def test_a_value_that_would_not_reach_the_database_is_refused(db: None) -> None:
    careless = PreparedQuery(lambda pk: User.objects.filter(Q()).values_list("pk"), pk=UUID)

    with pytest.raises(ValueError, match="never reach"):
        careless.rows(pk=uuid4())


def test_asking_costs_one_query(
    halyard: Organisation, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        ask(by_name.rows, halyard, alice)
