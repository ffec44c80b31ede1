"""Access tokens at a browser: made, copied, used elsewhere, revoked."""

from __future__ import annotations

from collections.abc import Callable

import httpx
from playwright.sync_api import Page, expect

from tests.browser.conftest import Company, Desk


def test_a_token_is_made_copied_used_and_revoked(desk: Desk, company: Company) -> None:
    room = company.open_room("harbour")
    page = desk.open(company.alice, "/settings/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("link", name="Access tokens").click()
    page.get_by_label("What it is for").fill("Harbour watch")
    page.get_by_role("group", name="Messages").get_by_label("Write").check()
    page.get_by_label("Expires after").select_option("A year")
    page.get_by_role("button", name="Make token").click()
    token = page.get_by_label("Token “Harbour watch”").input_value()
    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == token
    ask = asking(desk, token)
    assert ask("POST", f"/rooms/{room}/messages", {"content": "All berths are free"}).status_code == 201
    assert ask("GET", "/me").json()["code"] == "scope_missing"

    page.goto("/settings/tokens/")
    row = page.get_by_role("listitem").filter(has_text="Harbour watch")
    expect(row).to_contain_text("Messages: write")
    expect(row).to_contain_text("Last used just now")
    expect(page.get_by_text(token)).to_have_count(0)
    revoke(page, "Harbour watch")

    expect(row).to_have_count(0)
    assert ask("GET", f"/rooms/{room}/messages").status_code == 401


def revoke(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Revoke {name}").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("That token no longer works.")).to_be_visible()


def asking(desk: Desk, token: str) -> Callable[..., httpx.Response]:
    """A script that has the token."""

    def ask(method: str, path: str, body: object = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.request(method, f"{desk.server.url}/api/v1{path}", json=body, headers=headers)

    return ask
