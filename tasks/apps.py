from typing import cast

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from lib.db.folded import fill_folded_fields
from lib.deferred import DeferredModule


class TasksConfig(AppConfig):
    """Projects, their tasks, and the agents that work on them."""

    name = "tasks"
    verbose_name = "Projects and tasks"

    def ready(self) -> None:
        import assets.hooks
        from accounts import hooks as account_hooks
        from accounts import scopes
        from accounts.audit import descriptions
        from assets import access
        from chat.commands import registry as command_registry
        from chat.demo import registry as demo
        from chat.imports import registry as import_registry
        from chat.messages import fragment_texts
        from chat.rooms import listeners
        from chat.search import registry as search_registry
        from chat.sidebar import registry
        from notifications import kinds
        from tasks.audit_descriptions import DESCRIPTIONS
        from tasks.cards.texts import TEXTS
        from tasks.models.positions import ensure_bytewise_positions
        from tasks.models.projects import fill_project_names
        from tasks.scopes import AREAS
        from tasks.work import hooks

        demo.planters.append(cast(demo.Planter, DeferredModule("tasks.demo.planting")))
        registry.sources.append(cast(registry.Source, DeferredModule("tasks.projects.sidebar")))
        members = DeferredModule("tasks.projects.listeners")
        listeners.listeners.append(cast(listeners.MainChannelListener, members))
        sharing = DeferredModule("tasks.sharing.listeners")
        account_hooks.sharing_listeners.append(cast(account_hooks.SharingListener, sharing))
        post_migrate.connect(fill_folded_fields, sender=self)
        post_migrate.connect(ensure_bytewise_positions, sender=self)
        post_migrate.connect(fill_project_names, sender=self)
        kinds.modules.append("tasks.notifying.kinds")
        assets.hooks.subscribers.append(cast(assets.hooks.Subscriber, DeferredModule("tasks.asset_hooks")))
        access.sources.append(cast(access.AccessSource, DeferredModule("tasks.attachments.access")))
        scopes.areas.extend(AREAS)
        command_registry.handlers.append(
            cast(command_registry.Handlers, DeferredModule("tasks.from_messages.commands"))
        )
        search_registry.sources.append(cast(search_registry.Source, DeferredModule("tasks.references.found")))
        for name in ("tasks.cards.listeners", "tasks.notifying.listeners"):
            hooks.listeners.append(cast(hooks.Listener, DeferredModule(name)))
        task_imports = cast(import_registry.Format, DeferredModule("tasks.imports.running"))
        import_registry.formats.update(dict.fromkeys(("csv", "trello", "vikunja", "todoist"), task_imports))
        fragment_texts.card_texts.update(TEXTS)
        descriptions.descriptions_by_table.update(DESCRIPTIONS)
