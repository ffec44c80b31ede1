"""`manage.py sendtestemail` sends at once, and says what is wrong."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from pytest_django import Settings

from lib.mail.models import StoredMail

DANA = "dana@rope-makers.example"


def test_a_test_mail_leaves_at_once(settings: Settings) -> None:
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    out = StringIO()

    call_command("sendtestemail", DANA, stdout=out)

    assert [message.to for message in mail.outbox] == [[DANA]]
    assert "has taken the mail" in out.getvalue()


@pytest.mark.django_db
def test_a_mail_server_that_is_away_is_told_and_nothing_waits(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "lib.mail.backend.StoringBackend"
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(CommandError, match="ConnectionRefusedError"):
        call_command("sendtestemail", DANA)

    assert not StoredMail.objects.exists()
