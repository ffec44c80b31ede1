"""Faults of the browser's modules."""

from __future__ import annotations

from tests.mutants.fault import Fault

FEED, CONNECTION = ("tests/browser/test_feed_modules.py",), ("tests/browser/test_connection_modules.py",)

FAULTS = (
    Fault(
        "Version 10 replaces version 9.",
        "static/js/messages/feed-list.js",
        "if (Number(shown.dataset.version) < Number(item.dataset.version))",
        "if (shown.dataset.version < item.dataset.version)",
        FEED,
    ),
    Fault(
        "Separators of days follow the chosen time zone.",
        "static/js/lib/local-time.js",
        '"2-digit", day: "2-digit", timeZone })',
        '"2-digit", day: "2-digit" })',
        FEED,
    ),
    Fault(
        "Coming back to the page ends away.",
        "static/js/users/presence.js",
        '  document.addEventListener("visibilitychange", () => document.hidden || recordActivity())\n',
        "",
        CONNECTION,
    ),
    Fault(
        "A message that is tried again is given up after four times.",
        "static/js/messages/outbox.js",
        "    saveEntry({ ...entry, tries })\n",
        "    saveEntry(entry)\n",
        CONNECTION,
    ),
    Fault(
        "A draft that is sent while it is saved is deleted.",
        "static/js/messages/draft-saving.js",
        "isDirty: !isSame",
        "isDirty: false",
        ("tests/browser/test_draft_modules.py",),
    ),
    Fault(
        "A file that another device has added stays when this one adds another.",
        "static/js/messages/draft-comparison.js",
        "return { assetIds: [...kept, ...added], seenIds: incoming }",
        "return { assetIds: kept, seenIds: incoming }",
        ("tests/browser/test_draft_file_modules.py",),
    ),
    Fault(
        "A read mark that was not sent is sent later.",
        "static/js/messages/read-marker.js",
        "if (!this.#send(seq)) return",
        "this.#send(seq)",
        CONNECTION,
    ),
    Fault(
        "An ended session is never connected again.",
        "static/js/lib/connection.js",
        "this.#hasEnded ||= code === 4401",
        "this.#hasEnded = code === 4401",
        ("tests/browser/test_socket_modules.py",),
    ),
    Fault(
        "The end of typing is told once.",
        "static/js/messages/typing-notifier.js",
        "    if (!this.#sentAt) return\n",
        "",
        ("tests/browser/test_socket_modules.py",),
    ),
    Fault(
        "What arrives in a hidden tab stays unread.",
        "static/js/elements/room-feed.js",
        "return !document.hidden && !this.#marker",
        "return !this.#marker",
        ("tests/browser/test_reading.py", "-k", "hidden"),
    ),
)
