"""Write messages as encrypted text, and read them again."""

from __future__ import annotations

import json
from email.utils import formatdate, make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives

from lib.crypto import decrypt, encrypt


def encrypt_message(message: EmailMessage) -> str:
    """Return a message of text and alternatives as encrypted text, with the date and the Message-ID that it will keep.

    Raise ValueError for one with attachments.
    """
    if message.attachments:
        raise ValueError("Mails with attachments are not stored.")
    stored = {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": list(message.to),
        "cc": list(message.cc),
        "bcc": list(message.bcc),
        "reply_to": list(message.reply_to),
        "headers": _build_headers(message),
        "alternatives": [[str(part[0]), part[1]] for part in getattr(message, "alternatives", ())],
    }
    return encrypt(json.dumps(stored))


def decrypt_message(content: str) -> EmailMultiAlternatives:
    """Return the message of an encrypted text; raise `DecryptionError` where its key is gone."""
    stored: dict[str, Any] = json.loads(decrypt(content))
    alternatives = stored.pop("alternatives")
    message = EmailMultiAlternatives(**stored)
    for text, kind in alternatives:
        message.attach_alternative(text, kind)
    return message


def _build_headers(message: EmailMessage) -> dict[str, str]:
    """Return a message's own headers. Should it be sent twice, both copies have the same date and the same id."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    own = {name: str(value) for name, value in message.extra_headers.items()}
    names = {name.lower() for name in own}
    if "date" not in names:
        own["Date"] = formatdate()
    if "message-id" not in names:
        own["Message-ID"] = make_msgid(domain=domain)
    return own
