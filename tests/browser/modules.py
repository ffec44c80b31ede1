"""Modules of `static/js` by themselves, in a blank page without a server. Some are replaced by stand-ins."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route

ORIGIN = "http://modules.example"
SCRIPTS = Path(settings.BASE_DIR) / "static/js"
# In the place of `lib/connection`: it is up, keeps what is sent, and answers as a test says.
CONNECTION = """
class Connection extends EventTarget {
  isUp = true
  sent = []
  answer = (frame) => ({ message: { id: frame.client_id } })
  on(type, listener) { this.addEventListener(type, (event) => listener(event.detail)) }
  hear(type, detail) { this.dispatchEvent(new CustomEvent(type, { detail })) }
  send(frame) { if (this.isUp) this.sent.push(frame); return this.isUp }
  async request(frame) { this.send(frame); return this.answer(frame) }
}
export const connection = new Connection()
"""

OpenModules = Callable[..., Page]


def build_document(html: str, attributes: str) -> str:
    names = [path.relative_to(SCRIPTS).with_suffix("").as_posix() for path in SCRIPTS.rglob("*.js")]
    imports = {name: f"/js/{name}.js" for name in names} | {"translations": "/js/translations/en.js"}
    import_map = f'<script type="importmap">{json.dumps({"imports": imports})}</script>'
    return f'<!doctype html><html lang="en" {attributes}><head>{import_map}</head><body>{html}</body></html>'


@pytest.fixture
def open_modules(browser: Browser) -> Iterator[OpenModules]:
    """Open a page; `stand_ins` are sources by the names of modules, `options` those of a browser context."""
    contexts = []

    def build(
        html: str = "",
        *,
        attributes: str = 'data-user="me"',
        stand_ins: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Page:
        sources = {"lib/connection": CONNECTION} | dict(stand_ins or {})

        def answer(route: Route) -> None:
            path = route.request.url.removeprefix(ORIGIN)
            name = path.removeprefix("/js/").removesuffix(".js")
            if path == "/":
                route.fulfill(body=build_document(html, attributes), content_type="text/html")
            elif name in sources:
                route.fulfill(body=sources[name], content_type="text/javascript")
            else:
                route.fulfill(body=(SCRIPTS / f"{name}.js").read_text(), content_type="text/javascript")

        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.route(f"{ORIGIN}/**", answer)
        page.goto(f"{ORIGIN}/")
        return page

    yield build
    for context in contexts:
        context.close()


def frames(page: Page) -> list[Any]:
    """Return what was sent since the last call."""
    sent: list[Any] = page.evaluate("import('lib/connection').then(({ connection }) => connection.sent.splice(0))")
    return sent
