"""Measure a first visit to a room on a phone: `python -m tests.benchmarks.cold_load URL --cookie "atrium=…"`.

Prints how many requests it takes, how many KB, and after how many seconds the room is live: connected and ready to
write. The browser has an empty cache and a line of 1.6 Mbit/s with 150 ms of round trip, Lighthouse's slow 4G.
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LIVE = "room-feed[data-live]"
# How much slower a phone computes.
CPU_RATE = 4
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit took."""

    requests: int
    kilobytes: float
    seconds: float


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.cold_load", description=__doc__)
    parser.add_argument("url", help="of a room, on a server with DEBUG=off")
    parser.add_argument("--cookie", required=True, help="of a signed-in browser: NAME=VALUE")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--cpu-rate", type=int, default=1, help=f"compute so many times slower; a phone: {CPU_RATE}")
    return parser.parse_args()


def main() -> None:
    given = parse_arguments()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        visits = [visit(browser, given.url, given.cookie, given.cpu_rate) for _ in range(given.rounds)]
        browser.close()
    print(f"requests  {median(each.requests for each in visits):.0f}")
    print(f"KB        {median(each.kilobytes for each in visits):.0f}")
    print(f"live, s   {median(each.seconds for each in visits):.2f}")


def visit(browser: Browser, url: str, cookie: str, cpu_rate: int) -> Visit:
    """Open a room in a browser that knows nothing but its cookie."""
    context = browser.new_context(**PHONE)
    name, _, value = cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": url}])
    page = context.new_page()
    received = _slow_down(page, cpu_rate)
    started = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(LIVE)
    seconds = time.perf_counter() - started
    page.wait_for_load_state("networkidle")
    context.close()
    return Visit(len(received), sum(received.values()) / 1024, seconds)


def _slow_down(page: Page, cpu_rate: int) -> dict[str, float]:
    """Throttle the line and the processor; return the bytes of each request, as they arrive."""
    received: dict[str, float] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": cpu_rate})

    def finish(event: dict[str, Any]) -> None:
        received[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.loadingFinished", finish)
    return received


if __name__ == "__main__":
    main()
