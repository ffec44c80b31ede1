"""Register the app of background work."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """App of the queue, beside the table of `django_tasks_db`."""

    name = "lib.jobs"
    label = "jobs"
