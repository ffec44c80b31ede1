"""A browser that pushes reach: what it gets is decrypted by the tests' own push service and handed to its worker."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, Worker, expect

from tests.browser.conftest import Desk, Member
from tests.notifications.push.service import PushService

ARRIVAL_SECONDS = 60
WORKER_SECONDS = 60
numbers = count()
# No test browser can subscribe at a push service: one in private mode does not, and there is no network. `given` are
# the endpoint and the keys.
SUBSCRIBING = """
const build = (key) => ({
  endpoint: given.endpoint,
  options: { userVisibleOnly: true, applicationServerKey: Uint8Array.from(key).buffer },
  toJSON: () => ({ ...given, expirationTime: null }),
  unsubscribe: async () => { localStorage.removeItem("subscribed-with"); return true },
})
const read = () => JSON.parse(localStorage.getItem("subscribed-with"))
PushManager.prototype.getSubscription = async () => read() && build(read())
PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
  localStorage.setItem("subscribed-with", JSON.stringify([...applicationServerKey]))
  return build(read())
}
"""
# What a worker may do only when its user has really clicked, and what the desktop would show.
DOING = """
self.done = []
WindowClient.prototype.focus = async function () { done.push(["focus", new URL(this.url).pathname]); return this }
clients.openWindow = async (url) => done.push(["window", new URL(url).pathname])
navigator.setAppBadge = async (number) => done.push(["badge", number])
navigator.clearAppBadge = async () => done.push(["badge", 0])
"""
# Under the lock of the worker: Chromium forgets a notification that is being shown meanwhile.
LIST = 'navigator.locks.request("notifications", () => registration.getNotifications())'
CLICKING = f"""async () => {{
  const [notification] = await {LIST}
  self.dispatchEvent(new NotificationEvent("notificationclick", {{ notification }}))
}}"""
SHOWN = f"""async () => (await {LIST}).map(({{ title, body, tag, data }}) =>
  ({{ title, body, tag, path: new URL(data.url).pathname }}))"""


@dataclass
class Device:
    """A browser with the worker of the app; `page` is its first tab, `path` that of its subscription."""

    desk: Desk
    service: PushService
    page: Page
    session: CDPSession
    path: str
    registrations: list[dict[str, Any]] = field(default_factory=list)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    @property
    def worker(self) -> Worker:
        return self.context.service_workers[0]

    def take_push(self, about: str) -> Any:
        """Hand the next push that holds this text to the worker, as a browser does; return its payload.

        Others tell of what came before it: of rooms that a user was added to, or of what a test before has read.
        """
        push = self.service.arrivals.get(timeout=ARRIVAL_SECONDS)
        while push.path != self.path or about not in push.plaintext.decode():
            push = self.service.arrivals.get(timeout=ARRIVAL_SECONDS)
        self.deliver(push.payload)
        return push.payload

    def deliver(self, payload: Any) -> None:
        """Hand a push to the worker."""
        where = {"origin": self.desk.server.url, "registrationId": self.registrations[-1]["registrationId"]}
        self.session.send("ServiceWorker.deliverPushMessage", {**where, "data": json.dumps(payload)})

    def list_shown(self) -> list[dict[str, str]]:
        shown: list[dict[str, str]] = self.worker.evaluate(SHOWN)
        return shown

    def wait_for_shown(self, number: int) -> list[dict[str, str]]:
        """Wait until so many notifications are shown; return them."""
        assert self._wait_until(f"async (number) => (await {LIST}).length === number", number)
        return self.list_shown()

    def close_tab(self) -> None:
        """Close the first tab, and wait until the worker knows."""
        self.page.close()
        assert self._wait_until("async () => (await clients.matchAll({ includeUncontrolled: true })).length === 0")

    def click_notification(self) -> None:
        self.worker.evaluate(CLICKING)

    def wait_for_done(self, *what: object) -> None:
        """Wait until the worker has done something: "focus", "window" or "badge", and which."""
        condition = "async (what) => done.some((each) => JSON.stringify(each) === what)"
        assert self._wait_until(condition, json.dumps(what, separators=(",", ":"))), self.worker.evaluate("done")

    def _wait_until(self, condition: str, argument: object = None) -> bool:
        """Wait in the worker until a condition holds; return false where it takes too long."""
        holds: bool = self.worker.evaluate(
            f"""async ([argument, seconds]) => {{
              const end = Date.now() + seconds * 1000
              while (!(await ({condition})(argument))) {{
                if (Date.now() > end) return false
                await new Promise((resolve) => setTimeout(resolve, 20))
              }}
              return true
            }}""",
            [argument, WORKER_SECONDS],
        )
        return holds


def open_device(desk: Desk, service: PushService, who: Member, path: str, **options: Any) -> Device:
    """Open a page in a browser that may show notifications, and wait for its worker."""
    page = desk.open(who, service_workers="allow", **{"permissions": ["notifications"]} | options)
    secrets = service.subscribe(push_path := f"/push/browser-{next(numbers)}")
    given = {"endpoint": secrets.endpoint, "keys": {"p256dh": secrets.p256dh, "auth": secrets.auth}}
    page.context.add_init_script(f"{{ const given = {json.dumps(given)}\n{SUBSCRIBING} }}")
    device = Device(desk, service, page, page.context.new_cdp_session(page), push_path)
    device.session.on(
        "ServiceWorker.workerRegistrationUpdated", lambda event: device.registrations.extend(event["registrations"])
    )
    device.session.send("ServiceWorker.enable")
    page.goto(path)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    device.worker.evaluate(f"() => {{ {DOING} }}")
    return device


def turn_on(device: Device) -> None:
    """Turn pushes on in the settings."""
    device.page.get_by_role("button", name="Turn on for this device").click()
    expect(device.page.locator("[data-this-device]")).to_be_visible()
