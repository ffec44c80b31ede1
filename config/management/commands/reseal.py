"""`manage.py reseal`: seal what the database keeps encrypted by the key that comes first now."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.mfa.services.verification import rotate_second_factor_keys


class Command(BaseCommand):
    help = "Seal secrets by the first of DATA_KEYS, or SECRET_KEY where there are none, so that earlier keys can go."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Sealed anew: {rotate_second_factor_keys()}")
