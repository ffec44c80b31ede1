"""Dana with her authenticator app, and what is mailed."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from accounts.models import User
from tests.accounts.steps import Enrolled, enrol
from tests.conftest import AfterCommit
from tests.factories import PASSWORD, make_email_address, make_user


@pytest.fixture
def dana(db: None) -> User:
    """Somebody who signed up with a password and has not followed the link."""
    dana = make_user("Dana", password=PASSWORD)
    make_email_address(dana)
    return dana


@pytest.fixture
def confirmed(dana: User) -> User:
    """Dana, once she has."""
    EmailAddress.objects.update(verified=True)
    User.objects.filter(pk=dana.pk).update(email_verified_at=timezone.now())
    dana.refresh_from_db()
    return dana


@pytest.fixture
def app(dana: User) -> Enrolled:
    """Her second factor."""
    return enrol(dana)


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks: Any) -> AfterCommit:
    """Around what sends mail: `with after_commit(): …`"""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def mails(after_commit: Any) -> Callable[[Callable[[], object]], list[tuple[list[str], str]]]:
    """To whom what goes that an action sends: addresses and subjects."""

    def sent_by(act: Callable[[], object]) -> list[tuple[list[str], str]]:
        mail.outbox.clear()
        with after_commit():
            act()
        return [(message.to, message.subject) for message in mail.outbox]

    return sent_by


@pytest.fixture
def many_sign_ins(settings: Any) -> None:
    """More in a minute than allauth takes from one address, of which other tests have the same; and quick ones."""
    settings.ACCOUNT_RATE_LIMITS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def unthrottled(settings: Any) -> None:
    """Counts outlive a test."""
    settings.ACCOUNT_RATE_LIMITS = settings.THROTTLE = False
