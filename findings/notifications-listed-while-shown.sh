#!/usr/bin/env bash
# Subject: Chromium 156.0.8078 (Debian's package, without a window, driven by Playwright 1.65.2 from PyPI): listing the
# notifications of a service worker while it shows another.
#
# Guess: `registration.getNotifications()` may or may not hold a notification whose `showNotification()` has not
# resolved yet, and holds it once that has resolved.
#
# Seen: if a list is asked for between the two, the one that is on its way is often forgotten for good (49 and 96 of a
# hundred): `showNotification()` resolves without an error, and no later list holds it. Without a list meanwhile none
# is lost.
#
# Consequence: an application that closes what was read elsewhere by looking through the list can't find that one ever
# again: it stays on the desktop until it is clicked. A push and a page that hears of a reading often meet. Show and
# list under one lock of `navigator.locks`, which workers and pages share.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check playwright==1.65.2
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)

cat >"$folder/list.py" <<'PYTHON'
"""Show notifications in a service worker, with a list asked for meanwhile or not, and count those not listed after."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from playwright.sync_api import sync_playwright

COUNTED = 100
SHOW = """async ([isListed, isLocked, counted]) => {
  const registration = await navigator.serviceWorker.ready
  const run = (work) => (isLocked ? navigator.locks.request("notifications", work) : work())
  let lost = 0
  for (let number = 0; number < counted; number++) {
    const shown = run(() => registration.showNotification("Tide", { tag: String(number) }))
    const lists = []
    while (isListed && lists.length < 5) {
      lists.push(run(() => registration.getNotifications()))
      await new Promise((resolve) => setTimeout(resolve))
    }
    await Promise.all([shown, ...lists])
    const listed = await registration.getNotifications()
    if (!listed.some(({ tag }) => tag === String(number))) lost++
    for (const each of listed) each.close()
  }
  return lost
}"""


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        is_script = self.path == "/worker.js"
        body = b"addEventListener('install', () => skipWaiting())" if is_script else b"<!doctype html><title>Quay</title>"
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
Thread(target=server.serve_forever, daemon=True).start()
with sync_playwright() as playwright:
    chromium = playwright.chromium.launch(executable_path=sys.argv[1])
    print("Chromium", chromium.version)
    page = chromium.new_context(permissions=["notifications"]).new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    page.evaluate("navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready).then(() => 1)")
    alone, listed, locked = (page.evaluate(SHOW, [*how, COUNTED]) for how in ((False, False), (True, False), (True, True)))
    print(f"Of {COUNTED} not in a later list: {alone} alone, {listed} listed meanwhile, {locked} under one lock")
    assert alone == 0 and locked == 0, "Some are lost in another way"
    assert listed > COUNTED // 10, "A list loses none any more"
    chromium.close()
PYTHON
"$folder/venv/bin/python" "$folder/list.py" "$browser"
