"""From what happens to the bell and the mailbox, by the jobs in between."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from chat.messages.services.post import post_message
from chat.models import Room
from lib.jobs import run_due_jobs
from notifications.models import Notification
from notifications.preferences.services import change_settings

pytestmark = pytest.mark.django_db


def test_what_is_not_wanted_in_the_bell_is_not_listed(alice: User, bob: User, room: Room) -> None:
    change_settings(actor=bob, choices={"mention": {"in_app": False}})
    post_message(actor=alice, room_id=room.pk, content="@bob tea?")
    run_due_jobs()

    [row] = Notification.objects.filter(user=bob, kind="mention")
    assert not row.is_listed


def test_a_mention_that_stays_unread_is_mailed(
    alice: User, bob: User, room: Room, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2026-11-27T12:00:00Z", tick=False)
    User.objects.filter(pk=bob.pk).update(email_verified_at=timezone.now())
    post_message(actor=alice, room_id=room.pk, content="@bob is the *kettle* on?")
    run_due_jobs()
    time_machine.move_to(timezone.now() + timedelta(minutes=15), tick=False)
    run_due_jobs()

    [message] = mail.outbox
    assert message.subject == "design (Halyard)"
    assert "Alice mentioned you in design" in message.body and "> @Bob is the kettle on?" in message.body
    assert f"/rooms/{room.pk}/" in message.alternatives[0][0]
