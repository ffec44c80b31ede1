"""`manage.py rotate_keys`: encrypt stored secrets anew by the key that comes first now."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.mfa.services.verification import rotate_second_factor_keys
from lib.mail.delivery import rotate_mail_keys
from notifications.push.services import rotate_push_secrets


class Command(BaseCommand):
    """Rotation of the keys that encrypt stored secrets."""

    help = "Encrypt stored secrets by the first of DATA_KEYS, else SECRET_KEY, so that earlier keys can be removed."

    def handle(self, **options: Any) -> None:
        """Encrypt all secrets anew and print how many there were."""
        number = rotate_second_factor_keys() + rotate_mail_keys() + rotate_push_secrets()
        self.stdout.write(f"Encrypted anew: {number}")
