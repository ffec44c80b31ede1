"""Projects, work items and the agents that work on them."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tasks"
