"""What people do with files at a browser, and how they get there."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page

from tests.accounts.pictures import halves
from tests.browser.conftest import Company, Member

# Of what is dragged, as the place where it is dropped would read it.
DRAG = """element => {
    const transfer = new DataTransfer()
    element.dispatchEvent(new DragEvent("dragstart", { bubbles: true, dataTransfer: transfer }))
    return Object.fromEntries([...transfer.types].map((type) => [type, transfer.getData(type)]))
}"""


def upload(member: Member, slug: str, name: str, content: bytes, **fields: str) -> str:
    """Upload a file at REST; return its id."""
    answer = member.rest.post("/assets", data={"org": slug, **fields}, files={"file": (name, content)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def upload_under(member: Member, slug: str, name: str, content: bytes) -> str:
    """Upload a file by tus, which takes any name, where forms and JSON hold none with a NUL; return its id."""
    fields = {"filename": name, "org": slug}
    metadata = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in fields.items())
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(content)),
        "Upload-Metadata": metadata,
        "Content-Type": "application/offset+octet-stream",
    }
    answer = member.rest.post("/uploads", headers=headers, content=content)
    assert answer.status_code == 201, answer.text
    return answer.headers["Atrium-Asset"]


def wait_until_ready(member: Member, asset_id: str) -> None:
    """Wait for the job that makes the previews."""
    deadline = time.monotonic() + 60
    while member.rest.ask("GET", f"/assets/{asset_id}")["state"] == "pending":
        assert time.monotonic() < deadline
        time.sleep(0.1)


def post_pictures(company: Company, room: str, *names: str, width: int = 2400, content: str = "") -> str:
    """Post a message of Alice with pictures, whose previews are made; return its id."""
    ids = [
        upload(company.alice, company.slug, f"{name}.png", halves(width + at, width // 2), alt_text=f"Shows {name}")
        for at, name in enumerate(names)
    ]
    for asset_id in ids:
        wait_until_ready(company.alice, asset_id)
    body = {"content": content, "asset_ids": ids}
    return str(company.alice.rest.ask("POST", f"/rooms/{room}/messages", body)["id"])


def drag(source: Locator) -> dict[str, str]:
    """Begin to drag something; return what goes along, by type."""
    found: dict[str, str] = source.evaluate(DRAG)
    return found


class Fingers:
    """Fingers on a screen, by the browser's own protocol: Playwright itself has one, which only taps."""

    def __init__(self, page: Page) -> None:
        self.cdp = page.context.new_cdp_session(page)

    @contextmanager
    def down(self, *places: tuple[float, float]) -> Iterator[None]:
        self._send_touch("touchStart", *places)
        yield
        self._send_touch("touchEnd")

    def move(self, *places: tuple[float, float]) -> None:
        self._send_touch("touchMove", *places)

    def swipe(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        with self.down(start):
            for step in range(1, 9):
                self.move(tuple(a + (b - a) * step / 8 for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]

    def _send_touch(self, kind: str, *places: tuple[float, float]) -> None:
        points: list[dict[str, Any]] = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
