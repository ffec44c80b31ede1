"""Administrators tell all members of an organisation something."""

from __future__ import annotations

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry, Organisation, User
from notifications.announcements.services import create_announcement, delete_announcement
from notifications.inbox.counts import count_unread
from notifications.models import Announcement
from tests.conftest import ApiFor, ClientFor


def test_all_other_members_are_told(
    api_for: ApiFor, alice: User, bob: User, charlie: User, halyard: Organisation
) -> None:
    created = api_for(alice).call("POST", "/orgs/halyard/announcements", {"text": "Tea at four"})

    [item] = api_for(bob).call("GET", "/notifications").json()["items"]
    assert created.status_code == 201
    assert (item["title"], item["message"], item["type"]) == ("Alice to all of Halyard", "Tea at four", "info")
    assert [count_unread(user.pk) for user in (alice, bob, charlie)] == [0, 1, 0]


def test_members_announce_nothing(bob: User, charlie: User, halyard: Organisation) -> None:
    with pytest.raises(PermissionDenied):
        create_announcement(actor=bob, slug="halyard", text="Tea at four")
    with pytest.raises(ObjectDoesNotExist):
        create_announcement(actor=charlie, slug="halyard", text="Tea at four")


def test_one_that_is_taken_back_goes_from_every_bell(alice: User, bob: User, halyard: Organisation) -> None:
    announcement = create_announcement(actor=alice, slug="halyard", text="Tea at four")
    with pytest.raises(ObjectDoesNotExist):
        delete_announcement(actor=bob, announcement_id=announcement.pk)

    delete_announcement(actor=alice, announcement_id=announcement.pk)

    assert count_unread(bob.pk) == 0
    actions = AuditEntry.objects.filter(table_name="notifications_announcement").values_list("action", flat=True)
    assert sorted(actions) == ["create", "delete"]


PAGE = "/o/halyard/announcements/"


def test_the_page_announces_and_takes_back(
    client_for: ClientFor, alice: User, bob: User, halyard: Organisation
) -> None:
    client = client_for(alice)
    assert "Write something" not in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"text": " "}).status_code == 422
    assert client.post(PAGE, {"text": "Tea at four"}).status_code == 302
    assert (count_unread(bob.pk), "Tea at four" in client.get(PAGE).content.decode()) == (1, True)

    announcement = Announcement.objects.get()
    assert client_for(bob).post(f"{PAGE}{announcement.pk}/removal/").status_code == 404
    assert client.post(f"{PAGE}{announcement.pk}/removal/").status_code == 302
    assert count_unread(bob.pk) == 0


@pytest.mark.parametrize("number", [1, 15])
def test_the_page_asks_as_much_for_any_number(
    client_for: ClientFor,
    alice: User,
    halyard: Organisation,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    Announcement.objects.bulk_create(
        Announcement(organisation=halyard, author=alice, text=f"Tea {n}") for n in range(number)
    )
    client = client_for(alice)
    client.get(PAGE)

    with django_assert_num_queries(5):
        assert client.get(PAGE).content.decode().count("Take back") == number
