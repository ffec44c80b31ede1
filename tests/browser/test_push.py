"""Pushes in a real browser: turned on, shown by its worker, clicked, taken back, turned off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import Company, Desk
from tests.browser.pushing import Device, open_device, turn_on
from tests.browser.steps import join_room
from tests.notifications.push.service import PushService

SETTINGS = "/settings/notifications/"
SUBSCRIPTIONS = "/me/push-subscriptions"
OpenDevice = Callable[..., Device]


@pytest.fixture
def device(desk: Desk, push_service: PushService, company: Company) -> Iterator[Device]:
    """Bob's browser, on the page of the settings. No device of his is left behind."""
    company.bob.rest.ask("POST", "/notifications/read-all")
    yield open_device(desk, push_service, company.bob, SETTINGS)
    for each in company.bob.rest.ask("GET", SUBSCRIPTIONS)["items"]:
        company.bob.rest.ask("DELETE", f"{SUBSCRIPTIONS}/{each['id']}")


def look_at(device: Device, room: str) -> None:
    device.page.goto(f"/rooms/{room}/")
    join_room(device.page, room)


def is_renewal(answer: Response) -> bool:
    return answer.request.method == "POST" and answer.url.endswith(SUBSCRIPTIONS)


def mention_bob(company: Company, room: str) -> str:
    username = company.bob.rest.ask("GET", "/me")["username"]
    said = company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": f"@{username} the crane is here"})
    return str(said["id"])


def test_a_device_is_turned_on_by_a_click_tried_and_turned_off(device: Device, company: Company) -> None:
    page = device.page
    expect(page.get_by_text("Your browser asks whether Atrium may show notifications.")).to_be_visible()
    assert company.bob.rest.ask("GET", SUBSCRIPTIONS)["items"] == []

    turn_on(device)
    expect(page.locator("[data-this-device]")).to_contain_text("Nothing was sent there yet")
    expect(page.get_by_role("button", name="Turn on for this device")).to_be_hidden()
    page.get_by_role("button", name="Send a test to").click()
    expect(page.locator(".toast", has_text="Sent. It should appear in a moment.")).to_be_visible()
    device.take_push("It works")
    [shown] = device.wait_for_shown(1)
    assert (shown["title"], shown["tag"], shown["path"]) == ("It works", "test", SETTINGS)
    expect(page.locator("[data-this-device]")).to_contain_text("Last reached")

    page.get_by_role("button", name="Turn off on").click()
    expect(page.get_by_role("button", name="Turn on for this device")).to_be_visible()
    expect(page.locator("[data-this-device]")).to_have_count(0)
    assert company.bob.rest.ask("GET", SUBSCRIPTIONS)["items"] == []
    assert page.evaluate("localStorage.getItem('subscribed-with')") is None


def test_a_click_on_a_mention_opens_the_message_in_the_tab_that_is_open(device: Device, company: Company) -> None:
    room, other = company.open_room("quay"), company.open_room("office")
    turn_on(device)
    look_at(device, other)

    message = mention_bob(company, room)
    payload = device.take_push(message)

    [shown] = device.wait_for_shown(1)
    path = f"/rooms/{room}/messages/{message}/"
    tag = payload["notification"]["tag"]
    assert shown == {"title": "Alice mentioned you in quay", "body": "@Bob the crane is here", "tag": tag, "path": path}
    device.wait_for_done("badge", payload["app_badge"])
    device.click_notification()
    device.wait_for_done("focus", f"/rooms/{other}/")
    expect(device.page).to_have_url(re.compile(re.escape(f"/rooms/{room}/")))
    expect(device.page.locator(f"[data-id='{message}']")).to_be_in_viewport()
    assert device.list_shown() == []


def test_without_a_tab_a_click_opens_one(device: Device, company: Company) -> None:
    room = company.open_room("quay")
    turn_on(device)
    message = mention_bob(company, room)
    device.take_push(message)
    device.wait_for_shown(1)
    device.close_tab()

    device.click_notification()

    device.wait_for_done("window", f"/rooms/{room}/messages/{message}/")


def test_what_is_read_elsewhere_goes_by_an_open_page_and_by_a_push(device: Device, company: Company) -> None:
    room, other = company.open_room("quay"), company.open_room("office")
    turn_on(device)
    look_at(device, other)
    device.take_push(mention_bob(company, room))
    device.wait_for_shown(1)
    company.bob.rest.ask("PUT", f"/rooms/{room}/read", {"seq": 1})
    device.wait_for_shown(0)

    device.page.goto("about:blank")
    payload = device.take_push(mention_bob(company, room))
    device.wait_for_shown(1)
    company.bob.rest.ask("PUT", f"/rooms/{room}/read", {"seq": 2})
    assert device.take_push(payload["notification"]["tag"])["app_badge"] == payload["app_badge"] - 1
    device.wait_for_done("badge", payload["app_badge"] - 1)
    device.wait_for_shown(0)


def test_pushes_that_close_forget_nothing_that_is_being_shown(device: Device) -> None:
    """Chromium does, without a lock: about half of them."""
    notification = {"title": "Tide", "body": "It turns", "navigate": f"{device.desk.server.url}/"}
    for number in range(20):
        device.deliver({"notification": notification | {"tag": f"tide-{number}"}})
        for _ in range(3):
            device.deliver({"close": ["another"]})

    shown = device.wait_for_shown(20)

    assert {each["tag"] for each in shown} == {f"tide-{number}" for number in range(20)}


def test_a_page_gives_the_server_again_what_it_has_lost(device: Device, company: Company) -> None:
    turn_on(device)
    forget = "from notifications.models import PushSubscription; PushSubscription.objects.all().delete()"
    device.desk.server.manage("shell", "--no-imports", "-c", forget)

    with device.page.expect_response(is_renewal) as renewal:
        device.page.reload()

    assert renewal.value.status == 201
    assert len(company.bob.rest.ask("GET", SUBSCRIPTIONS)["items"]) == 1


def test_a_device_that_was_turned_off_elsewhere_stays_off_until_it_is_turned_on(
    device: Device, company: Company
) -> None:
    device.desk.expect("status of 409")
    turn_on(device)
    [known] = company.bob.rest.ask("GET", SUBSCRIPTIONS)["items"]
    company.bob.rest.ask("DELETE", f"{SUBSCRIPTIONS}/{known['id']}")

    with device.page.expect_response(is_renewal) as renewal:
        device.page.reload()

    assert renewal.value.status == 409
    device.page.wait_for_function("() => localStorage.getItem('subscribed-with') === null")
    assert company.bob.rest.ask("GET", SUBSCRIPTIONS)["items"] == []
    turn_on(device)
    assert len(company.bob.rest.ask("GET", SUBSCRIPTIONS)["items"]) == 1


def test_where_the_user_says_no_the_page_says_how_to_change_that(
    desk: Desk, push_service: PushService, company: Company
) -> None:
    page: Page = open_device(desk, push_service, company.bob, SETTINGS, permissions=None).page

    page.get_by_role("button", name="Turn on for this device").click()

    expect(page.get_by_text("This browser was told not to show notifications from Atrium.")).to_be_visible()
    expect(page.get_by_role("button", name="Turn on for this device")).to_be_hidden()
    assert company.bob.rest.ask("GET", SUBSCRIPTIONS)["items"] == []
