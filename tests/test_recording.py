"""No operation that changes something is forgotten by the audit trail."""

from tests.accounts.audit.test_records import RECORDED as OF_ACCOUNTS
from tests.chat.rooms.test_audit import RECORDED as OF_ROOMS

# A form with a file: tests/accounts/profiles/test_avatar.py looks at what is written down.
ELSEWHERE = {"set_avatar"}
# Each for a reason.
NEEDS_NO_RECORD = {
    # The record of tries to sign in has them.
    "sign_in",
    "refresh_tokens",
    # Nothing changes, or nothing that counts yet.
    "check_password",
    "send_password_link",
    "send_verification",
    "begin_second_factor",
    # What is said in rooms, and what people note for themselves.
    "post_message",
    "edit_message",
    "delete_message",
    "mark_read",
    "add_reaction",
    "remove_reaction",
    "pin_message",
    "unpin_message",
    "bookmark_message",
    "remove_bookmark",
}


def test_each_operation_is_recorded_or_needs_no_record(operations: dict[str, str]) -> None:
    changing = {name for name, method in operations.items() if method != "GET"}

    assert changing - NEEDS_NO_RECORD == ELSEWHERE | OF_ACCOUNTS.keys() | OF_ROOMS.keys()
    assert changing >= NEEDS_NO_RECORD
