"""A notification that is queued to be mailed while what it is about is deleted."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from notifications.inbox.services import withdraw_notifications
from notifications.mail.queueing import queue_mail
from notifications.models import Notification, PendingMail
from tests.notifications.conftest import KnownRooms, Tell


@pytest.mark.django_db(transaction=True)
def test_neither_fails_and_nothing_is_left(bob: User, tell: Tell, rooms: KnownRooms) -> None:
    User.objects.filter(pk=bob.pk).update(email_verified_at=timezone.now())
    together = Barrier(2)

    def run(act: Callable[[], None]) -> None:
        together.wait()
        try:
            act()
        finally:
            connection.close()

    for _ in range(20):
        rows = [tell(bob) for _ in range(20)]

        def withdraw() -> None:
            with transaction.atomic():
                withdraw_notifications(Notification.objects.all())

        def queue(rows: list[Notification] = rows) -> None:
            queue_mail(rows)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(run, [withdraw, queue]))
    assert not Notification.objects.exists() and not PendingMail.objects.exists()
