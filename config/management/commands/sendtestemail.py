"""`manage.py sendtestemail`: try whether mail leaves, at once and in this process."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Trial of `EMAIL_URL`. Other mails are stored, and sent by the server; this one says what is wrong."""

    help = "Sends a mail to the addresses by EMAIL_URL at once, and says what the mail server answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the addresses."""
        parser.add_argument("email", nargs="+")

    def handle(self, *, email: list[str], **options: Any) -> None:
        """Send the mail; raise CommandError with the words of the mail server."""
        connection = get_connection(settings.EMAIL_DELIVERY_BACKEND)
        message = EmailMessage("A test mail from Atrium", "Mail leaves: EMAIL_URL is right.\n", to=email)
        try:
            connection.send_messages([message])
        except OSError as error:
            raise CommandError(f"The mail was not sent: {error!r}") from error
        self.stdout.write("The mail server has taken the mail.")
