"""How drafts go to the server and come from it, without one: what is typed here is never lost or replaced."""

from __future__ import annotations

import pytest

from tests.browser.modules import OpenModules, open_modules  # noqa: F401

# In the place of `lib/api`: it keeps what is asked, and answers as a scenario says.
API = """
const answer = async (method, body) => {
  if (method !== "PUT") return { items: [], next_cursor: null }
  return { updated_at: `t${api.asked.length}`, asset_ids: body.asset_ids, assets: [] }
}
export const api = { asked: [], answer }
export function requestJson(method, path, body, options) {
  const [place, query] = path.split("?")
  const until = new URLSearchParams(query).get("saved_until")
  const words = [method, place, until, body?.content, options?.keepalive && "kept"]
  if (method !== "GET") api.asked.push(words.filter(Boolean).join(" "))
  return api.answer(method, body)
}
"""
SETUP = """async (scenario) => {
    const { api } = await import("lib/api")
    const { connection } = await import("lib/connection")
    const { RequestRefused } = await import("lib/errors")
    const { buildDraftStore, drafts, readDraft } = await import("messages/drafts")
    const { startDraftSync } = await import("messages/draft-sync")
    startDraftSync()
    const NO_FILES = { asset_ids: [], assets: [] }
    const wait = (milliseconds = 5) => new Promise((resolve) => setTimeout(resolve, milliseconds))
    const blur = () => { document.dispatchEvent(new Event("focusout")); return wait() }
    const store = buildDraftStore({ room: "r" })
    const offered = []
    drafts.addEventListener("incoming", ({ detail }) => offered.push(detail.draft?.content ?? null))
    const hear = (content, at = "t9") => {
        const draft = { room_id: "r", thread_id: null, content, quote: null, updated_at: at, ...NO_FILES }
        const type = content === null ? "draft.deleted" : "draft.saved"
        connection.hear(type, { room: "r", thread_id: null, updated_at: at, draft })
    }
    const hold = (...items) => {
        const { answer } = api
        let release
        const released = new Promise((resolve) => (release = resolve))
        api.answer = async (method, body) => {
            if (method !== "GET") return answer(method, body)
            await released
            return { items, next_cursor: null }
        }
        connection.hear("welcome", {})
        return async () => { release(); await wait() }
    }
    const slow = () => {
        api.answer = async () => { await wait(30); return { updated_at: "t1", ...NO_FILES } }
    }
    %s
    return [api.asked, store.read(), Object.keys(localStorage).filter((key) => /draft\\./.test(key)).length, offered]
}"""
PUT, DELETE = "PUT /rooms/r/draft", "DELETE /rooms/r/draft"
# What happens; then what the server is asked, the text that is kept, the number of drafts kept, and what comes in.
SCENARIOS = {
    "typed": ('store.save("half"); await blur()', [f"{PUT} half"], "half", 1, []),
    "sent at once": ('store.save("half"); store.save(""); await wait()', [], "", 0, []),
    "sent after it was saved": (
        'store.save("half"); await blur(); store.save(""); await wait()',
        [f"{PUT} half", f"{DELETE} t1"],
        "",
        0,
        [],
    ),
    "sent while it is saved": (
        'slow(); store.save("half"); await blur(); store.save(""); hear("half", "t1"); await wait(90)',
        [f"{PUT} half", f"{DELETE} t1"],
        "",
        0,
        [],
    ),
    "sent in another tab while it is saved": (
        'slow(); store.save("half"); await blur(); localStorage.removeItem("atrium.me.draft.r"); await wait(90)',
        [f"{PUT} half", f"{DELETE} t1"],
        "",
        0,
        [],
    ),
    "sent after an answer was lost": (
        """const { answer } = api
        api.answer = async () => { throw new Error("lost") }
        store.save("half"); await blur(); api.answer = answer; store.save(""); await wait()""",
        [f"{PUT} half", DELETE],
        "",
        0,
        [],
    ),
    "sent though another was offered": (
        'store.save("mine"); await blur(); store.save("mine too"); hear("other"); store.save(""); await wait()',
        [f"{PUT} mine", f"{DELETE} t9"],
        "",
        0,
        ["other"],
    ),
    "typed on while it is saved": (
        'slow(); store.save("half"); await blur(); store.save("half a"); hear("half", "t1"); await wait(90)',
        [f"{PUT} half", f"{PUT} half a"],
        "half a",
        1,
        [],
    ),
    "the page is left": (
        'store.save("half"); dispatchEvent(new Event("pagehide")); await wait()',
        [f"{PUT} half kept"],
        "half",
        1,
        [],
    ),
    "typed elsewhere": ('hear("other")', [], "other", 1, ["other"]),
    "typed and sent elsewhere": ('hear("other"); hear(null)', [], "", 0, ["other", None]),
    "typed here and elsewhere": ('store.save("mine"); hear("other")', [], "mine", 1, ["other"]),
    "its own echo": ('store.save("half"); await blur(); hear("half", "t1")', [f"{PUT} half"], "half", 1, []),
    "its echo after it was sent": (
        'store.save("half"); await blur(); store.save(""); await wait(); hear("half", "t1")',
        [f"{PUT} half", f"{DELETE} t1"],
        "",
        0,
        [],
    ),
    "heard late, after it was sent": (
        'store.save("half"); await blur(); store.save(""); await wait(); hear("ha", "t0"); hear("more", "t9")',
        [f"{PUT} half", f"{DELETE} t1"],
        "more",
        1,
        ["more"],
    ),
    "heard late, after another tab has sent it": (
        """localStorage.setItem("atrium.me.removed-drafts", '{"r": "t5"}'); hear("half", "t5")""",
        [],
        "",
        0,
        [],
    ),
    "heard late that it was sent, when the next is saved": (
        'store.save("a"); await blur(); store.save(""); await wait(); store.save("b"); await blur(); hear(null, "t1")',
        [f"{PUT} a", f"{DELETE} t1", f"{PUT} b"],
        "b",
        1,
        [],
    ),
    "heard that it was sent, while the next is saved": (
        """store.save("a"); await blur(); store.save(""); await wait()
        api.answer = async () => { await wait(30); return { updated_at: "t3", ...NO_FILES } }
        store.save("b"); await blur(); hear(null, "t1"); await wait(90)""",
        [f"{PUT} a", f"{DELETE} t1", f"{PUT} b"],
        "b",
        1,
        [],
    ),
    "sent elsewhere while typed here": ('store.save("mine"); hear(null)', [], "mine", 1, []),
    "too long": (
        """api.answer = async () => { throw new RequestRefused(422, "invalid", "no") }
        store.save("long"); await blur(); connection.hear("welcome", {}); await wait(320)
        store.save("longer"); await blur()""",
        [f"{PUT} long", f"{PUT} longer"],
        "longer",
        1,
        [],
    ),
    "the room is gone": (
        """api.answer = async () => { throw new RequestRefused(404, "not_found", "no") }
        store.save("half"); await blur()""",
        [f"{PUT} half"],
        "",
        0,
        [],
    ),
    "no connection, then back": (
        """const { answer } = api
        api.answer = async () => { throw new Error("lost") }
        store.save("half"); await blur(); api.answer = answer
        connection.hear("welcome", {}); await wait(320)""",
        [f"{PUT} half", f"{PUT} half"],
        "half",
        1,
        [],
    ),
    "deleted elsewhere meanwhile": (
        'store.save("half"); await blur(); connection.hear("welcome", {}); await wait(320)',
        [f"{PUT} half"],
        "",
        0,
        [None],
    ),
    "saved while the list is on its way": (
        'const release = hold(); await wait(320); store.save("half"); await blur(); await release()',
        [f"{PUT} half"],
        "half",
        1,
        [],
    ),
    "saved anew while the list is on its way": (
        """const old = { room_id: "r", thread_id: null, content: "old", quote: null, updated_at: "t0", ...NO_FILES }
        const release = hold(old); await wait(320); store.save("half"); await blur(); await release()""",
        [f"{PUT} half"],
        "half",
        1,
        [],
    ),
    "sent elsewhere while the list is on its way": (
        """const sent = { room_id: "r", thread_id: null, content: "sent", quote: null, updated_at: "t1", ...NO_FILES }
        const release = hold(sent); await wait(320); hear("sent", "t1"); hear(null); await release()""",
        [],
        "",
        0,
        ["sent", None],
    ),
    "signed out elsewhere, then in again": (
        """const { answer } = api
        api.answer = async () => { throw new RequestRefused(401, "not_authenticated", "no") }
        store.save("half"); await blur(); api.answer = answer
        connection.hear("welcome", {}); await wait(320)""",
        [f"{PUT} half", f"{PUT} half"],
        "half",
        1,
        [],
    ),
    "the session has ended": (
        'connection.hasEnded = true; store.save("half"); dispatchEvent(new Event("pagehide")); await wait()',
        [],
        "half",
        1,
        [],
    ),
    "of an earlier version": (
        """localStorage.setItem("atrium.me.draft.r", JSON.stringify("old"))
        connection.hear("welcome", {}); await wait(320)""",
        [f"{PUT} old"],
        "old",
        1,
        [],
    ),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_draft_is_neither_lost_nor_replaced(open_modules: OpenModules, name: str) -> None:  # noqa: F811
    steps, *expected = SCENARIOS[name]
    page = open_modules(stand_ins={"lib/api": API})

    assert page.evaluate(SETUP % steps, None) == expected
