"""Faults of what is done with messages: forwarding, commands, reports."""

from __future__ import annotations

from tests.mutants.fault import Fault

FAULTS = (
    Fault(
        "Only a member who sees a message forwards it.",
        "chat/messages/services/forward.py",
        "Message.objects.visible_to(actor).not_deleted()",
        "Message.objects.not_deleted()",
        ("tests/chat/messages/test_forwarding.py",),
    ),
    Fault(
        "An author does not edit after the organisation's time.",
        "chat/messages/windows.py",
        "message.created_at + timedelta(minutes=minutes) <= timezone.now()",
        "message.created_at + timedelta(hours=minutes) <= timezone.now()",
        ("tests/chat/messages/test_windows.py",),
    ),
    Fault(
        "The author of a message does not learn who reported it.",
        "chat/models/reports.py",
        "return self.reporter if self.author_id != reader.pk else None",
        "return self.reporter",
        ("tests/chat/reports",),
    ),
    Fault(
        "A token runs no command beyond its scopes.",
        "chat/commands/services.py",
        "    require_scope(scopes, command.scope)\n",
        "",
        ("tests/chat/commands",),
    ),
)
