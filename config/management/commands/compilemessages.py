"""`manage.py compilemessages`: compile the catalogues of `locale/` for Django and for browsers."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import translations


class Command(BaseCommand):
    """Django's command by Babel, which also writes `static/js/translations/` and the source language."""

    help = "Compiles the translations. --check only fails when a compiled file is out of date."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--check`."""
        parser.add_argument("--check", action="store_true", help="Change nothing; fail when a file is out of date.")

    def handle(self, *, check: bool = False, **options: Any) -> None:
        """Write the files that are out of date; with `check`, raise CommandError naming them instead."""
        outdated = [compiled for compiled in translations.compile_catalogs() if not compiled.is_current()]
        if check and outdated:
            names = (f"{compiled.file} is not compiled from {compiled.source}" for compiled in outdated)
            raise CommandError("\n".join((*names, "Run `manage.py compilemessages`.")))
        for compiled in outdated:
            compiled.file.parent.mkdir(parents=True, exist_ok=True)
            compiled.file.write_bytes(compiled.content)
