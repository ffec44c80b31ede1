"""Messages that were sent later and reminders, when their time has come: the real workers bring them to open pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Company
from tests.browser.steps import assert_message_text, sidebar_link
from tests.live import LiveServer

OpenRoom = Callable[..., Page]
IN_A_WEEK = (datetime.now(UTC) + timedelta(days=7)).isoformat()
# The time of a row is moved in place of the clock, and a job planned for that as when its user does it.
MOVING = """
from django.utils import timezone
from chat.models import {model}
from chat.{subject}.jobs import {plan}
{model}.objects.filter(pk="{id}").update({field}=timezone.now())
{plan}({model}.objects.get(pk="{id}"))
"""


@pytest.fixture
def bring_forward(server: LiveServer) -> Callable[[str, str], object]:
    """Let a scheduled message, or a reminder, be due now."""

    def build(subject: str, id: str) -> object:
        model, plan, field = {
            "scheduled": ("ScheduledMessage", "plan_sending", "send_at"),
            "reminders": ("Reminder", "plan_telling", "remind_at"),
        }[subject]
        code = MOVING.format(subject=subject, id=id, model=model, plan=plan, field=field)
        return server.manage("shell", "--no-imports", "-c", code)

    return build


def test_a_scheduled_message_appears_to_all_who_look(
    company: Company, open_room: OpenRoom, bring_forward: Callable[[str, str], object]
) -> None:
    room = company.open_room("design")
    body = {"content": "Good *morning*", "send_at": IN_A_WEEK}
    scheduled = company.alice.rest.ask("POST", f"/rooms/{room}/scheduled", body)["id"]
    alices, bobs = open_room(company.alice, room), open_room(company.bob, room)
    expect(alices.locator("main .composer__later")).to_contain_text("A message will be sent here on ")

    bring_forward("scheduled", scheduled)

    for page in (alices, bobs):
        assert_message_text(page, "Good morning")
    expect(alices.locator("main .composer__later")).to_be_hidden()
    expect(sidebar_link(alices, "Scheduled")).to_have_count(0)


def test_a_reminder_rings_and_leads_to_the_message(
    company: Company, open_room: OpenRoom, bring_forward: Callable[[str, str], object]
) -> None:
    room, other = company.open_room("design"), company.open_room("kitchen")
    said = company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": "Water the plants"})["id"]
    company.bob.rest.ask("POST", "/notifications/read-all")
    body = {"remind_at": IN_A_WEEK, "note": "plants"}
    reminder = company.bob.rest.ask("PUT", f"/messages/{said}/reminder", body)["id"]
    page = open_room(company.bob, other)

    bring_forward("reminders", reminder)

    toast = page.locator(".toast", has_text="Reminder: plants")
    expect(toast).to_contain_text("Alice: Water the plants")
    expect(page.locator("[data-bell-count]")).to_have_text("1")
    expect(sidebar_link(page, "Reminders")).to_contain_text("1")
    toast.get_by_role("button", name="Open").click()
    expect(page.locator(f"[data-id='{said}']")).to_be_in_viewport()
    expect(page.locator("[data-bell-count]")).to_have_text("0")
