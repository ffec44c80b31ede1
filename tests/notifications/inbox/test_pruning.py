"""The table of notifications is bounded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from notifications.inbox import jobs
from notifications.models import Notification


def test_what_was_read_long_ago_and_what_is_too_much_goes(bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MAX_PER_USER", 2)
    ages = (91, 89, None, None)
    for age in ages:
        read_at = timezone.now() - timedelta(days=age) if age else None
        Notification.objects.create(user=bob, kind="mention", read_at=read_at)
    newest = set(Notification.objects.order_by("-activity_id").values_list("pk", flat=True)[:2])

    jobs.prune_notifications.call()

    assert set(Notification.objects.values_list("pk", flat=True)) == newest
