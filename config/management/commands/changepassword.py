"""`manage.py changepassword <e-mail>`: change a password as Django does, and end the user's sessions."""

from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.db import transaction

from accounts.audit.services import HIDDEN, record_updated
from accounts.models import User
from accounts.sessions.services import end_other_sessions


class Command(changepassword.Command):
    """Django's command, which also ends sessions and writes an audit entry."""

    help = "Change a user's password and sign them out everywhere. Their personal tokens go on working."

    def handle(self, *args: Any, **options: Any) -> str:
        """Change the password; raise CommandError for an unknown address."""
        options["username"] = email = User.objects.normalize_email(options["username"])
        message = super().handle(*args, **options)
        user = User.objects.get(email=email)
        with transaction.atomic():
            record_updated(None, user, password=HIDDEN)
            end_other_sessions(user=user)
        return f"{message}, who is signed out everywhere."
