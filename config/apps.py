"""Configure the apps of the wiring, and adapt those of libraries."""

from allauth.account.apps import AccountConfig
from allauth.socialaccount.apps import SocialAccountConfig
from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """Admin with our own site."""

    default_site = "config.admin.AdminSite"


class EmailAddressesConfig(AccountConfig):
    """App of allauth's accounts, whose only rows in the admin are e-mail addresses."""

    verbose_name = "E-mail addresses"


class LinkedAccountsConfig(SocialAccountConfig):
    """App of allauth's linked accounts. Providers are configured in the settings, never in the database."""

    verbose_name = "Connected accounts"


class ConfigConfig(AppConfig):
    """App of the wiring, so that its commands and template tags are found."""

    name = "config"
    default = True
