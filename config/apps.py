from allauth.account.apps import AccountConfig
from allauth.socialaccount.apps import SocialAccountConfig
from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    default_site = "config.admin.AdminSite"


class AddressesConfig(AccountConfig):
    """allauth's accounts, whose only rows in the admin are e-mail addresses: ours are the people."""

    verbose_name = "E-mail addresses"


class ConnectionsConfig(SocialAccountConfig):
    """allauth's accounts at providers. Which providers there are is in the settings, never in the database."""

    verbose_name = "Connected accounts"


class ConfigConfig(AppConfig):
    """The wiring, an app only so that `manage.py serve` is found."""

    name = "config"
    default = True
