"""What people do with files at a composer, in words."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Locator, Page, Request, expect

from tests.accounts.pictures import halves

UPLOADS = "**/api/v1/uploads**"
# Bytes a second, for uploads that are watched, and a file that takes half a minute then.
SLOW = 200_000
LARGE = 6_000_000

_sessions: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()

HAND_OVER = """([selector, type, files]) => {
  const data = new DataTransfer()
  for (const { name, mimeType, text } of files) data.items.add(new File([text], name, { type: mimeType }))
  const options = { bubbles: true, cancelable: true }
  const event = type === "paste"
    ? new ClipboardEvent(type, { ...options, clipboardData: data })
    : new DragEvent(type, { ...options, dataTransfer: data })
  return document.querySelector(selector).dispatchEvent(event)
}"""


def text_file(name: str, size: int = 20) -> dict[str, Any]:
    """Return a file whose bytes are different from those of all others."""
    content = f"{name}\n".encode()
    return {"name": name, "mimeType": "text/plain", "buffer": (content * (size // len(content) + 1))[:size]}


def picture(name: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "image/png", "buffer": halves()}


def choose_files(page: Page, *files: dict[str, Any], within: str = "main") -> None:
    page.locator(f"{within} [data-files]").set_input_files(list(files))  # type: ignore[arg-type]


def hand_over(page: Page, selector: str, kind: str, *names: str) -> bool:
    """Paste or drop files; return whether the browser would do what it does by itself."""
    files = [{"name": name, "mimeType": "text/plain", "text": name} for name in names]
    return bool(page.evaluate(HAND_OVER, [selector, kind, files]))


def rows(page: Page, within: str = "main") -> Locator:
    return page.locator(f"{within} .tray__file")


def row(page: Page, name: str) -> Locator:
    return page.locator(".tray__file", has=page.get_by_text(name, exact=True))


def expect_uploaded(page: Page, *names: str, within: str = "main") -> None:
    """These files are in the tray in this order, and the server has them."""
    expect(page.locator(f"{within} .tray__name")).to_have_text(list(names))
    expect(page.locator(f"{within} .tray__progress:visible")).to_have_count(0)
    expect(page.locator(f"{within} .tray__file--failed")).to_have_count(0)


def act_on_file(page: Page, name: str, action: str) -> None:
    row(page, name).get_by_role("button", name=f"{action} {name}", exact=True).click()


def limit_speed(page: Page, bytes_a_second: int = -1) -> None:
    """Let a page send so many bytes a second, or as many as it can."""
    if page not in _sessions:
        _sessions[page] = page.context.new_cdp_session(page)
    speed = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second}
    _sessions[page].send("Network.emulateNetworkConditions", {"offline": False, **speed})


def wait_until_under_way(page: Page, name: str) -> None:
    """Wait until some of its bytes have been sent, and most have not."""
    row(page, name).locator("progress").wait_for()
    page.wait_for_function("(bar) => bar.value > 3", arg=row(page, name).locator("progress").element_handle())


def list_file_names(page: Page) -> list[str]:
    """Return the names of the files of the last message, in their order."""
    return page.locator(".feed__item").last.locator("[data-asset] .file__name > .truncate").all_inner_texts()


def record_requests(page: Page) -> list[Request]:
    """Return the requests of uploads that a page makes from now on."""
    made: list[Request] = []
    page.context.on("request", lambda request: "/api/v1/uploads" in request.url and made.append(request))
    return made


def list_offsets(requests: list[Request]) -> list[int]:
    return [int(each.headers["upload-offset"]) for each in requests if each.method == "PATCH"]
