"""Mail about what stays unread: one for all of it, when it is due, of what is still unread then."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings
from time_machine import TimeMachineFixture

from accounts.models import Organisation, User
from lib.jobs import run_due_jobs
from lib.lasting import FOREVER
from notifications.inbox.services import mark_read
from notifications.mail.jobs import mail_overdue_notifications
from notifications.mail.queueing import queue_mail
from notifications.models import NotificationDefaults, NotificationSettings, PendingMail
from notifications.places import Attention, PlaceName
from notifications.preferences.quiet_hours import QuietSpan
from notifications.preferences.services import change_settings
from notifications.preferences.silence import Silence, silence_notifications
from tests.factories import make_user
from tests.notifications.conftest import MENTION, REPLY, ROOM, KnownRooms, Tell

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
NIGHTS = [[22 * 60, 7 * 60]] * 7


@pytest.fixture(autouse=True)
def noon(time_machine: TimeMachineFixture, settings: Settings) -> Iterator[None]:
    settings.SITE_URL = "https://atrium.example"
    time_machine.move_to(NOON, tick=False)
    yield


@pytest.fixture
def bob(bob: User) -> User:
    bob.email_verified_at = timezone.now()
    bob.save(update_fields=["email_verified_at"])
    return bob


def wait(time_machine: TimeMachineFixture, **time: float) -> list[Any]:
    """Let time pass, and return the mails that were sent by then."""
    time_machine.move_to(timezone.now() + timedelta(**time), tick=False)
    run_due_jobs(queue="mail")
    return mail.outbox


def test_what_stays_unread_comes_in_one_mail(
    bob: User, tell: Tell, rooms: KnownRooms, time_machine: TimeMachineFixture
) -> None:
    queue_mail([tell(bob, data={"title": "Alice mentioned you", "text": "Tea at <noon>?"})])
    assert wait(time_machine, minutes=10) == []
    queue_mail([tell(bob, data={"title": "Carol mentioned you", "text": "Cake?"})])

    [message] = wait(time_machine, minutes=5)

    assert (message.to, message.subject) == (["bob@halyard.example"], "design (Halyard)")
    for text in (message.body, message.alternatives[0][0]):
        assert "Alice mentioned you" in text and "Carol mentioned you" in text and "Cake?" in text
        assert "https://atrium.example/settings/notifications/" in text
    assert "> Tea at <noon>?" in message.body and "Tea at &lt;noon&gt;?" in message.alternatives[0][0]
    assert "27 Nov, 12:00" in message.body
    assert wait(time_machine, days=1) == [message] and not PendingMail.objects.exists()


def test_nothing_of_organisations_is_mailed_to_who_has_to_set_up_a_second_factor_first(
    bob: User, tell: Tell, rooms: KnownRooms, time_machine: TimeMachineFixture
) -> None:
    queue_mail(
        [tell(bob, data={"title": "secret"}), tell(bob, place=None, organisation=None, data={"title": "sign-in"})]
    )
    User.objects.filter(pk=bob.pk).update(second_factor_due=True)

    [message] = wait(time_machine, minutes=15)

    assert "sign-in" in message.body and "secret" not in message.body


def test_what_was_read_deleted_or_given_up_meanwhile_is_left_out(
    bob: User, tell: Tell, rooms: KnownRooms, time_machine: TimeMachineFixture
) -> None:
    read, deleted, kept = (tell(bob, data={"title": title}) for title in ("read", "deleted", "kept"))
    other = tell(bob, place=None, organisation=None, data={"title": "other"})
    queue_mail([read, deleted, kept, other])
    mark_read(actor=bob, notification_id=read.pk)
    deleted.delete()
    rooms.attention[bob.pk, ROOM] = Attention.NOTHING

    [message] = wait(time_machine, minutes=15)

    assert message.subject == "other"
    assert not any(word in message.body for word in ("deleted", "kept"))


def test_nothing_is_mailed_where_nothing_is_unread(bob: User, tell: Tell, time_machine: TimeMachineFixture) -> None:
    row = tell(bob)
    queue_mail([row, tell(bob, REPLY)])
    queue_mail([row])
    assert PendingMail.objects.count() == 1, "replies are not mailed, and nothing waits twice"
    mark_read(actor=bob, notification_id=row.pk)

    assert wait(time_machine, minutes=15) == []
    assert not PendingMail.objects.exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"email_verified_at": None}, {"silent_until": FOREVER}])
def test_who_is_gone_unverified_or_paused_by_then_gets_none(
    bob: User, tell: Tell, time_machine: TimeMachineFixture, change: dict[str, Any]
) -> None:
    queue_mail([tell(bob)])
    User.objects.filter(pk=bob.pk).update(**change)

    assert wait(time_machine, minutes=15) == []
    assert not PendingMail.objects.exists()


def test_mail_waits_for_the_end_of_quiet_hours_and_silence(
    bob: User, tell: Tell, time_machine: TimeMachineFixture
) -> None:
    NotificationSettings.objects.create(user=bob, quiet_hours=NIGHTS, time_zone="Europe/Berlin")
    time_machine.move_to("2026-11-27T20:55:00Z", tick=False)
    queue_mail([tell(bob)])
    time_machine.move_to("2026-11-27T21:05:00Z", tick=False)
    queue_mail([tell(bob, place=None)])

    assert wait(time_machine, minutes=10) == []
    silence_notifications(actor=bob, until=datetime(2026, 11, 28, 10, tzinfo=UTC))
    time_machine.move_to("2026-11-28T06:00:00Z", tick=False)
    assert wait(time_machine) == []
    time_machine.move_to("2026-11-28T10:00:00Z", tick=False)
    [message] = wait(time_machine)
    assert "2 unread notifications" in message.subject


def test_mail_that_was_held_comes_at_once_when_silence_ends_early(
    bob: User, tell: Tell, time_machine: TimeMachineFixture
) -> None:
    change_settings(actor=bob, silence=Silence(NOON + timedelta(hours=5)))
    queue_mail([tell(bob, data={"title": "held"})])
    assert wait(time_machine, hours=1) == []
    queue_mail([tell(bob, place=None, data={"title": "new"})])

    change_settings(actor=bob, silence=Silence(None))

    [message] = wait(time_machine)
    assert "held" in message.body and "new" in message.body, "what waits goes with it"
    assert len(wait(time_machine, minutes=15)) == 1


def test_mail_that_was_held_comes_at_once_when_quiet_hours_are_cut(
    bob: User, tell: Tell, time_machine: TimeMachineFixture
) -> None:
    change_settings(actor=bob, quiet_hours=(QuietSpan(8 * 60, 20 * 60),) * 7, time_zone="UTC")
    queue_mail([tell(bob)])
    assert wait(time_machine, hours=1) == []

    change_settings(actor=bob, quiet_hours=(QuietSpan(8 * 60, 18 * 60),) * 7)
    assert wait(time_machine) == [] and PendingMail.objects.get().due_at == NOON + timedelta(hours=6)
    change_settings(actor=bob, quiet_hours=(None,) * 7)
    assert len(wait(time_machine)) == 1


def test_a_digest_comes_in_the_morning_of_its_reader(bob: User, tell: Tell, time_machine: TimeMachineFixture) -> None:
    User.objects.filter(pk=bob.pk).update(time_zone="America/New_York")
    NotificationSettings.objects.create(user=bob, mail_pace="daily")
    queue_mail([tell(bob)])
    time_machine.move_to("2026-11-27T12:59:00Z", tick=False)
    queue_mail([tell(bob, place=None)])
    assert wait(time_machine) == []

    [message] = wait(time_machine, minutes=1)

    assert "2 notifications that you haven’t read" in message.body and "27 Nov, 07:00" in message.body
    assert wait(time_machine, days=8) == [message], "nothing where nothing is unread"


def test_another_pace_holds_for_what_waits_already(bob: User, tell: Tell, time_machine: TimeMachineFixture) -> None:
    queue_mail([tell(bob)])
    change_settings(actor=bob, mail_pace="60m")
    assert wait(time_machine, minutes=15) == []
    assert len(wait(time_machine, minutes=45)) == 1

    queue_mail([tell(bob)])
    change_settings(actor=bob, mail_pace="never")
    assert not PendingMail.objects.exists()


def test_a_mail_is_in_the_language_of_its_reader(bob: User, tell: Tell, time_machine: TimeMachineFixture) -> None:
    User.objects.filter(pk=bob.pk).update(language="de")
    queue_mail([tell(bob, place=None), tell(bob, place=None)])

    [message] = wait(time_machine, minutes=15)

    assert message.subject == "2 ungelesene Benachrichtigungen"
    assert '<html lang="de">' in message.alternatives[0][0] and "Diese E-Mails beenden" in message.body


def test_an_organisation_leaves_out_what_messages_say(
    bob: User, halyard: Organisation, tell: Tell, time_machine: TimeMachineFixture
) -> None:
    NotificationDefaults.objects.create(organisation=halyard, mail_content=False)
    queue_mail([tell(bob, data={"title": "Alice mentioned you", "text": "The secret plan"})])

    [message] = wait(time_machine, minutes=15)

    assert "Alice mentioned you" in message.body and "Alice mentioned you" in message.alternatives[0][0]
    assert "secret" not in message.body + message.alternatives[0][0] + message.subject


def test_many_are_counted_and_not_all_listed(bob: User, tell: Tell, time_machine: TimeMachineFixture) -> None:
    queue_mail([tell(bob, data={"title": f"number {number}"}) for number in range(33)])

    [message] = wait(time_machine, minutes=15)

    assert "33 notifications" in message.body and "And 3 more." in message.body


def test_mails_that_no_job_has_sent_are_sent(bob: User, tell: Tell, time_machine: TimeMachineFixture) -> None:
    PendingMail.objects.create(notification=tell(bob), user=bob, due_at=NOON)
    time_machine.move_to(NOON + timedelta(minutes=11), tick=False)

    mail_overdue_notifications.func()

    assert len(wait(time_machine)) == 1


def test_many_cost_what_one_does(
    bob: User, tell: Tell, rooms: KnownRooms, time_machine: TimeMachineFixture,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    other = make_user("Carol", email_verified_at=NOON)
    rooms.names |= {place: PlaceName("other", "/") for place in (bob.pk, other.pk)}
    rows = [tell(bob, kind, place=place) for kind in (MENTION, REPLY) for place in (ROOM, bob.pk, other.pk) * 5]
    rows.append(tell(other))

    # Two savepoints, users with settings, suggestions, what waits, the rows (held, then stored), and seven for the job.
    with django_assert_num_queries(14):
        queue_mail(rows)
    assert PendingMail.objects.count() == 16
