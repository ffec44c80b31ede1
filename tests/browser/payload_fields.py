"""The fields that users enter texts in, and the pages where others see those."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

from tests.accounts.pictures import halves
from tests.browser.conftest import Company
from tests.browser.payloads import PAYLOADS
from tests.webserver import WebServer


@dataclass
class Stage:
    """What Alice has entered, and Bob looks at. Forwards go to the room `other`."""

    company: Company
    site: WebServer
    room: str
    root: str
    other: str

    def enter(self, method: str, path: str, body: dict[str, Any]) -> Any:
        """Send it as Alice. A field may refuse a text, but not fail."""
        answer = self.company.alice.rest.request(method, path, json=body)
        assert answer.status_code < 300 or answer.status_code in (409, 422), answer.text
        return answer.json() if answer.content else {}

    def list_ids(self) -> dict[str, str]:
        """What fills the places in the addresses of pages."""
        return {"room": self.room, "root": self.root, "other": self.other, "slug": self.company.slug}

    def refuse(self, method: str, path: str, body: dict[str, Any]) -> None:
        """Send what no field takes."""
        answer = self.company.alice.rest.request(method, path, json=body)
        assert answer.status_code == 422, answer.text


def enter_messages(stage: Stage, texts: list[str]) -> None:
    for text in texts:
        stage.enter("POST", f"/rooms/{stage.room}/messages", {"content": text})


def enter_replies(stage: Stage, texts: list[str]) -> None:
    for text in texts:
        stage.enter("POST", f"/rooms/{stage.room}/messages", {"content": text, "thread_id": stage.root})


def enter_room(stage: Stage, texts: list[str]) -> None:
    for text in texts:
        stage.enter("PATCH", f"/rooms/{stage.room}", {"name": text})


def enter_topic(stage: Stage, texts: list[str]) -> None:
    for text in texts:
        stage.enter("PATCH", f"/rooms/{stage.room}", {"topic": text})


def enter_name(stage: Stage, texts: list[str]) -> None:
    for text in texts:
        stage.enter("PATCH", "/me", {"name": text})


def enter_status(stage: Stage, texts: list[str]) -> None:
    for text in texts:
        stage.enter("PATCH", "/me", {"status": {"emoji": "🌴", "text": text}})


def enter_draft(stage: Stage, texts: list[str]) -> None:
    """One text is for the room, the other for the thread."""
    for text, thread in zip(texts, (None, stage.root), strict=True):
        stage.enter("PUT", f"/rooms/{stage.room}/draft", {"content": text, "thread_id": thread})


def enter_scheduled(stage: Stage, texts: list[str]) -> None:
    for text in texts:
        stage.enter("POST", f"/rooms/{stage.room}/scheduled", {"content": text, "send_at": find_next_month()})


def enter_reminders(stage: Stage, texts: list[str]) -> None:
    for text in texts:
        body = {"note": text, "remind_at": find_next_month(), "room_id": stage.room}
        stage.enter("POST", f"/orgs/{stage.company.slug}/reminders", body)


def find_next_month() -> str:
    return (datetime.now(UTC) + timedelta(days=30)).isoformat()


def enter_previews(stage: Stage, texts: list[str]) -> None:
    """Three links to a message: the texts describe the pages, and those from the end are their titles."""
    links = []
    for number, (text, title) in enumerate(zip(texts, reversed(PAYLOADS), strict=False)):
        head = f'<meta property="og:description" content="{escape(text)}"><title>{escape(title)}</title>'
        links.append(stage.site.put(f"/{number}", f"<!doctype html><head>{head}</head>"))
    for start in range(0, len(links), 3):
        stage.enter("POST", f"/rooms/{stage.room}/messages", {"content": " ".join(links[start : start + 3])})


def enter_mentions(stage: Stage, texts: list[str]) -> None:
    name = stage.company.bob.rest.ask("GET", "/me")["username"]
    for text in texts:
        stage.enter("POST", f"/rooms/{stage.room}/messages", {"content": f"@{name} {text}"})


def enter_forwards(stage: Stage, texts: list[str]) -> None:
    """Each message is forwarded with a comment."""
    for text in texts:
        said = stage.enter("POST", f"/rooms/{stage.room}/messages", {"content": text})["id"]
        stage.enter("POST", f"/messages/{said}/forward", {"room_id": stage.other, "comment": text})


def enter_reports(stage: Stage, texts: list[str]) -> None:
    """Bob has said what Alice reports in the same words."""
    for text in texts:
        said = stage.company.bob.rest.ask("POST", f"/rooms/{stage.room}/messages", {"content": text})["id"]
        stage.enter("POST", f"/messages/{said}/report", {"reason": text})


def enter_commands(stage: Stage, texts: list[str]) -> None:
    for text in texts:
        stage.enter("POST", f"/rooms/{stage.room}/commands", {"text": f"/me {text}"})


def enter_changes(stage: Stage, texts: list[str]) -> None:
    """Lines of the room say who has called it what, under names that last as long: a few of them will do."""
    for text in texts[::12]:
        stage.enter("PATCH", "/me", {"name": text})
        stage.enter("PATCH", f"/rooms/{stage.room}", {"name": text, "topic": text})


def enter_groups(stage: Stage, texts: list[str]) -> None:
    """As many as a page lists, first by their names: they begin with what is hostile."""
    for number, text in enumerate(texts[::9]):
        group = {"name": text, "handle": f"g{number}"}
        stage.enter("POST", f"/orgs/{stage.company.slug}/groups", group)
        stage.refuse("POST", f"/orgs/{stage.company.slug}/groups", group | {"handle": text})


def enter_emoji(stage: Stage, texts: list[str]) -> None:
    """Names of emoji are refused, whichever it is."""
    alice, path = stage.company.alice.rest, f"/orgs/{stage.company.slug}/emoji"
    files = {"file": ("me.png", halves(8, 8), "image/png")}
    added = alice.post(path, data={"name": "hostile", "aliases": "pwned"}, files=files)
    assert added.status_code == 201, added.text
    for text in texts[::9]:
        stage.refuse("PATCH", f"/emoji/{added.json()['id']}", {"aliases": [text]})
        assert alice.post(path, data={"name": text}, files=files).status_code == 422


@dataclass
class Field:
    """Where texts are entered, at most how long, and on which pages they are seen. Bob has his room open meanwhile."""

    enter: Callable[[Stage, list[str]], None]
    length: int
    pages: tuple[str, ...] = ("/rooms/{room}/",)
    separator: str = " "
    is_own: bool = False
    shows: str = "pwned()"


FIELDS = {
    "message": Field(enter_messages, 900, ("/rooms/{room}/", "/o/{slug}/search/?q=pwned"), "\n\n"),
    "thread": Field(enter_replies, 900, ("/messages/{root}/thread/",), "\n\n"),
    "draft": Field(
        enter_draft, 9_000, ("/rooms/{room}/", "/messages/{root}/thread/", "/o/{slug}/drafts/"), is_own=True
    ),
    "scheduled": Field(enter_scheduled, 900, ("/o/{slug}/scheduled/",), is_own=True),
    "reminder": Field(enter_reminders, 450, ("/o/{slug}/reminders/",), is_own=True),
    "room name": Field(enter_room, 80, ("/rooms/{room}/details/", "/o/{slug}/rooms/mine/")),
    "room topic": Field(enter_topic, 250, ("/rooms/{room}/details/",)),
    "user name": Field(enter_name, 80, ("/rooms/{room}/", "/o/{slug}/people/")),
    "status": Field(enter_status, 100, ("/rooms/{room}/", "/o/{slug}/people/")),
    "preview": Field(enter_previews, 400),
    "mention": Field(enter_mentions, 900, ("/o/{slug}/unread/", "/o/{slug}/mentions/"), "\n\n"),
    "forward": Field(enter_forwards, 900, ("/rooms/{other}/",), "\n\n"),
    "report": Field(enter_reports, 900, ("/o/{slug}/reports/",), is_own=True),
    "command": Field(enter_commands, 900),
    "system message": Field(enter_changes, 80),
    "group": Field(enter_groups, 80, ("/o/{slug}/groups/",)),
    "emoji": Field(enter_emoji, 80, ("/o/{slug}/emoji/",), is_own=True, shows="pwned"),
}
