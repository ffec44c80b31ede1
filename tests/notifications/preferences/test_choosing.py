"""By which channels a notification reaches its user, and when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from lib.lasting import FOREVER
from notifications.models import Notification, NotificationDefaults, NotificationSettings
from notifications.places import Attention
from notifications.preferences import queries
from notifications.preferences.queries import NOTHING, Decision, choose_channels
from tests.factories import make_user
from tests.notifications.conftest import MENTION, REMINDER, REPLY, ROOM, KnownRooms, Tell

pytestmark = pytest.mark.django_db

# A Friday, at noon.
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
SOON = NOON + timedelta(minutes=15)
NIGHTS = [[22 * 60, 7 * 60]] * 7
AT_ONCE = Decision(in_app=True, push=True, mail=True, mail_after=SOON)


@pytest.fixture
def bob(bob: User) -> User:
    User.objects.filter(pk=bob.pk).update(email_verified_at=timezone.now())
    return bob


def decide(row: Notification, at: datetime = NOON) -> Decision:
    return choose_channels([row], at)[row.pk]


def test_without_a_choice_the_kind_decides(bob: User, tell: Tell) -> None:
    assert decide(tell(bob)) == AT_ONCE
    assert decide(tell(bob, REPLY)) == Decision(in_app=True)


def test_a_choice_goes_before_what_the_organisation_suggests(bob: User, halyard: Organisation, tell: Tell) -> None:
    suggested = {"test_mention": {"push": False, "mail": False}, "test_reply": {"push": True}}
    NotificationDefaults.objects.create(organisation=halyard, choices=suggested, mail_pace="60m")
    NotificationSettings.objects.create(user=bob, choices={"test_mention": {"mail": True, "in_app": False}})

    assert decide(tell(bob)) == Decision(mail=True, mail_after=NOON + timedelta(hours=1))
    assert decide(tell(bob, REPLY)) == Decision(in_app=True, push=True)
    assert decide(tell(bob, REPLY, organisation=None)) == Decision(in_app=True), "it suggests nothing elsewhere"


@pytest.mark.parametrize(
    ("attention", "mention", "reply"),
    [
        (Attention.ALL, AT_ONCE, Decision(in_app=True)),
        (Attention.MENTIONS, AT_ONCE, NOTHING),
        (Attention.NOTHING, NOTHING, NOTHING),
    ],
)
def test_what_a_room_is_set_to_is_obeyed(
    bob: User, tell: Tell, rooms: KnownRooms, attention: Attention, mention: Decision, reply: Decision
) -> None:
    rooms.attention[bob.pk, ROOM] = attention

    assert decide(tell(bob)) == mention
    assert decide(tell(bob, REPLY)) == reply
    assert decide(tell(bob, REMINDER)).push, "what was asked for comes all the same"


def test_quiet_hours_hold_back_until_they_end(bob: User, tell: Tell) -> None:
    NotificationSettings.objects.create(user=bob, quiet_hours=NIGHTS, time_zone="Europe/Berlin")
    night, morning = datetime(2026, 11, 27, 23, tzinfo=UTC), datetime(2026, 11, 28, 6, tzinfo=UTC)

    assert decide(tell(bob)) == AT_ONCE
    assert decide(tell(bob), night) == Decision(True, True, morning, True, morning)
    User.objects.filter(pk=bob.pk).update(time_zone="America/New_York")
    assert decide(tell(bob), night).push_after is None, "the zone of the profile goes before it"


def test_do_not_disturb_holds_back_and_a_pause_keeps_nothing(bob: User, tell: Tell) -> None:
    later = NOON + timedelta(hours=3)
    User.objects.filter(pk=bob.pk).update(silent_until=later)
    assert decide(tell(bob)) == Decision(True, True, later, True, later)
    assert decide(tell(bob), later) == Decision(True, True, None, True, later + timedelta(minutes=15))

    User.objects.filter(pk=bob.pk).update(silent_until=FOREVER)
    assert decide(tell(bob)) == Decision(in_app=True)


@pytest.mark.parametrize(
    ("pace", "due"),
    [
        ("5m", NOON + timedelta(minutes=5)),
        ("60m", NOON + timedelta(hours=1)),
        ("daily", datetime(2026, 11, 28, 7, tzinfo=UTC)),
        ("weekly", datetime(2026, 11, 30, 7, tzinfo=UTC)),
        ("never", None),
    ],
)
def test_mail_is_due_at_the_pace_of_its_user(bob: User, tell: Tell, pace: str, due: datetime | None) -> None:
    NotificationSettings.objects.create(user=bob, mail_pace=pace, time_zone="Europe/Berlin")

    assert decide(tell(bob)) == Decision(in_app=True, push=True, mail=due is not None, mail_after=due)


def test_mornings_follow_the_clocks(bob: User, tell: Tell) -> None:
    NotificationSettings.objects.create(user=bob, mail_pace="daily", time_zone="Europe/Berlin")

    before = decide(tell(bob), datetime(2026, 3, 28, 6, tzinfo=UTC))
    after = decide(tell(bob), datetime(2026, 3, 28, 7, tzinfo=UTC))

    assert before.mail_after == datetime(2026, 3, 28, 7, tzinfo=UTC)
    assert after.mail_after == datetime(2026, 3, 29, 6, tzinfo=UTC), "it is summer time by then"


def test_mail_goes_to_addresses_that_are_confirmed_and_nothing_to_who_is_gone(bob: User, tell: Tell) -> None:
    User.objects.filter(pk=bob.pk).update(email_verified_at=None)
    assert decide(tell(bob)) == AT_ONCE._replace(mail=False, mail_after=None)

    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert decide(tell(bob)) == NOTHING


def test_what_a_user_looks_at_is_not_pushed(bob: User, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "lookers", [lambda pairs: {(bob.pk, ROOM)} & set(pairs)])

    assert decide(tell(bob)) == AT_ONCE._replace(push=False)
    assert decide(tell(bob, place=None)) == AT_ONCE


def test_many_cost_what_one_does(
    bob: User, tell: Tell, rooms: KnownRooms, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many = [make_user(f"Sailor {number}") for number in range(20)]
    rows = [tell(user, kind) for user in [bob, *many] for kind in (MENTION, REPLY)]

    with django_assert_num_queries(2):  # users with their settings, what organisations suggest
        assert len(choose_channels(rows, NOON)) == 42
    with django_assert_num_queries(2):
        choose_channels(rows[:1], NOON)
