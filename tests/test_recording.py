"""No operation that changes something is forgotten by the audit trail."""

from tests.accounts.audit.test_records import RECORDED as OF_ACCOUNTS
from tests.chat.rooms.test_audit import RECORDED as OF_ROOMS

# What is written down is looked at where such a request can be made.
ELSEWHERE = {
    *("open_calendar_feed", "revoke_calendar_feed"),  # tests/tasks/feeds/test_feeds.py
    # tests/tasks/sharing/test_share_links.py
    *("save_share_link", "renew_share_link", "revoke_share_link"),
    # Forms with a file: tests/chat/emoji/test_emoji.py
    "add_custom_emoji",
    "update_custom_emoji",
    "delete_custom_emoji",
    "set_room_picture",  # tests/chat/rooms/test_pictures.py
    # tests/chat/groups/test_groups.py
    "create_group",
    "update_group",
    "delete_group",
    "add_group_member",
    "remove_group_member",
    "add_group_to_room",
    "set_avatar",  # a form with a file: tests/accounts/profiles/test_avatar.py
    # An authenticator has to answer: tests/accounts/mfa/test_passkey_records.py
    "finish_passkey",
    "rename_passkey",
    "remove_passkey",
    "decline_invitation",  # tests/accounts/onboarding/test_declined_links.py
    "decline_awaiting_invitation",  # tests/accounts/onboarding/test_awaiting_invitations.py
    *("report_message", "resolve_report", "dismiss_report"),  # tests/chat/reports/test_reports.py
    "update_notification_defaults",  # tests/notifications/preferences/test_defaults.py
    *("create_announcement", "delete_announcement"),  # tests/notifications/test_announcements.py
    *("retry_job", "cancel_job"),  # tests/accounts/job_queue/test_api.py
    # tests/tasks/projects/test_records.py
    *("create_project", "update_project", "delete_project", "restore_project", "duplicate_project"),
    *("archive_project", "unarchive_project", "set_project_picture", "remove_project_picture"),
    *("add_project_member", "update_project_member", "remove_project_member"),
    "resend_invitation",  # a mail has to be sent: tests/accounts/organisations/test_invitation_mail.py
}
# Each for a reason.
NEEDS_NO_RECORD = {
    # The record of tries to sign in has them.
    "sign_in",
    "sign_in_with_passkey",
    "refresh_tokens",
    # Nothing changes, or nothing that counts yet.
    "check_password",
    "send_password_link",
    "send_verification",
    "begin_second_factor",
    "begin_passkey",
    "begin_passkey_sign_in",
    "begin_passkey_verification",
    # What is said in rooms, and what people note for themselves.
    "post_message",
    "edit_message",
    "delete_message",
    "forward_message",
    # What a command does is recorded by the service that it calls.
    "run_room_command",
    "mark_read",
    "update_own_settings",
    "count_message_reach",
    *("create_saved_view", "update_saved_view", "delete_saved_view"),
    "mark_thread_read",
    "mark_all_read",
    "undo_mark_all_read",
    # One's own; what administrators delete is recorded: tests/assets/test_api.py
    *("upload_file", "update_file", "delete_file"),
    *("create_upload", "show_upload", "append_to_upload", "delete_upload"),
    "save_push_subscription",
    "delete_push_subscription",
    "test_push_subscription",
    "test_push_subscriptions",
    "read_notification",
    "update_notification_settings",
    "unread_notification",
    "read_all_notifications",
    "undo_read_all_notifications",
    "save_draft",
    "delete_draft",
    "schedule_message",
    "change_scheduled_message",
    "delete_scheduled_message",
    "return_scheduled_message",
    "send_scheduled_message",
    "remind_of_message",
    "remove_message_reminder",
    "remind_of_note",
    "change_reminder",
    "finish_reminder",
    "follow_thread",
    "unfollow_thread",
    "add_reaction",
    "remove_reaction",
    "pin_message",
    "unpin_message",
    "remove_preview",
    "remove_attachment",
    "tick_task",
    *("import_tasks", "delete_import"),
    *("add_comment", "create_task_of_message"),
    "bookmark_message",
    "remove_bookmark",
    # What stands on a board. Tasks have a history of their own: tests/tasks/work/test_api.py
    *("create_task", "update_task", "delete_task", "restore_task", "complete_task", "reopen_task", "move_task"),
    *("start_timer", "stop_timer", "add_time_entry", "update_time_entry", "delete_time_entry"),
    *("relate_tasks", "remove_relation", "attach_files", "detach_file", "watch_task", "unwatch_task"),
    *("add_watcher", "remove_watcher"),
    *("add_task_from_text", "save_tasks", "update_tasks", "move_tasks", "delete_tasks", "upsert_task"),
    *("create_column", "update_column", "delete_column", "create_label", "update_label", "delete_label"),
}


def test_each_operation_is_recorded_or_needs_no_record(operations: dict[str, str]) -> None:
    changing = {name for name, method in operations.items() if method != "GET"}

    assert changing - NEEDS_NO_RECORD == ELSEWHERE | OF_ACCOUNTS.keys() | OF_ROOMS.keys()
    assert changing >= NEEDS_NO_RECORD
