"""The pages as their addresses name them, and how Alice sends each form. A new page is one line more."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accounts import urls as accounts_urls
from chat import urls as chat_urls
from notifications import urls as notifications_urls
from tests.accounts.pictures import halves, upload
from tests.factories import PASSWORD
from tests.promises.cases import IN_A_MONTH, case


@dataclass(frozen=True, slots=True)
class Page:
    path: str
    example: None = None

    @property
    def ids(self) -> list[str]:
        """The names in its path."""
        return re.findall(r"{(\w+)}", self.path)


PAGES = {
    f"{urls.app_name}:{pattern.name}": Page("/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern)))
    for urls in (accounts_urls, chat_urls, notifications_urls)
    for pattern in urls.urlpatterns
    # Providers are nobody's: who passes their doors is tested with them.
    if "provider_id" not in str(pattern.pattern)
}

CASES = {
    "accounts:organisation": case({"name": "Taken over"}),
    "accounts:invitations": case({"role": "member", "emails": "nina@halyard.example"}),
    "accounts:invite-link": case({"role": "member"}),
    "accounts:invitation-again": case({}, invitation_id="mailed"),
    "accounts:revocation": case({}),
    "accounts:member": case({"role": "guest"}),
    "accounts:removal": case({}),
    "accounts:requirement": case({"required": "on"}),
    "accounts:link-previews": case({}),
    "accounts:message-rules": case({"edit_window": "15", "delete_window": ""}),
    "accounts:deletion": case({"typed_name": "Halyard"}),
    "accounts:join": case({}, by_link=True),
    "accounts:join-decline": case({}, by_link=True, token="awaited_token"),
    "accounts:members": case(),
    "accounts:organisation-audit": case(),
    "accounts:unlink-account": case({}),
    "accounts:second-factor-passkey": case({"name": "Taken over"}),
    "accounts:second-factor-passkey-removal": case({"password": PASSWORD}),
    "accounts:decline": case({}, invitation_id="awaited"),
    "accounts:acceptance": case({}, invitation_id="awaited"),
    "accounts:user": case({"name": "Robert", "username": "bob", "email": "bob@halyard.example", "role": "user"}),
    "accounts:user-deactivation": case({}),
    "accounts:user-activation": case({}),
    "accounts:user-sign-out": case({}),
    "accounts:user-second-factor-removal": case({}),
    "accounts:session-end": case({}),
    "accounts:job-retry": case({}),
    "accounts:job-cancellation": case({}),
    "accounts:token-revocation": case({}),
    "chat:home": case(),
    "chat:sidebar": case(),
    "chat:my-rooms": case(),
    "chat:my-directs": case(),
    "chat:directory": case(),
    "chat:room-new": case({"name": "plans", "kind": "channel"}),
    "chat:people-options": case(),
    "chat:people": case(lambda ids: {"user_ids": ids["user_id"]}),
    "chat:person": case(),
    "chat:person-message": case({}),
    "chat:emoji": case(lambda ids: {"file": upload(halves()), "name": "anchor_dance"}),
    "chat:emoji-rule": case({"admins_only": "on"}),
    "chat:emoji-aliases": case({"aliases": "dinghy_dance"}),
    "chat:emoji-removal": case({}),
    "chat:groups": case({"name": "Paint", "handle": "paint"}),
    "chat:group": case({"name": "Taken over", "handle": "crew"}),
    "chat:group-members": case(lambda ids: {"user_ids": ids["user_id"]}),
    "chat:group-member-removal": case({}),
    "chat:group-room": case(lambda ids: {"room_id": ids["room_id"]}),
    "chat:group-deletion": case({}),
    "chat:mentions": case(),
    "chat:threads": case(),
    "chat:thread-read": case({}),
    "chat:thread-unfollow": case({}),
    "chat:unread": case(),
    "chat:unread-read-all": case({}),
    "chat:unread-read": case({}),
    "chat:drafts": case(),
    "chat:notifications": case(),
    "chat:notifications-read-all": case({}),
    "chat:notification": case({}),
    "chat:draft-removal": case({}),
    "chat:scheduled": case(),
    "chat:scheduled-change": case({"content": "in two months", "send_at": IN_A_MONTH[:16]}),
    "chat:scheduled-send": case({}),
    "chat:to-draft": case({}),
    "chat:unschedule": case({}),
    "chat:reminders": case(),
    "chat:reminder-change": case({"choice": "tomorrow"}),
    "chat:reminder-done": case({}),
    "chat:bookmarks": case(),
    "chat:search": case(query="q=message"),
    "chat:bookmark-removal": case({}),
    "chat:room": case(),
    "chat:post": case({"content": "let me in"}),
    "chat:message": case(),
    "chat:invite-link": case({}),
    "chat:mention-options": case(),
    "chat:feed": case(),
    "chat:changes": case(),
    "chat:details": case({"name": "taken over"}),
    "chat:picture": case(lambda ids: {"file": upload(halves())}),
    "chat:picture-removal": case({}),
    "chat:own-settings": case({"favourite": "on"}),
    "chat:pins": case(),
    "chat:message-card": case(),
    "chat:bookmarked-here": case(),
    "chat:faces": case(),
    "chat:member-add": case(lambda ids: {"user_ids": ids["robin"]}),
    "chat:member-role": case({"role": "admin"}),
    "chat:member-removal": case({}),
    "chat:join": case({}, room_id="channel"),
    "chat:leave": case({}),
    "chat:archive": case({}),
    "chat:unarchive": case({}),
    "chat:deletion": case({}),
    "chat:reports": case(),
    "chat:report-closing": case({"dismiss": "on"}),
    "chat:readers": case(),
    "chat:origin": case(),
    "chat:destinations": case(),
    "chat:revisions": case(),
    "chat:thread": case(),
    "chat:thread-feed": case(),
    "chat:thread-changes": case(),
    "chat:reply": case({"content": "let me in"}),
    "chat:follow": case({}),
    "chat:unfollow": case({}),
    "chat:unpin": case({}),
    "notifications:announcements": case({"text": "Tea at four"}),
    "notifications:announcement-removal": case({}),
    "notifications:defaults": case({"mail_pace": "5m"}),
    "notifications:device-test": case({}),
    "notifications:device-end": case({}),
    "notifications:unsubscribe": case({}, by_link=True, token="unsubscribe_token"),
}
