from typing import cast

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from lib.db.counts import fill_row_counts
from lib.db.folded import fill_folded_fields
from lib.deferred import DeferredModule


class ChatConfig(AppConfig):
    """Rooms, messages and their live delivery."""

    name = "chat"
    verbose_name = "Rooms and messages"

    def ready(self) -> None:
        import accounts.hooks
        import assets.hooks
        from accounts import scopes
        from accounts.audit import descriptions
        from assets import access
        from chat.audit_descriptions import DESCRIPTIONS
        from chat.commands import registry
        from chat.scopes import AREAS
        from chat.search_index import fill_search_index
        from notifications import kinds, places
        from notifications.push.badges import BadgeCounter, badge_counters

        post_migrate.connect(fill_folded_fields, sender=self)
        post_migrate.connect(fill_row_counts, sender=self)
        post_migrate.connect(fill_search_index, sender=self)
        for name in ("help", "posting", "reminders", "rooms"):
            registry.handlers.append(cast(registry.Handlers, DeferredModule(f"chat.commands.handlers.{name}")))
        places.places.append(cast(places.Places, DeferredModule("chat.notifying.places")))
        badge_counters.append(cast(BadgeCounter, DeferredModule("chat.sidebar.attention")))
        accounts.hooks.subscribers.append(cast(accounts.hooks.Subscriber, DeferredModule("chat.hooks")))
        assets.hooks.subscribers.append(cast(assets.hooks.Subscriber, DeferredModule("chat.asset_hooks")))
        access.sources.append(cast(access.AccessSource, DeferredModule("chat.attachments.access")))
        # Before those of notifications: what happens most comes first in the settings.
        kinds.modules[:0] = ["chat.notifying.kinds", "chat.reminders.kinds", "chat.scheduled.kinds"]
        scopes.areas.extend(AREAS)
        descriptions.descriptions_by_table.update(DESCRIPTIONS)
