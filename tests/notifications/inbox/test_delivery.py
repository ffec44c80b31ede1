"""A worker tells open windows what has been notified, and asks again who may see it."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Membership, Organisation, User
from accounts.topics import user_topic
from lib.jobs import run_due_jobs
from lib.realtime.hub import Event
from notifications.announcements.services import create_announcement
from notifications.delivery import jobs
from notifications.inbox import channel
from notifications.inbox.channel import deliver_in_app
from notifications.inbox.counts import count_unread
from notifications.models import Notification
from notifications.preferences.queries import Decision
from tests.chat.steps import frames
from tests.conftest import ApiFor
from tests.factories import make_membership, make_user


@pytest.fixture
def carla(halyard: Organisation) -> User:
    carla = make_user("Carla", language="de")
    make_membership(halyard, carla)
    return carla


def test_each_is_told_in_their_language(
    alice: User, bob: User, carla: User, halyard: Organisation, published: list[Event]
) -> None:
    create_announcement(actor=alice, slug="halyard", text="Tea at four")

    run_due_jobs()

    told = dict(zip([event.topic for event in published], frames(published), strict=True))
    assert told.keys() == {user_topic(bob.pk), user_topic(carla.pk)}
    mine = told[user_topic(carla.pk)]
    assert (mine["type"], mine["unread"], mine["toast"], mine["language"]) == ("notification.created", 1, True, "de")
    assert mine["notification"]["title"] == "Alice an alle von Halyard"
    assert mine["notification"]["id"] == str(Notification.objects.get(user=carla).pk)
    assert told[user_topic(bob.pk)]["notification"]["title"] == "Alice to all of Halyard"
    assert told[user_topic(bob.pk)]["language"] == "en"  # as the page says it, which asks again for another


def test_who_may_no_longer_see_it_or_has_read_it_is_told_nothing(
    api_for: ApiFor, alice: User, bob: User, carla: User, halyard: Organisation, published: list[Event]
) -> None:
    create_announcement(actor=alice, slug="halyard", text="Tea at four")
    Membership.objects.filter(user=bob).delete()
    api_for(carla).call("POST", "/notifications/read-all")

    run_due_jobs()

    assert published == []


def test_a_channel_that_fails_keeps_no_other_from_its_turn(
    alice: User, bob: User, halyard: Organisation, published: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(rows: Any) -> None:
        raise OSError

    paths = {"broken": fail, "in_app": deliver_in_app}
    monkeypatch.setattr(jobs, "load_channels", lambda: paths)
    create_announcement(actor=alice, slug="halyard", text="Tea at four")

    run_due_jobs()

    assert len(published) == 1


def test_what_is_not_wanted_in_the_app_is_not_listed(
    alice: User, bob: User, halyard: Organisation, published: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "choose_channels", lambda rows, at: {row.pk: Decision(push=True) for row in rows})
    create_announcement(actor=alice, slug="halyard", text="Tea at four")

    run_due_jobs()

    assert published == []
    assert count_unread(bob.pk) == 0
