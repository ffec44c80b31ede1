"""REST: what you want to be told of, how and when, and what an organisation suggests to its members."""

from __future__ import annotations

from ninja import Router

from accounts.permissions import require_admin_membership
from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from lib.web.openapi import list_problems, show_example
from lib.web.schemas import Slug
from notifications.preferences import services
from notifications.preferences.queries import find_defaults
from notifications.preferences.schemas import (
    NotificationDefaultsOut,
    NotificationDefaultsPatch,
    NotificationSettingsOut,
    NotificationSettingsPatch,
)

router = Router()

ROW = {
    "kind": "announcement",
    "label": "Announcements by administrators",
    "category": "Organisation",
    "in_app": True,
    "push": True,
    "mail": False,
}
SETTINGS = {
    "grid": [ROW],
    "choices": {"announcement": {"mail": False}},
    "keywords": ["release", "Harbour office"],
    "quiet_hours": [{"day": "monday", "start": "22:00", "end": "07:00"}],
    "time_zone": "Europe/Lisbon",
    "mail_pace": "15m",
    "silent_until": None,
    "paused": False,
}
DEFAULTS = {"grid": [ROW], "choices": {"announcement": {"mail": False}}, "mail_pace": "15m", "mail_content": True}


@router.get(
    "/me/notification-settings",
    tags=["notifications"],
    response=NotificationSettingsOut,
    openapi_extra=show_example(SETTINGS),
)
def get_notification_settings(request: ApiRequest) -> NotificationSettingsOut:
    """Get what reaches you how, your keywords, your quiet hours, and when what is unread is mailed."""
    return NotificationSettingsOut.of(request.auth)


@router.patch(
    "/me/notification-settings",
    tags=["notifications"],
    response=NotificationSettingsOut,
    openapi_extra=show_example(
        SETTINGS,
        body={
            "choices": {"announcement": {"mail": False}},
            "keywords": ["release", "Harbour office"],
            "quiet_hours": [{"day": "monday", "start": "22:00", "end": "07:00"}],
            "mail_pace": "15m",
        },
    ),
)
def update_notification_settings(request: ApiRequest, body: NotificationSettingsPatch) -> NotificationSettingsOut:
    """Change the settings that are given, all or none. They hold in all of your organisations.

    What a room is set to (`/rooms/{id}/me`) is obeyed before them. Your own sockets hear `notification.settings`.
    """
    services.change_settings(actor=request.auth, **body.changes())
    return NotificationSettingsOut.of(request.auth)


@router.get(
    "/orgs/{slug}/notification-defaults",
    tags=["organisations"],
    response={200: NotificationDefaultsOut, **list_problems(403)},
    openapi_extra=show_example(DEFAULTS),
)
def get_notification_defaults(request: ApiRequest, slug: Slug) -> NotificationDefaultsOut:
    """Get what an organisation suggests to members who have not chosen otherwise. For owners and administrators."""
    return NotificationDefaultsOut.of(find_defaults(require_admin_membership(request.auth, slug).organisation))


@router.patch(
    "/orgs/{slug}/notification-defaults",
    tags=["organisations"],
    response={200: NotificationDefaultsOut, **list_problems(403)},
    openapi_extra=show_example(DEFAULTS, body={"choices": {"announcement": {"mail": False}}, "mail_content": True}),
)
@needs_admin_scope
def update_notification_defaults(
    request: ApiRequest, slug: Slug, body: NotificationDefaultsPatch
) -> NotificationDefaultsOut:
    """Change what an organisation suggests, and whether its mails say what messages say. Members may choose otherwise.

    For owners and administrators.
    """
    changes = body.model_dump(exclude_unset=True)
    return NotificationDefaultsOut.of(services.change_defaults(actor=request.auth, slug=slug, **changes))
