"""REST: list and run commands."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from accounts.requests import ApiRequest
from chat.commands.registry import list_commands
from chat.commands.schemas import CommandIn, CommandOut, OutcomeOut
from chat.commands.services import run_command
from chat.messages.api.messages import MESSAGE
from chat.rooms.queries.room_head import room_head
from lib.web.openapi import list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, slice_rows
from lib.web.schemas import Page

router = Router(tags=["messages"])

TOPIC = {"name": "topic", "arguments": "[text]", "summary": "Set the topic of the room"}
WAVE = MESSAGE | {"content": "waves", "html": '<p dir="auto">waves</p>', "is_action": True}


@router.get("/rooms/{room_id}/commands", response=Page[CommandOut], openapi_extra=show_example(wrap_page(TOPIC)))
def list_room_commands(request: ApiRequest, room_id: UUID, page: Query[PageQuery]) -> Page[CommandOut]:
    """List the commands that you may run in a room, by name."""
    return slice_rows(list_commands(room_head(user=request.auth, room_id=room_id)), page, CommandOut.of)


@router.post(
    "/rooms/{room_id}/commands",
    response={200: OutcomeOut, **list_problems(403, 409)},
    openapi_extra=show_example({"message": WAVE, "notice": None, "left": False}, body={"text": "/me waves"}),
)
def run_room_command(request: ApiRequest, room_id: UUID, body: CommandIn) -> OutcomeOut:
    """Run the command that a text begins with, as the composer does. An unknown one is refused with 422, never posted.

    A command posts a message, which everybody gets, or answers with a `notice` for you alone. A personal token needs
    the scope of what the command does too, such as `rooms:write` for `/topic`. Messages that are posted to
    `/rooms/{id}/messages` are never read as commands.
    """
    scopes = request.token.scopes if request.token else None
    outcome = run_command(actor=request.auth, room_id=room_id, scopes=scopes, **body.model_dump())
    return OutcomeOut.of(outcome)
