"""The audit trail over REST: who may read it, how it is narrowed down, and that nobody changes it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.audit.services import record_created, record_deleted, record_updated
from accounts.cleanup import delete_expired
from accounts.models import AuditEntry, Organisation, User
from accounts.models.base import AppendOnly
from accounts.organisations.services.organisations import delete_organisation, rename_organisation
from tests.conftest import ApiFor

pytestmark = pytest.mark.django_db

LIST = "/orgs/halyard/audit"


@pytest.fixture
def entries(alice: User, bob: User, charlie: User, halyard: Organisation) -> list[AuditEntry]:
    """Four in Halyard, one elsewhere, one of nobody's organisation."""
    place = halyard.memberships.get(user=bob)
    record_created(alice, place, organisation=halyard, user=bob.pk, role="member")
    record_updated(alice, place, organisation=halyard, role=("member", "admin"))
    record_updated(bob, halyard, organisation=halyard, name=("Halyard", "Harbour"))
    record_deleted(bob, place, organisation=halyard, user=bob.pk, role="admin")
    elsewhere = charlie.memberships.get().organisation
    record_updated(charlie, elsewhere, organisation=elsewhere, name=("Elsewhere", "There"))
    record_updated(charlie, charlie, name=("Charlie", "Charles"))
    return list(AuditEntry.objects.order_by("pk"))


def date(entry: AuditEntry, moment: datetime) -> None:
    """When it is said to have been made, past the guard that keeps entries as they are."""
    with connection.cursor() as cursor:
        key = entry.pk.hex if connection.vendor == "sqlite" else entry.pk
        cursor.execute("UPDATE accounts_auditentry SET created_at = %s WHERE id = %s", [moment, key])


def ids(answer: Any) -> list[Any]:
    assert answer.status_code == 200, answer.content
    return [item["id"] for item in answer.json()["items"]]


def test_administrators_read_what_was_changed_newest_first(
    api_for: ApiFor, alice: User, bob: User, entries: list[AuditEntry]
) -> None:
    items = api_for(alice).call("GET", LIST).json()["items"]

    assert [item["id"] for item in items] == [str(entry.pk) for entry in reversed(entries[:4])]
    assert items[2] | {"id": "", "created_at": "", "record_id": "", "user": items[2]["user"]["username"]} == {
        "id": "",
        "organisation": {"name": "Halyard", "slug": "halyard"},
        "user": "alice",
        "action": "update",
        "table_name": "accounts_membership",
        "record_id": "",
        "record_name": "Bob in Halyard",
        "changes": {"role": ["member", "admin"]},
        "ip_address": None,
        "created_at": "",
    }
    assert items[2]["user"] == {"id": str(alice.pk), "username": "alice", "name": "Alice", "kind": "human"}


def test_only_its_administrators_read_the_trail_of_an_organisation(
    api_for: ApiFor, bob: User, charlie: User, root: User, halyard: Organisation
) -> None:
    answers = [api_for(user).call("GET", LIST).status_code for user in (bob, charlie, root, None)]

    assert answers == [403, 404, 404, 401]


def test_system_administrators_read_everything_and_nobody_else(
    api_for: ApiFor, alice: User, root: User, entries: list[AuditEntry]
) -> None:
    assert ids(api_for(root).call("GET", "/admin/audit")) == [str(entry.pk) for entry in reversed(entries)]
    assert len(ids(api_for(root).call("GET", "/admin/audit?organisation=elsewhere"))) == 1
    assert api_for(alice).call("GET", "/admin/audit").status_code == 403
    assert api_for(None).call("GET", "/admin/audit").status_code == 401


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("user={alice}", [1, 0]),
        ("action=update", [2, 1]),
        ("table=accounts_organisation", [2]),
        ("record={halyard}", [2]),
        ("q=bob", [3, 2, 1, 0]),
        ("q=%40alice", [1, 0]),
        ("action=update&user={alice}", [1]),
        ("from=2026-02-03T00:00:00Z", [3, 2, 1]),
        ("to=2026-02-03T00:00:00", [0]),
        ("from=2026-02-02T01:00:00%2B14:00&to=2026-02-03T00:00:01Z", [1, 0]),
        ("table=no_such_table", []),
    ],
)
def test_the_list_is_narrowed_down(
    api_for: ApiFor,
    alice: User,
    halyard: Organisation,
    entries: list[AuditEntry],
    asked: str,
    found: list[Any],
) -> None:
    for day, entry in enumerate(entries, start=2):
        date(entry, datetime(2026, 2, day, tzinfo=UTC))

    answer = api_for(alice).call("GET", f"{LIST}?{asked.format(alice=alice.pk, halyard=halyard.pk)}")

    assert ids(answer) == [str(entries[index].pk) for index in found]


