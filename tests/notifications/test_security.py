"""Users are notified of what has happened to their accounts."""

from __future__ import annotations

import pytest

from accounts.mail import mail_after_commit
from accounts.models import User
from notifications.inbox.queries import describe_visible
from notifications.models import Notification


@pytest.mark.parametrize(
    ("mail", "titles"), [("password_changed", ["Your password was changed"]), ("account_made", [])]
)
def test_warnings_are_told_and_other_mails_are_not(bob: User, mail: str, titles: list[str]) -> None:
    mail_after_commit(mail, to=None, user=bob)

    rows = list(Notification.objects.received_by(bob).for_listing())
    assert [(each.description.title, each.row.level) for each in describe_visible(rows, bob)] == [
        (title, "warning") for title in titles
    ]
