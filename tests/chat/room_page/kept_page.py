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
    """A browser that visits a room."""

    def __init__(self, browser: Client, room: Room) -> None:
        self.browser, self.path, self.headers = browser, f"/rooms/{room.pk}/", {}

    def read(self, **headers: str) -> str:
        """Return the page without its secrets, or its status when there is none."""
        answer = self.browser.get(self.path, headers=self.headers | headers)
        return SECRETS.sub(r"\1", answer.content.decode()) if answer.status_code == 200 else str(answer.status_code)


def forget_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_kept_pages", KeptPages(shared=views._kept_pages.shared))
