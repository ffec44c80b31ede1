from django.apps import AppConfig
from django.db.models.signals import post_migrate

from lib.db.counts import fill_row_counts
from lib.db.folded import fill_folded_fields


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People and organisations"

    def ready(self) -> None:
        from accounts.sign_in import listeners

        listeners.connect_signals()
        post_migrate.connect(fill_folded_fields, sender=self)
        post_migrate.connect(fill_row_counts, sender=self)
