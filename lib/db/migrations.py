"""Compare the migrations of the code with those of the database."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def list_pending_migrations() -> frozenset[tuple[str, str]]:
    """Return app and name of the migrations that wait to be applied. Raise DatabaseError without a database."""
    return list_migrations() - MigrationRecorder(connection).applied_migrations().keys()


@cache
def list_migrations() -> frozenset[tuple[str, str]]:
    """Return app and name of all migrations in the code, read once per process.

    By their files alone: Django's loader imports each, which every start would wait for.
    """
    return frozenset(
        (app.label, module.name)
        for app in apps.get_app_configs()
        if (package := find_spec(f"{app.name}.migrations"))
        for module in iter_modules(package.submodule_search_locations)
        if not module.ispkg and not module.name.startswith(("_", "~"))
    )
