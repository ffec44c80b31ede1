"""`python -m tests.benchmarks.fill MODULE`: migrate, let a module make its `World`, and print that as JSON."""

from __future__ import annotations

import sys
from importlib import import_module

import django
from django.core.management import call_command


def main(module: str) -> None:
    """DJANGO_SETTINGS_MODULE says whose database it is."""
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    print(import_module(module).make_world().to_json())


if __name__ == "__main__":
    main(sys.argv[1])
