"""A reminder that its user moves and finishes at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import Organisation, User
from chat.models import Reminder
from chat.reminders.services import change_reminder, finish_reminder, remind_of_note
from tests.chat.reminders.conftest import SOON

DEVICES = 4


@pytest.mark.django_db(transaction=True)
def test_moving_and_finishing_wait_for_each_other(alice: User, halyard: Organisation) -> None:
    together = Barrier(DEVICES)

    def run(act: Callable[..., object]) -> None:
        together.wait()
        try:
            with suppress(Reminder.DoesNotExist):  # it was finished first
                act()
        finally:
            connection.close()

    for minutes in range(1, 11):
        own = remind_of_note(actor=alice, slug=halyard.slug, note="Tea", remind_at=SOON).pk
        later = SOON + timedelta(minutes=minutes)
        move = partial(change_reminder, actor=alice, reminder_id=own, remind_at=later)
        finish = partial(finish_reminder, actor=alice, reminder_id=own)
        with ThreadPoolExecutor(DEVICES) as pool:
            list(pool.map(run, [move, finish] * (DEVICES // 2)))
    assert not Reminder.objects.exists()
