"""A person's inbox and the ways it reaches them."""

from typing import cast

from django.apps import AppConfig

from lib.deferred import DeferredModule


class NotificationsConfig(AppConfig):
    """What users should know of: the bell, push and mail."""

    name = "notifications"

    def ready(self) -> None:
        from django.core.checks import register

        import accounts.hooks
        from accounts import scopes
        from accounts.audit import descriptions
        from notifications import kinds
        from notifications.audit_descriptions import DESCRIPTIONS
        from notifications.push.checks import check_push_settings
        from notifications.scopes import AREAS

        scopes.areas.extend(AREAS)
        subjects = ("announcements", "invitations", "security")
        kinds.modules += [f"notifications.{subject}.kinds" for subject in subjects]
        invitations = DeferredModule("notifications.invitations.services")
        accounts.hooks.invitation_listeners.append(cast(accounts.hooks.InvitationListener, invitations))
        security = DeferredModule("notifications.security.services")
        accounts.hooks.notice_listeners.append(cast(accounts.hooks.NoticeListener, security))
        descriptions.descriptions_by_table.update(DESCRIPTIONS)
        register(check_push_settings)
