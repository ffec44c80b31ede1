#!/usr/bin/env python
"""Atrium's command line: migrate, seed, refresh, serve, stats and Django's own commands."""

import gc
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Importing makes many objects and hardly any garbage: looking for it was a quarter of the start.
    gc.set_threshold(1_000_000)
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as error:
        # Django would go on without our commands, and complain of the arguments of its own of the same name.
        sys.exit(f"manage.py: {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
