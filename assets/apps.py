"""Uploaded files and who may open them."""

from typing import cast

from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate

from lib.db.folded import fill_folded_fields
from lib.deferred import DeferredModule


class AssetsConfig(AppConfig):
    name = "assets"
    verbose_name = "Files"

    def ready(self) -> None:
        import accounts.hooks
        from accounts import scopes
        from accounts.audit import descriptions
        from assets.audit_descriptions import DESCRIPTIONS
        from assets.checks import check_storage_url
        from assets.scopes import AREAS
        from assets.search_index import fill_search_index

        register(check_storage_url)
        post_migrate.connect(fill_folded_fields, sender=self)
        post_migrate.connect(fill_search_index, sender=self)
        scopes.areas.extend(AREAS)
        cleanup = DeferredModule("assets.cleanup.listeners")
        accounts.hooks.deletion_listeners.append(cast(accounts.hooks.DeletionListener, cleanup))
        descriptions.descriptions_by_table.update(DESCRIPTIONS)
