"""Mail backend that stores messages in the transaction that causes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from lib.mail.content import encrypt_message
from lib.mail.jobs import deliver_mail
from lib.mail.models import StoredMail


class StoringBackend(BaseEmailBackend):
    """Mail backend that stores messages; jobs send them by the backend that EMAIL_URL names."""

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        super().__init__(fail_silently=fail_silently)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store messages in the caller's transaction, and return how many."""
        sendable = [message for message in email_messages if message.recipients()]
        with transaction.atomic():
            for message in sendable:
                stored = StoredMail.objects.create(content=encrypt_message(message))
                deliver_mail.enqueue(mail_id=str(stored.pk))
        return len(sendable)
