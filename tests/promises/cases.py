"""How Alice asks for each operation whose path names something of Halyard. A new operation is one line more.

`case()` takes the ids from the world by the names in the path; `case(room_id="channel")` takes another one. A body is
given as it is, or as a function of the world's ids; without one, it is the document's example.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from urllib.parse import quote

from tests.accounts.pictures import halves, upload
from tests.factories import PASSWORD

IN_A_MONTH = (datetime.now(UTC) + timedelta(days=30)).isoformat()
Ids = Mapping[str, str]
Body = dict[str, Any] | Callable[[Ids], dict[str, Any]] | None


class Addressed(Protocol):
    """An operation, or a page."""

    @property
    def path(self) -> str: ...

    @property
    def ids(self) -> list[str]: ...

    @property
    def example(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Case:
    body: Body
    query: str
    ids: dict[str, str]
    by_link: bool

    def named(self, asked: Addressed, ids: Ids) -> dict[str, str]:
        """What stands in the path."""
        return {name: ids[self.ids.get(name, name)] for name in asked.ids}

    def address(self, asked: Addressed, named: Ids) -> str:
        path = asked.path.format(**{name: quote(value) for name, value in named.items()})
        return f"{path}?{self.query}" if self.query else path

    def body_of(self, asked: Addressed, ids: Ids) -> Any:
        if self.body is None:
            return asked.example
        return self.body(ids) if callable(self.body) else self.body


def case(body: Body = None, query: str = "", *, by_link: bool = False, **ids: str) -> Case:
    """`by_link`: whoever holds what the path names may, be they strangers."""
    return Case(body, query, ids, by_link)


CASES = {
    "end_session": case(),
    "revoke_personal_token": case(),
    "delete_linked_account": case(),
    "rename_passkey": case({"name": "Taken over"}),
    "remove_passkey": case({"password": PASSWORD}),
    "accept_awaiting_invitation": case(invitation_id="awaited"),
    "get_avatar": case(),
    "get_user": case(),
    "retry_job": case(),
    "cancel_job": case(),
    "update_user": case({"name": "Robert"}),
    "deactivate_user": case(),
    "activate_user": case(),
    "sign_user_out": case(),
    "take_second_factor_away": case(),
    "get_organisation": case(),
    "list_audit_entries": case(),
    "update_organisation": case({"name": "Taken over"}),
    "delete_organisation": case(),
    "list_organisation_members": case(),
    "get_organisation_member": case(),
    "change_organisation_member_role": case({"role": "guest"}),
    "remove_organisation_member": case(),
    "list_invitations": case(),
    "create_invitation": case({}),
    "revoke_invitation": case(),
    "resend_invitation": case(invitation_id="mailed"),
    "decline_awaiting_invitation": case(invitation_id="awaited"),
    "read_invitation": case(by_link=True),
    "accept_invitation": case(by_link=True),
    "decline_invitation": case(by_link=True, token="awaited_token"),
    "list_rooms": case(),
    "create_room": case({"name": "plans", "kind": "channel"}),
    "open_direct_room": case(lambda ids: {"user_ids": [ids["user_id"]]}),
    "get_room": case(),
    "update_room": case({"name": "taken over"}),
    "get_own_settings": case(),
    "update_own_settings": case({"favourite": True, "notification_level": "nothing"}),
    "delete_room": case(),
    "archive_room": case(),
    "unarchive_room": case(),
    "join_room": case(room_id="channel"),
    "leave_room": case(),
    "list_room_members": case(),
    "list_system_messages": case(),
    "set_room_picture": case(lambda ids: {"file": upload(halves())}),
    "remove_room_picture": case(),
    "get_room_picture": case(name="room_picture"),
    "add_room_member": case(lambda ids: {"user_id": ids["robin"]}),
    "update_room_member": case({"role": "admin"}),
    "remove_room_member": case(),
    "list_messages": case(),
    "post_message": case({"content": "let me in"}),
    "list_changes": case(query="since=0"),
    "mark_read": case({"seq": 0}),
    "mark_all_read": case(),
    "undo_mark_all_read": case({"rooms": [], "threads": []}),
    "get_draft": case(),
    "test_push_subscription": case(),
    "delete_push_subscription": case(),
    "get_notification": case(),
    "get_notification_defaults": case(),
    "update_notification_defaults": case({"mail_pace": "5m"}),
    "read_notification": case(),
    "unread_notification": case(),
    "list_announcements": case(),
    "create_announcement": case(),
    "delete_announcement": case(),
    "save_draft": case({"content": "half a thought"}),
    "delete_draft": case(),
    "schedule_message": case({"content": "in a month", "send_at": IN_A_MONTH}),
    "change_scheduled_message": case({"content": "in two", "send_at": IN_A_MONTH, "time_zone": "Europe/Berlin"}),
    "delete_scheduled_message": case(),
    "return_scheduled_message": case(),
    "send_scheduled_message": case(),
    "remind_of_message": case({"remind_at": IN_A_MONTH}),
    "remove_message_reminder": case(),
    "remind_of_note": case({"note": "water the plants", "remind_at": IN_A_MONTH}),
    "change_reminder": case({"remind_at": IN_A_MONTH, "time_zone": "Europe/Berlin", "note": "water them"}),
    "finish_reminder": case(),
    "get_message": case(),
    "list_readers": case(),
    "list_room_commands": case(),
    "run_room_command": case({"text": "/me waves"}),
    "report_message": case({"reason": "rude"}, message_id="message_of_member"),
    "list_reports": case(),
    "resolve_report": case({}),
    "dismiss_report": case(),
    "forward_message": case(lambda ids: {"room_id": ids["room_id"]}),
    "edit_message": case({"content": "taken over"}),
    "delete_message": case(),
    "list_revisions": case(),
    "list_replies": case(),
    "mark_thread_read": case({"seq": 0}),
    "follow_thread": case(),
    "unfollow_thread": case(),
    "list_threads": case(),
    "get_file": case(),
    "show_storage": case(),
    "update_file": case({"alt_text": "Taken over"}),
    "delete_file": case(),
    "get_asset_content": case(),
    "get_asset_thumbnail": case(),
    "list_custom_emoji": case(),
    "add_custom_emoji": case(lambda ids: {"file": upload(halves()), "name": "anchor_dance"}),
    "get_emoji_image": case(),
    "update_custom_emoji": case({"aliases": ["dinghy_dance"]}),
    "delete_custom_emoji": case(),
    "list_mentions": case(),
    "list_groups": case(),
    "create_group": case({"name": "Paint", "handle": "paint"}),
    "get_group": case(),
    "update_group": case({"name": "Taken over"}),
    "delete_group": case(),
    "list_group_members": case(),
    "add_group_member": case(),
    "remove_group_member": case(),
    "add_group_to_room": case(),
    "suggest_mentions": case(),
    "count_message_reach": case({"content": "@room"}),
    "add_reaction": case(),
    "remove_reaction": case(),
    **dict.fromkeys(["pin_message", "unpin_message", "list_pins"], case()),
    "remove_preview": case(),
    "remove_attachment": case(message_id="message_with_file"),
    "get_preview_image": case(),
    "tick_task": case({"done": True}),
    "bookmark_message": case(),
    "remove_bookmark": case(),
    "list_projects": case(),
    "create_project": case({"name": "Lighthouse"}),
    "get_project": case(),
    "update_project": case({"name": "Taken over"}),
    "import_tasks": case(lambda ids: {"file": upload(b"Title\nVarnish,\n", "tasks.csv"), "kind": "csv"}),
    "list_project_members": case(),
    "add_project_member": case(lambda ids: {"user_id": ids["robin"]}),
    "update_project_member": case({"role": "admin"}),
    "remove_project_member": case(),
    "list_columns": case(),
    "create_column": case({"name": "Review"}),
    "update_column": case({"name": "Taken over"}),
    "delete_column": case(),
    "delete_project": case(),
    "archive_project": case(),
    "unarchive_project": case(),
    "restore_project": case(project_id="deleted_project_id"),
    "duplicate_project": case({"name": "Second Light"}),
    "set_project_picture": case(lambda ids: {"file": upload(halves())}),
    "remove_project_picture": case(),
    "get_project_picture": case(name="project_picture"),
    "list_labels": case(),
    "create_label": case({"name": "Varnish"}),
    "update_label": case({"name": "Taken over"}),
    "delete_label": case(),
    "list_tasks": case(),
    "create_task": case({"title": "Varnish"}),
    "add_task_from_text": case({"text": "Varnish"}),
    "read_task_from_text": case(query="text=Varnish"),
    "get_task": case(),
    "update_task": case({"title": "Taken over"}),
    "delete_task": case(),
    "restore_task": case(task_id="deleted_task_id"),
    "complete_task": case(),
    "reopen_task": case(),
    "move_task": case(lambda ids: {"column_id": ids["column_id"]}),
    "list_task_changes": case(),
    "list_comments": case(),
    "add_comment": case({"content": "Blue"}),
    "create_task_of_message": case(lambda ids: {"project_id": ids["project_id"]}),
    "list_task_references": case(),
    "suggest_tasks": case(),
    "save_tasks": case({"items": [{"title": "Varnish"}]}),
    "update_tasks": case(lambda ids: {"task_ids": [ids["task_id"]], "changes": {"title": "Taken over"}}),
    "move_tasks": case(lambda ids: {"task_ids": [ids["task_id"]], "column_id": ids["column_id"]}),
    "delete_tasks": case(lambda ids: {"task_ids": [ids["task_id"]]}),
    "upsert_task": case({"title": "Varnish"}),
    **dict.fromkeys(["get_import", "delete_import", "get_statistics"], case()),
    **dict.fromkeys(["start_timer", "stop_timer", "list_time_entries", "delete_time_entry"], case()),
    **dict.fromkeys(["list_relations", "remove_relation", "list_attachments", "detach_file", "add_watcher"], case()),
    **dict.fromkeys(["get_watch", "watch_task", "unwatch_task", "list_watchers", "remove_watcher"], case()),
    "add_time_entry": case({"started_at": "2026-03-01T09:00:00Z", "seconds": 60}),
    "update_time_entry": case({"note": "Taken over"}),
    "relate_tasks": case(lambda ids: {"kind": "blocks", "task_id": ids["whole_task_id"]}),
    "attach_files": case(lambda ids: {"asset_ids": [ids["asset_id"]]}),
    **dict.fromkeys(["list_saved_views", "get_saved_view", "delete_saved_view", "export_project_tasks"], case()),
    **dict.fromkeys(["create_saved_view", "update_saved_view"], case({"name": "Urgent"})),
    **dict.fromkeys(["get_share_link", "save_share_link", "renew_share_link", "revoke_share_link"], case()),
}
