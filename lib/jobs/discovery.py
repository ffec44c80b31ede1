"""Find the jobs of all subjects, when a worker starts and not before: no page waits for what they import."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

from lib.deferred import import_deferred


@cache
def import_job_modules() -> None:
    """Import each `jobs` module of the installed apps that are ours, and of `lib`."""
    for package in sorted({config.name.partition(".")[0] for config in apps.get_app_configs()}):
        folder = Path(settings.BASE_DIR) / package
        for file in sorted(folder.rglob("jobs.py")):
            import_deferred(".".join(file.relative_to(settings.BASE_DIR).with_suffix("").parts))