@pytest.mark.parametrize(
    "asked",
    [
        "user=bob",
        "action=change",
        "table=Bad%20table",
        "table=a%00b",
        "record=1",
        "from=yesterday",
        "from=0001-01-01T00:00:00%2B14:00",
        "q=%00",
        "q=" + "a" * 81,
        "limit=0",
        "cursor=x",
    ],
)
def test_nonsense_is_refused(api_for: ApiFor, alice: User, halyard: Organisation, asked: str) -> None:
    assert api_for(alice).call("GET", f"{LIST}?{asked}").status_code == 422


def test_the_list_comes_in_pages_at_a_constant_cost(
    api_for: ApiFor,
    alice: User,
    entries: list[AuditEntry],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = api_for(alice)
    first = client.call("GET", f"{LIST}?limit=1").json()

    with django_assert_num_queries(3):  # who asks, their place, the entries
        rest = client.call("GET", f"{LIST}?limit=3&cursor={first['next_cursor']}").json()

    shown = [item["id"] for item in (*first["items"], *rest["items"])]
    assert shown == [str(entry.pk) for entry in reversed(entries[:4])]
    assert rest["next_cursor"] is None


def test_the_list_of_everything_costs_the_same_for_many(
    api_for: ApiFor,
    root: User,
    entries: list[AuditEntry],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = api_for(root)

    with django_assert_num_queries(2):
        assert len(ids(client.call("GET", "/admin/audit"))) == 6


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_written_over_rest(
    api_for: ApiFor, root: User, alice: User, halyard: Organisation, method: str
) -> None:
    assert api_for(alice).call(method, LIST, {}).status_code == 405
    assert api_for(root).call(method, "/admin/audit", {}).status_code == 405


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(action="delete"),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_update(list(rows), ["changes"]),
        lambda rows: rows.first().save(),
        lambda rows: rows.first().delete(),
    ],
)
def test_what_was_written_down_stays(entries: list[AuditEntry], change: Callable[..., Any]) -> None:
    before = list(AuditEntry.objects.values())

    with pytest.raises(AppendOnly), transaction.atomic():
        change(AuditEntry.objects.all())

    assert list(AuditEntry.objects.values()) == before


def test_entries_outlive_organisation_person_and_housekeeping(
    alice: User, bob: User, charlie: User, halyard: Organisation, entries: list[AuditEntry]
) -> None:
    delete_organisation(actor=alice, slug="halyard")
    charlie.delete()
    delete_expired()

    kept = AuditEntry.objects.order_by("pk")
    assert [entry.pk for entry in kept[:6]] == [entry.pk for entry in entries]
    assert [(entry.organisation, entry.user) for entry in kept[4:6]] == [(entries[4].organisation, None), (None, None)]
    assert (kept[6].action, kept[6].record_name, kept[6].organisation) == ("delete", "Halyard", None)


@pytest.mark.parametrize(("trusted", "noted"), [(0, "127.0.0.1"), (1, "203.0.113.7"), (2, "198.51.100.9")])
def test_the_address_is_the_one_that_trusted_proxies_name(
    api_for: ApiFor,
    alice: User,
    halyard: Organisation,
    settings: Settings,
    trusted: int,
    noted: str,
) -> None:
    settings.TRUSTED_PROXIES = trusted

    api_for(alice).call(
        "PATCH", "/orgs/halyard", {"name": "Harbour"}, **{"X-Forwarded-For": "192.0.2.1, 198.51.100.9, 203.0.113.7"}
    )

    assert AuditEntry.objects.get().ip_address == noted


def test_without_a_request_there_is_no_address(alice: User, halyard: Organisation) -> None:
    rename_organisation(actor=alice, slug="halyard", name="Harbour")

    assert AuditEntry.objects.get().ip_address is None
