"""`manage.py migrate`: Django's command, by one process at a time, which knows whether it was interrupted."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from lib.db.migrations import copy_tables_in_pieces, lock_migrations, record_completion


class Command(migrate.Command):
    """Applies migrations, then fills what they have added; `serve` calls it again until both are done."""

    def handle(self, *args: Any, database: str, **options: Any) -> None:
        """Migrate a database. Interrupted at any moment, the next call goes on."""
        with lock_migrations(database), copy_tables_in_pieces(database):
            super().handle(*args, database=database, **options)
            record_completion(database)
