"""App of the mails that wait to be sent."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mails that wait to be sent."""

    name = "lib.mail"
    label = "mail"
    verbose_name = "Mails that wait"
