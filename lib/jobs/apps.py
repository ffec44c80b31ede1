"""Register the app of background work."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from lib.jobs.table import create_indexes


class JobsConfig(AppConfig):
    """App of the queue, beside the table of `django_tasks_db`."""

    name = "lib.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Add indexes to the library's table after migrations."""
        post_migrate.connect(create_indexes, sender=self, dispatch_uid="jobs.create_indexes")
