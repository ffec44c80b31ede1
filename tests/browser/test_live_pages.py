"""Lists beside the rooms that follow what others do, without being loaded anew."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Company, Desk
from tests.browser.steps import message


def test_what_arrives_stands_among_what_is_unread(company: Company, desk: Desk) -> None:
    alpha, beta = (company.open_room(name) for name in ("alpha", "beta"))
    bob = desk.open(company.bob, f"/o/{company.slug}/unread/")
    entries = bob.locator(".catch-up__room")
    expect(bob.get_by_text("You’re all caught up")).to_be_visible()

    company.alice.say(alpha, "Tea?")
    expect(entries).to_contain_text(["Tea?"])
    expect(bob.get_by_text("You’re all caught up")).to_be_hidden()
    entries.first.focus()
    company.alice.say(beta, "Cake?")
    expect(entries).to_contain_text(["Cake?", "Tea?"])
    company.alice.say(alpha, "Milk?")
    expect(entries.last).to_contain_text("2 new messages")
    expect(entries.last).to_be_focused()

    bob.keyboard.press("r")
    expect(entries).to_contain_text(["Cake?"])
    company.alice.say(beta, "Today?")
    expect(entries).to_contain_text(["Today?"])
    company.alice.say(alpha, "Now?")
    expect(entries).to_have_count(2)


def test_what_is_muted_or_left_elsewhere_goes_from_what_is_unread(company: Company, desk: Desk) -> None:
    alpha, beta, gamma = (company.open_room(name) for name in ("alpha", "beta", "gamma"))
    for room in (alpha, beta, gamma):
        company.alice.say(room, "Tea?")
    bob, rest = desk.open(company.bob, f"/o/{company.slug}/unread/"), company.bob.rest
    expect(bob.locator("html[data-connection=up]")).to_be_attached()
    entries, names = bob.locator(".catch-up__room"), bob.locator(".catch-up__room h2 a")
    expect(names).to_have_text(["gamma", "beta", "alpha"])
    entries.first.focus()

    rest.ask("PATCH", f"/rooms/{gamma}/me", {"muted_until": "2100-01-01T00:00:00Z"})
    expect(names).to_have_text(["beta", "alpha"])
    expect(entries.first).to_be_focused()
    rest.ask("POST", f"/rooms/{beta}/leave")
    expect(names).to_have_text(["alpha"])
    rest.ask("PATCH", f"/rooms/{gamma}/me", {"muted_until": None})
    expect(names).to_have_text(["gamma", "alpha"])
    rest.ask("PUT", f"/rooms/{alpha}/read", {"seq": 1})
    rest.ask("PUT", f"/rooms/{gamma}/read", {"seq": 1})

    expect(bob.get_by_text("You’re all caught up")).to_be_visible()


def test_groups_follow_what_others_change(company: Company, desk: Desk) -> None:
    alice, groups = company.alice.rest, f"/o/{company.slug}/groups/"
    bob = desk.open(company.bob, groups)
    expect(bob.locator("html[data-connection=up]")).to_be_attached()
    group = alice.ask("POST", f"/orgs/{company.slug}/groups", {"name": "Design", "handle": "design"})["id"]
    bob.get_by_role("link", name="Design").click()
    expect(bob.locator("html[data-connection=up]")).to_be_attached()

    alice.ask("PUT", f"/groups/{group}/members/{company.bob.id}")
    expect(bob.get_by_role("button", name="Leave")).to_be_visible()
    alice.ask("PATCH", f"/groups/{group}", {"name": "Designers"})
    expect(bob.get_by_role("heading", name="Designers")).to_be_visible()
    alice.ask("DELETE", f"/groups/{group}")
    expect(bob).to_have_url(re.compile(f"{groups}$"))
    expect(bob.get_by_text("No groups yet")).to_be_visible()


def test_administrators_see_at_once_that_a_report_waits(company: Company, desk: Desk) -> None:
    room = company.open_room("alpha")
    company.alice.say(room, "Tea?")
    alice = desk.open(company.alice, f"/rooms/{room}/")
    expect(message(alice, "Tea?")).to_be_visible()
    said = company.alice.rest.ask("GET", f"/rooms/{room}/messages")["items"][0]["id"]
    link = alice.locator("#sidebar").get_by_role("link", name="Reports")
    expect(link).to_be_hidden()

    report = company.bob.rest.ask("POST", f"/messages/{said}/report", {"reason": "Rude"})["id"]
    expect(link).to_be_visible()
    company.alice.rest.ask("POST", f"/reports/{report}/dismiss")
    expect(link).to_be_hidden()


def test_the_page_of_reports_follows_what_is_reported(company: Company, desk: Desk) -> None:
    room = company.open_room("alpha")
    company.alice.say(room, "Tea?", "Cake?")
    alice = desk.open(company.alice)
    with alice.expect_websocket() as socket:
        alice.goto(f"/o/{company.slug}/reports/")
    socket.value.wait_for_event("framereceived")
    first, second = (item["id"] for item in company.alice.rest.ask("GET", f"/rooms/{room}/messages")["items"])

    report = company.bob.rest.ask("POST", f"/messages/{first}/report", {"reason": "Rude"})["id"]
    expect(alice.locator(".report__reason")).to_contain_text(["Rude"])
    expect(alice.get_by_role("link", name="Waiting (1)")).to_be_visible()
    alice.get_by_role("button", name="Delete message").first.click()
    company.bob.rest.ask("POST", f"/messages/{second}/report", {"reason": "Ruder"})
    expect(alice.locator("dialog[open]")).to_be_visible()
    alice.locator("dialog[open]").get_by_role("button", name="Cancel").click()
    expect(alice.locator(".report__reason")).to_have_count(2)
    company.alice.rest.ask("POST", f"/reports/{report}/dismiss")

    expect(alice.locator(".report__reason")).to_contain_text(["Ruder"])
    expect(alice.locator(".report__reason")).to_have_count(1)
