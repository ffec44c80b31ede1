"""The command that tells what commands there are."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chat.commands.markdown import escape_markdown
from chat.commands.registry import Call, Command, Outcome, list_commands
from chat.scopes import READ_ROOMS


def tell_commands(call: Call) -> Outcome:
    """Tell the caller which commands there are for them in this room."""
    lines = [
        f"- `/{command.name}` {escape_markdown(str(command.arguments))} – {escape_markdown(str(command.summary))}"
        for command in list_commands(call.head)
    ]
    hint = _("To send a text that begins with a slash, begin with a space, or with two slashes.")
    return Outcome(notice="\n".join([*lines, "", str(hint)]))


COMMANDS = (Command("help", "", _("Show what commands there are"), tell_commands, lambda _head: True, READ_ROOMS),)
