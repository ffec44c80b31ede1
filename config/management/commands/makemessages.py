"""`manage.py makemessages`: gather the texts of the source into the catalogues in `locale/`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import translations


class Command(BaseCommand):
    """Django's command by Babel, for all languages and scripts, with a check of the translations."""

    help = "Gathers all texts into locale/ and says what is not translated. --check only fails when anything is amiss."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--check`."""
        parser.add_argument("--check", action="store_true", help="Change nothing; fail when anything is amiss.")

    def handle(self, *, check: bool = False, **options: Any) -> None:
        """Update the catalogues; with `check`, raise CommandError for differences and faults instead."""
        faults: list[str] = []
        for language in translations.list_languages():
            for domain in translations.DOMAINS:
                faults += self._update_catalogue(language, domain, check=check)
        if check and faults:
            raise CommandError("\n".join(faults))
        for fault in faults:
            self.stderr.write(self.style.WARNING(fault))

    def _update_catalogue(self, language: str, domain: str, *, check: bool) -> list[str]:
        catalog = translations.read_catalog(language, domain)
        changed = translations.update_catalog(catalog)
        name = f"{domain}.po ({language})"
        faults = [f"{name}: {fault}" for fault in translations.find_faults(catalog)]
        if not check:
            translations.locate_catalog(language, domain).write_bytes(translations.format_catalog(catalog))
        elif changed:
            faults.append(f"{name} and the source differ: run `manage.py makemessages`. {changed}")
        return faults
