"""Who is here, as rows tell: they age, and lapsed ones are ended."""

from datetime import timedelta

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from chat.socket.presence_rows import end_lapsed_presences, release_presences, save_presences


def age(user: User, seconds: float) -> None:
    """Let a user's row be so old."""
    User.objects.filter(pk=user.pk).update(seen_at=timezone.now() - timedelta(seconds=seconds))


def test_a_lease_that_nobody_renews_is_ended_and_told_to_the_organisation(
    halyard: Organisation, alice: User, bob: User, charlie: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    save_presences({alice.pk: "online", bob.pk: "busy", charlie.pk: "online"})
    age(alice, 25)
    age(bob, 23)

    with django_assert_num_queries(3):
        lapsed = end_lapsed_presences(here=[])
    with django_assert_num_queries(1):
        again = end_lapsed_presences(here=[])

    assert lapsed == {alice.pk: {f"person:{alice.pk}", f"commons:{halyard.pk}"}}
    assert again == {}
    alice.refresh_from_db()
    assert alice.presence == "offline"


def test_pages_read_offline_no_sooner_than_it_is_told(alice: User) -> None:
    save_presences({alice.pk: "online"})
    age(alice, 29)

    alice.refresh_from_db()
    assert alice.current_presence == "online"
    assert end_lapsed_presences(here=[])
    alice.refresh_from_db()
    assert alice.current_presence == "offline"


def test_users_with_sockets_here_have_not_gone(alice: User) -> None:
    save_presences({alice.pk: "online"})
    age(alice, 100)

    assert end_lapsed_presences(here=[alice.pk]) == {}


def test_a_stop_reads_as_offline_at_once_and_is_told_by_others(alice: User, bob: User) -> None:
    save_presences({alice.pk: "busy", bob.pk: "offline"})

    release_presences([alice.pk, bob.pk])

    alice.refresh_from_db()
    assert alice.current_presence == "offline"
    assert set(end_lapsed_presences(here=[])) == {alice.pk}
