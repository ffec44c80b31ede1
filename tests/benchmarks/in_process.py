"""Django in the process that measures, with a database of its own."""

from __future__ import annotations

import os


def start_django(folder: str) -> None:
    """Set Django up as in production, with its files and a new SQLite database in `folder`.

    BENCHMARK_DATABASE_URL names another database, which has to be empty.
    """
    os.environ |= {
        "ALLOWED_HOSTS": "testserver",
        "DATA_DIR": folder,
        "DATABASE_URL": os.environ.get("BENCHMARK_DATABASE_URL", f"sqlite:///{folder}/atrium.sqlite3"),
        "DEBUG": "off",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "HTTPS": "off",
        "REDIS_URL": "",
        "SECRET_KEY": "only-for-benchmarks-" * 3,
        "THROTTLE": "off",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
