"""Provide `manage.py refresh`: empty the database, migrate and seed it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Deletes everything in the database, then migrates and seeds it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="needed outside development")
        parser.add_argument("--users", type=int, default=0)
        parser.add_argument("--messages", type=int, default=1500)

    def handle(self, *, yes: bool, users: int, messages: int, **options: Any) -> None:
        if not (settings.DEBUG or yes):
            raise CommandError("This deletes everything in the database. If that is meant, add --yes.")
        _drop_tables()
        call_command("migrate", verbosity=0, interactive=False, stdout=self.stdout)
        call_command("seed", users=users, messages=messages, stdout=self.stdout)


def _drop_tables() -> None:
    """Drop all tables one by one: the file may be open in a server, and the role may not own the schema."""
    with connection.schema_editor() as editor:
        cascade = " CASCADE" if connection.vendor == "postgresql" else ""
        for table in sorted(connection.introspection.table_names()):
            editor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)}{cascade}")
