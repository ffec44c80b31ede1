"""A person's inbox and the ways it reaches them."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
