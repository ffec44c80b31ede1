"""`manage.py changepassword <e-mail>`: Django's own, after which nobody stays signed in by the old one."""

from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.db import transaction

from accounts.audit.services import HIDDEN, record_updated
from accounts.models import User
from accounts.sessions.services import end_other_sessions


class Command(changepassword.Command):
    help = "Give somebody another password and sign them out everywhere. Their personal tokens go on working."

    def handle(self, *args: Any, **options: Any) -> str:
        options["username"] = email = User.objects.normalize_email(options["username"])
        told = super().handle(*args, **options)
        user = User.objects.get(email=email)
        with transaction.atomic():
            record_updated(None, user, password=HIDDEN)
            end_other_sessions(user=user)
        return f"{told}, who is signed out everywhere."
