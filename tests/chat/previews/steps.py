"""Pages as other sites have them."""

from __future__ import annotations

from html import escape
from io import BytesIO

from PIL import Image

from accounts.models import User
from chat.messages.link_previews import attach_previews
from chat.messages.services.edit import edit_message
from chat.models import Message, Room
from tests.chat.steps import say


def build_page(title: str, /, **said: str) -> str:
    """Return a page with a title and `og:` statements."""
    statements = "".join(f'<meta property="og:{name}" content="{escape(content)}">' for name, content in said.items())
    return f"<!doctype html><html><head><title>{escape(title)}</title>{statements}</head><body>text</body></html>"


def draw_picture(width: int = 1200, height: int = 630, format: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, format)
    return file.getvalue()


def say_and_look(author: User, room: Room, text: str) -> Message:
    """Return a new message, once its links were looked at."""
    message = say(author, room, text)
    attach_previews(message.pk)
    return Message.objects.get(pk=message.pk)


def edit_and_look(author: User, message: Message, text: str) -> Message:
    """Return an edited message, once its links were looked at."""
    edit_message(actor=author, message_id=message.pk, content=text)
    attach_previews(message.pk)
    return Message.objects.get(pk=message.pk)


def list_titles(message: Message) -> list[str]:
    """Return the titles of the previews below a message."""
    return [shown["title"] for shown in message.previews or []]
