"""How files of drafts go to the server and come from it, without one: none is lost, and none comes back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.modules import OpenModules, open_modules  # noqa: F401

# In the place of `lib/api`: it keeps what is asked, and answers as a scenario says.
API = """
const answer = async (method, body) => {
  if (method === "GET") return { items: [], next_cursor: null }
  return { updated_at: `t${api.asked.length}`, asset_ids: body?.asset_ids, assets: [] }
}
export const api = { asked: [], answer }
export const buildError = async () => new Error("refused"), readCsrfToken = () => ""
export async function requestJson(method, path, body) {
  const files = body && "asset_ids" in body && [body.asset_ids.join(""), body.seen_asset_ids.join("")].join("<")
  const place = path.split("?")[0].replace("/rooms/r/draft", "")
  if (method !== "GET") api.asked.push([method, place, body?.content, files].filter(Boolean).join(" "))
  const given = await api.answer(method, body)
  return given.asset_ids && !given.assets.length ? { ...given, assets: given.asset_ids.map(api.describe) } : given
}
api.describe = (id) => ({ id, name: id, size: 1, mime_type: "image/png", thumbnail_url: `/${id}`, alt_text: "" })
"""
SETUP = """async (scenario) => {
    const { api } = await import("lib/api")
    const { connection } = await import("lib/connection")
    const { RequestRefused } = await import("lib/errors")
    const { buildDraftStore, drafts, readDraft } = await import("messages/drafts")
    const { startDraftSync } = await import("messages/draft-sync")
    const { listDraftFiles, readFile, removeFile, saveFile, takeFiles, updateFile } =
        await import("attachments/stored-files")
    await import("attachments/draft-assets")
    const store = buildDraftStore({ room: "r" })
    const wait = (milliseconds = 40) => new Promise((resolve) => setTimeout(resolve, milliseconds))
    const save = () => { document.dispatchEvent(new Event("focusout")); return wait() }
    const choose = (id, assetId = null) => saveFile({
        id: `here-${id}`, place: "r", at: id.charCodeAt(), name: id, size: 1, type: "", altText: "", savedAltText: "",
        assetId, isTaken: false, isForLibrary: false, failure: null,
    })
    const finish = (...ids) => ids.forEach((id) => readFile(`here-${id}`)
        ? updateFile(`here-${id}`, { assetId: id }) : choose(id, id))
    const remove = (id) => removeFile(listDraftFiles("r").find(({ assetId }) => assetId === id).id)
    const hear = (ids, { content = "", at = "t9", assets = ids.map(api.describe) } = {}) => {
        const draft = { room_id: "r", thread_id: null, content, quote: null, updated_at: at, asset_ids: ids, assets }
        connection.hear("draft.saved", { draft })
        return wait()
    }
    const hearDeletion = () => { connection.hear("draft.deleted", { room: "r", thread_id: null }); return wait() }
    const refuse = () => drafts.addEventListener("incoming", (event) => event.preventDefault(), { once: true })
    const answerOnce = (give) => {
        const { answer } = api
        api.answer = async (method, body) => { api.answer = answer; return give(body) }
    }
    const tray = () => listDraftFiles("r").map(({ name, assetId, failure }) =>
        failure ? `${name}!` : assetId ? name : `${name}?`)
    %s
    return [api.asked, tray(), readDraft("r").content]
}"""
START = "startDraftSync(); "
# What happens; then what the server is asked ("PUT text files<files that were seen"), the tray ("a?" is on its way),
# and the text.
SCENARIOS: dict[str, tuple[str, list[str], list[str], str]] = {
    "a file is there": ('choose("a"); await save(); finish("a"); await save()', ["PUT a<"], ["a"], ""),
    "the second is there first": (
        'choose("a"); choose("b"); finish("b", "a"); await save()',
        ["PUT ab<"],
        ["a", "b"],
        "",
    ),
    "with a text": ('store.save("x"); finish("a"); await save()', ["PUT x a<"], ["a"], "x"),
    "one of two is removed": (
        'finish("a", "b"); await save(); remove("a"); await save()',
        ["PUT ab<", "PUT b<ab"],
        ["b"],
        "",
    ),
    "the only one is removed": ('finish("a"); await save(); remove("a"); await wait()', ["PUT a<", "DELETE"], [], ""),
    "removed before it was saved": ('finish("a"); remove("a"); await save()', [], [], ""),
    "sent": (
        'store.save("x"); finish("a"); await save(); takeFiles(listDraftFiles("r")); store.save(""); await wait()',
        ["PUT x a<", "DELETE"],
        [],
        "",
    ),
    "its message is a draft again": (
        """finish("a"); await save(); takeFiles([{ id: "here-a" }]); await wait()
        updateFile("here-a", { isTaken: false }); await save()""",
        ["PUT a<", "DELETE", "PUT a<"],
        ["a"],
        "",
    ),
    "added elsewhere": ('choose("c"); await hear(["a", "b"])', [], ["c?", "a", "b"], ""),
    "added elsewhere, then there here": (
        'choose("c"); await hear(["a"], { content: "x" }); finish("c"); await save()',
        ["PUT x ca<a"],
        ["c", "a"],
        "x",
    ),
    "moved elsewhere": ('await hear(["a", "b"]); await hear(["b", "a"], { at: "u" })', [], ["b", "a"], ""),
    "removed elsewhere": (
        'finish("a", "b"); await save(); choose("c"); await hear(["b"])',
        ["PUT ab<"],
        ["b", "c?"],
        "",
    ),
    "what came from elsewhere is removed here": (
        'await hear(["a", "b"]); remove("a"); await save()',
        ["PUT b<ab"],
        ["b"],
        "",
    ),
    "sent elsewhere": ('finish("a"); await save(); choose("b"); await hearDeletion()', ["PUT a<"], ["b?"], ""),
    "sent elsewhere while its text is in use": (
        'store.save("x"); finish("a"); await save(); refuse(); await hearDeletion()',
        ["PUT x a<"],
        [],
        "x",
    ),
    "sent elsewhere while typed on": (
        'store.save("x"); finish("a"); await save(); store.save("xy"); await hearDeletion(); await save()',
        ["PUT x a<", "PUT xy <"],
        [],
        "xy",
    ),
    "sent elsewhere before another is saved": (
        'finish("a"); await save(); finish("b"); await hearDeletion(); await save()',
        ["PUT a<", "PUT b<"],
        ["b"],
        "",
    ),
    "added at once on two devices": (
        'answerOnce(() => ({ updated_at: "t1", asset_ids: ["b", "a"], assets: [] })); finish("b"); await save()',
        ["PUT b<"],
        ["b", "a"],
        "",
    ),
    "added elsewhere before this is saved": (
        'finish("b"); await hear(["a"]); await save()',
        ["PUT ba<a"],
        ["b", "a"],
        "",
    ),
    "the first is there while the second is saved": (
        """answerOnce(async ({ asset_ids }) => { await wait(); return { updated_at: "t1", asset_ids, assets: [] } })
        choose("a"); finish("b"); save(); await wait(5); finish("a"); await wait(150)""",
        ["PUT b<", "PUT ab<b"],
        ["a", "b"],
        "",
    ),
    "its own echo": ('finish("a"); await save(); await hear(["a"], { at: "t1" })', ["PUT a<"], ["a"], ""),
    "an echo after it was removed": (
        'finish("a"); await save(); remove("a"); await wait(); await hear(["a"], { at: "t1" })',
        ["PUT a<", "DELETE"],
        [],
        "",
    ),
    "removed after an answer was lost": (
        'answerOnce(() => { throw new Error("lost") }); finish("a", "b"); await save(); remove("a"); await save()',
        ["PUT ab<", "PUT b<a"],
        ["b"],
        "",
    ),
    "another draft is offered": (
        'store.save("x"); finish("a"); await save(); refuse(); await hear(["b"], { content: "y" })',
        ["PUT x a<"],
        ["a"],
        "x",
    ),
    "another draft is taken": (
        """store.save("x"); finish("a"); await save(); refuse(); await hear(["b"], { content: "y" })
        store.take({ content: "y", quote: null, updated_at: "t9", asset_ids: ["b"], assets: [api.describe("b")] })
        await save()""",
        ["PUT x a<"],
        ["b"],
        "y",
    ),
    "another draft is not taken": (
        """store.save("x"); finish("a"); await save(); refuse(); await hear(["b"], { content: "y" })
        store.keep({ asset_ids: ["b"] }); await save()""",
        ["PUT x a<", "PUT x a<b"],
        ["a"],
        "x",
    ),
    "a file is deleted": (
        'finish("a", "b"); await save(); await hear(["a", "b"], { at: "t1", assets: [api.describe("a")] })',
        ["PUT ab<"],
        ["a", "b!"],
        "",
    ),
    "a deleted file comes": ('await hear(["a"], { assets: [] })', [], ["File!"], ""),
    "the room is gone": (
        'answerOnce(() => { throw new RequestRefused(404, "not_found", "no") }); finish("a"); await save()',
        ["PUT a<"],
        [],
        "",
    ),
}


def run(open_page: OpenModules, steps: str) -> list[Any]:
    page = open_page(attributes='data-user="me" data-org="quay"', stand_ins={"lib/api": API})
    found: list[Any] = page.evaluate(SETUP % steps, None)
    return found


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_file_is_neither_lost_nor_brought_back(open_modules: OpenModules, name: str) -> None:  # noqa: F811
    steps, *expected = SCENARIOS[name]

    assert run(open_modules, START + steps) == expected


def test_what_a_page_before_has_uploaded_is_saved(open_modules: OpenModules) -> None:  # noqa: F811
    assert run(open_modules, f'finish("a"); {START} await save()') == [["PUT a<"], ["a"], ""]


def test_descriptions_follow_unless_one_is_being_written(open_modules: OpenModules) -> None:  # noqa: F811
    steps = """
    const tell = (text, at) => hear(["a"], { at, assets: [{ ...api.describe("a"), alt_text: text }] })
    await tell("Boats", "t1"); await tell("Two boats", "t1")
    const seen = [readFile("a").altText]
    updateFile("a", { altText: "Three" }); await tell("Four boats", "t1")
    return [...seen, readFile("a").altText, readFile("a").thumbnailUrl]
    """
    assert run(open_modules, START + steps) == ["Two boats", "Three", "/a"]


def test_a_file_that_two_tabs_hear_of_comes_once(open_modules: OpenModules) -> None:  # noqa: F811
    steps = """
    const { showAssets } = await import("attachments/draft-assets")
    await hear(["a"])
    const again = { asset_ids: ["a"], assets: [api.describe("a")] }
    showAssets("r", again); showAssets("r", again)
    """
    assert run(open_modules, START + steps) == [[], ["a"], ""]
