"""A message that many workers want to send at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from chat.models import Message, Room, ScheduledMessage
from chat.scheduled.sending import send_message_in_time
from chat.scheduled.services import schedule_message

WORKERS = 20


@pytest.mark.django_db(transaction=True)
def test_of_twenty_workers_one_sends_it(alice: User, room: Room) -> None:
    for _ in range(3):
        in_an_hour = timezone.now() + timedelta(hours=1)
        kept, _ = schedule_message(actor=alice, room_id=room.pk, content="once", send_at=in_an_hour)
        ScheduledMessage.objects.update(send_at=timezone.now())
        together = Barrier(WORKERS)

        def run(_: int, kept: ScheduledMessage = kept, together: Barrier = together) -> bool:
            together.wait()
            try:
                return send_message_in_time(kept.pk) is not None
            finally:
                connection.close()

        with ThreadPoolExecutor(WORKERS) as pool:
            assert sum(pool.map(run, range(WORKERS))) == 1
    assert Message.objects.count() == 3
    assert not ScheduledMessage.objects.exists()
