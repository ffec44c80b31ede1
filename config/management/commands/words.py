"""`manage.py words`: the former name of `makemessages` and `compilemessages`, to be removed with the next release."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Former name of two commands."""

    help = "Former name of makemessages and compilemessages."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--check`."""
        parser.add_argument("--check", action="store_true", help="Change nothing; fail when anything is amiss.")

    def handle(self, *, check: bool = False, **options: Any) -> None:
        """Print a notice and run both commands."""
        self.stderr.write("`manage.py words` is now `makemessages` and `compilemessages`; this name goes next release.")
        call_command("makemessages", check=check)
        call_command("compilemessages", check=check)
