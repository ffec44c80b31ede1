"""Commands and what they have done, as REST answers carry them."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, Field

from chat.commands.registry import Command, Outcome
from chat.messages.schemas import ClientId, MessageOut, MessageText
from lib.text.markdown.document import render


class CommandOut(BaseModel):
    """A command that you may run in a room."""

    name: str = Field(description="Without the slash.")
    arguments: str = Field(description="What may follow it.")
    summary: str

    @classmethod
    def of(cls, command: Command) -> CommandOut:
        """Return the shape of a command, in the active language."""
        return cls(name=command.name, arguments=str(command.arguments), summary=str(command.summary))


class CommandIn(BaseModel):
    text: MessageText = Field(description="`/name` and what follows it. `//name` posts `/name` as it is.")
    client_id: ClientId | None = None
    reply_to: UUID | None = None
    thread_id: UUID | None = None
    also_in_room: bool = False
    time_zone: str | None = Field(
        default=None, max_length=64, description="As IANA names it, for times: where you have chosen none."
    )


class NoticeOut(BaseModel):
    """What a command tells you, and nobody else. It is stored nowhere."""

    content: str
    html: str


class OutcomeOut(BaseModel):
    """What a command has done."""

    message: MessageOut | None = Field(description="The message that it has posted.")
    notice: NoticeOut | None
    left: bool = Field(description="Whether you have left the room by it.")

    @classmethod
    def of(cls, outcome: Outcome) -> OutcomeOut:
        """Return the shape of an outcome."""
        notice = NoticeOut(content=outcome.notice, html=render(outcome.notice)) if outcome.notice else None
        message = MessageOut.of(outcome.posted.message) if outcome.posted else None
        return cls.model_construct(message=message, notice=notice, left=outcome.has_left)
