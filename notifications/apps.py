"""A person's inbox and the ways it reaches them."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What users should know of: the bell, push and mail."""

    name = "notifications"

    def ready(self) -> None:
        from django.core.checks import register

        from accounts import scopes
        from accounts.audit import descriptions
        from notifications import kinds
        from notifications.audit_descriptions import DESCRIPTIONS
        from notifications.push.checks import check_push_settings
        from notifications.scopes import AREAS

        scopes.areas.extend(AREAS)
        kinds.modules.append("notifications.announcements.kinds")
        descriptions.descriptions_by_table.update(DESCRIPTIONS)
        register(check_push_settings)
