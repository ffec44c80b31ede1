"""Who is asked about before a message goes to many."""

from __future__ import annotations

from playwright.sync_api import Request, expect

from tests.browser.conftest import Company, Desk


def test_an_edit_of_a_reply_in_thread_and_room_asks_for_the_room(company: Company, desk: Desk) -> None:
    room, rest = company.open_room("harbour"), company.bob.rest
    root = company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": "Boats?"})["id"]
    body = {"content": "Three", "thread_id": root, "also_in_room": True}
    reply = rest.ask("POST", f"/rooms/{room}/messages", body)["id"]
    page = desk.open(company.bob, f"/messages/{root}/thread/")
    panel = page.locator("#panel")
    expect(panel.get_by_text("Three")).to_be_visible()
    # As in a feed that stands elsewhere.
    page.locator(f"#message-{reply}").evaluate("item => item.remove()")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if request.url.endswith("/reach") else None)

    panel.locator(f"[data-id='{reply}'] .message").hover()
    panel.locator(f"[data-id='{reply}']").get_by_role("button", name="Edit", exact=True).click()
    panel.locator(".message__editor textarea").fill("@room three")
    panel.locator(".message__editor [type=submit]").click()

    expect(panel.locator(".message__editor")).to_have_count(0)
    assert [request.post_data_json for request in asked] == [
        {"content": "@room three", "thread_id": root, "also_in_room": True}
    ]
