"""Know the commands that users run in rooms by `/name`.

As they get ready, apps append modules with `COMMANDS` to `handlers`: deferred ones, so that a server starts without
what its commands need.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol
from uuid import UUID

from accounts.models import User
from chat.scopes import WRITE_MESSAGES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from chat.messages.services.post import Posted
    from chat.rooms.queries.room_head import RoomHead


@dataclass(frozen=True, slots=True)
class Call:
    """A command that is run. `text` is what follows its name; the rest says where a message of it belongs.

    `time_zone` is that of the client, for a user who has chosen none.
    """

    actor: User
    head: RoomHead
    text: str
    client_id: str | None = None
    reply_to: UUID | None = None
    thread_id: UUID | None = None
    also_in_room: bool = False
    time_zone: str | None = None


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


class Handlers(Protocol):
    """Interface of a module with commands."""

    COMMANDS: Sequence[Command]


handlers: list[Handlers] = []


def find_command(name: str) -> Command | None:
    """Return a command by its name, whatever its case."""
    return _load_commands().get(name.lower())


def list_commands(head: RoomHead) -> list[Command]:
    """Return the commands that are offered in a room, by name."""
    return [command for _name, command in sorted(_load_commands().items()) if command.is_offered(head)]


@cache
def _load_commands() -> dict[str, Command]:
    """Return all commands by name. Raise ValueError for a name that two of them have."""
    commands = [command for module in handlers for command in module.COMMANDS]
    by_name = {command.name: command for command in commands}
    if len(by_name) < len(commands):
        raise ValueError("Two commands have the same name.")
    return by_name
