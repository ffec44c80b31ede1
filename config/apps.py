from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    default_site = "config.admin.AdminSite"


class ConfigConfig(AppConfig):
    """The wiring, an app only so that `manage.py serve` is found."""

    name = "config"
    default = True
