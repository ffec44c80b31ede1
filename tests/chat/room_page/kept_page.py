"""Readers of a room's page, and how to forget what was built for them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from chat.models import Room
from chat.room_page.views import room as views
from lib.web.kept_page import KeptPages

SECRETS = re.compile(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]+"')


class Reader:
    """A browser that visits a room; with `part` a script of its page, which asks for that part."""

    def __init__(self, browser: Client, room: Room, part: str = "") -> None:
        self.browser, self.path = browser, f"/rooms/{room.pk}/"
        self.headers = {"x-fragment": part} if part else {}

    def read(self, **headers: str) -> str:
        """Return the page without its secrets, or its status when there is none."""
        answer = self.browser.get(self.path, headers=self.headers | headers)
        return SECRETS.sub(r"\1", answer.content.decode()) if answer.status_code == 200 else str(answer.status_code)


def forget_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_kept_pages", KeptPages(shared=views._kept_pages.shared))
