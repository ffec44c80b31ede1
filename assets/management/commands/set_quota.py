"""`manage.py set_quota`: set how many bytes an organisation may store."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from accounts.models import Organisation
from assets.storing.services import set_storage_quota
from lib.text.sizes import parse_size

DEFAULT = "default"


class Command(BaseCommand):
    """Quota of one organisation."""

    help = "Sets how many bytes an organisation may store. Says what it uses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add whose quota, and how much."""
        parser.add_argument("organisation", help="Its slug, as in /o/halyard/.")
        parser.add_argument("quota", help="Such as 20GB, 500MB or 4096; `default`: STORAGE_QUOTA of the server.")

    def handle(self, *, organisation: str, quota: str, **options: Any) -> None:
        """Set it."""
        try:
            found = Organisation.objects.get(slug=organisation)
            size = None if quota == DEFAULT else parse_size(quota)
            use = set_storage_quota(actor=None, organisation_id=found.pk, quota=size)
        except Organisation.DoesNotExist as error:
            raise CommandError(f"There is no organisation {organisation}.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except ValueError as error:
            raise CommandError(f"{quota} is no size. Write 20GB, or default.") from error
        limit = "as much as the disk has" if use.limit is None else filesizeformat(use.limit)
        self.stdout.write(f"{found.name} may store {limit}, and stores {filesizeformat(use.used)}.")
