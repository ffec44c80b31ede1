"""Know the commands that users run in rooms by `/name`. Apps add theirs with `register_commands`, as they get ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from accounts.models import User
from chat.messages.services.post import Posted
from chat.rooms.queries.room_head import RoomHead
from chat.scopes import WRITE_MESSAGES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Call:
    """A command that is run. `text` is what follows its name; the rest says where a message of it belongs."""

    actor: User
    head: RoomHead
    text: str
    client_id: str | None = None
    reply_to: UUID | None = None
    thread_id: UUID | None = None
    also_in_room: bool = False


class Outcome(NamedTuple):
    """What a command has done: the message that it posted, or a notice in Markdown, which the caller alone sees."""

    posted: Posted | None = None
    notice: str = ""
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name without the slash, what may follow it, and a sentence about it.

    `run` calls one service, which decides about rights. `is_offered` tells, of a room as the user sees it, whether to
    list the command there. `scope` is what a personal token needs.
    """

    name: str
    arguments: StrOrPromise
    summary: StrOrPromise
    run: Callable[[Call], Outcome]
    is_offered: Callable[[RoomHead], bool]
    scope: str = WRITE_MESSAGES


_commands: dict[str, Command] = {}


def register_commands(*commands: Command) -> None:
    """Add commands. Raise ValueError for a name that is taken."""
    for command in commands:
        if _commands.setdefault(command.name, command) is not command:
            raise ValueError(f"There is a command /{command.name} already.")


def find_command(name: str) -> Command | None:
    """Return a command by its name, whatever its case."""
    return _commands.get(name.lower())


def list_commands(head: RoomHead) -> list[Command]:
    """Return the commands that are offered in a room, by name."""
    return sorted((each for each in _commands.values() if each.is_offered(head)), key=lambda command: command.name)
