"""Configure the apps of the wiring, and adapt those of libraries."""

from allauth.account.apps import AccountConfig
from allauth.socialaccount.apps import SocialAccountConfig
from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig


class AdminConfig(SimpleAdminConfig):
    """Admin with our own site. `config.admin_urls` finds its pages, which no start has to wait for."""

    default_site = "config.admin.AdminSite"


class EmailAddressesConfig(AccountConfig):
    """App of allauth's accounts, whose only rows in the admin are e-mail addresses."""

    verbose_name = "E-mail addresses"


class LinkedAccountsConfig(SocialAccountConfig):
    """App of allauth's linked accounts. Providers are configured in the settings, never in the database."""

    verbose_name = "Connected accounts"

    def ready(self) -> None:
        """Register the checks alone: providers, which need an HTTP client, are loaded by `ProviderAdapter`."""
        from allauth.socialaccount import checks  # noqa: F401


class ConfigConfig(AppConfig):
    """App of the wiring, so that its commands and template tags are found."""

    name = "config"
    default = True
