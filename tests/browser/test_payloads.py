"""No text that a user enters runs as a script, or breaks the content security policy, where other users see it.

A new field is one line of `FIELDS` in payload_fields.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Company, Desk, Member, _arrive
from tests.browser.payload_fields import FIELDS, Stage
from tests.browser.payloads import PAYLOADS, pack
from tests.browser.steps import join_room
from tests.live import LiveServer
from tests.webserver import WebServer

# Another address of this machine than that of the server under test, which asks itself nothing.
SITE = "127.0.0.2"
# What a payload calls, and what the browser says of the content security policy: no page may log an error.
WATCH = """
window.pwned = window.alert = () => console.error("a script ran")
document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => console.error(violatedDirective))
"""
# What no text may become, within the body of a page.
HOSTILE = """(root) => [...root.querySelectorAll("*")].filter((element) =>
  element.matches("iframe, object, embed, base, style, meta, link, script:not([src]), [srcdoc]") ||
  [...element.attributes].some(({ name, value }) => name.startsWith("on") ||
    /^(xlink:)?href$|^src$|action$|^data$/.test(name) && /^\\s*(javascript|vbscript|data):/i.test(value))
).map((element) => element.outerHTML.slice(0, 200))"""
# Pages by the dozen, put where their handlers would run and their frames and links would load.
INSERT = f"""async (paths) => {{
  const hostile = {HOSTILE}, found = []
  const box = document.body.appendChild(document.createElement("div"))
  for (const path of paths) {{
    const html = await (await fetch(path)).text()
    box.innerHTML = html.slice(html.indexOf("<body"))
    if (!box.querySelector("main")) found.push(`no page at ${{path}}`)
    found.push(...hostile(box))
  }}
  await new Promise((resolve) => setTimeout(resolve))
  box.remove()
  return found
}}"""


HOSTILE_IN_BODY = f"() => ({HOSTILE})(document.body)"
# What commands answer, as the composer shows it.
HOSTILE_IN_NOTICES = f"""(notices) => notices.flatMap((html) => {{
  const box = document.body.appendChild(document.createElement("div"))
  box.innerHTML = html
  const found = ({HOSTILE})(box)
  box.remove()
  return found
}})"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server that may ask the site."""
    folder = tmp_path_factory.mktemp("payloads")
    with LiveServer(folder, LINK_PREVIEWS="on", OUTBOUND_NETWORKS=f"{SITE}/32") as live:
        yield live


@pytest.fixture(scope="module")
def stage(server: LiveServer) -> Iterator[Stage]:
    with WebServer(SITE) as site:
        company = Company.founded("Harbour", _arrive(server, "Alice"), _arrive(server, "Bob"))
        room = company.open_room("design")
        root = company.bob.rest.ask("POST", f"/rooms/{room}/messages", {"content": "Tea?"})["id"]
        yield Stage(company, site, room, root, other=company.open_room("copies"))


def open_page(desk: Desk, who: Member, stage: Stage, room: str | None = None) -> Page:
    page = desk.open(who)
    page.add_init_script(WATCH)
    join_room(page, room or stage.room)
    return page


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 300


@pytest.mark.parametrize("name", FIELDS)
def test_no_text_runs_as_a_script(desk: Desk, stage: Stage, name: str) -> None:
    field, ids = FIELDS[name], stage.list_ids()
    # Who looks at a room has read it.
    room = stage.other if field.pages and field.pages[0].endswith("/unread/") else stage.room
    page = open_page(desk, stage.company.alice if field.is_own else stage.company.bob, stage, room)
    field.enter(stage, pack(PAYLOADS, field.length, field.separator))
    if name == "preview":
        expect(page.locator(".link-card").last).to_be_visible()

    for path in field.pages:
        assert page.evaluate(HOSTILE_IN_BODY) == []
        page.goto(path.format(**ids))
        page.wait_for_load_state()
        expect(page.locator("main")).to_contain_text(field.shows)
    assert page.evaluate(HOSTILE_IN_BODY) == []


def test_a_script_that_ran_would_be_noticed(desk: Desk, stage: Stage) -> None:
    page = open_page(desk, stage.company.bob, stage)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=data:, onerror=pwned()>')")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<a href=javascript:pwned()>x</a>')")
    page.get_by_role("link", name="x", exact=True).click()
    page.evaluate("pwned()")

    assert len(page.evaluate(HOSTILE_IN_BODY)) == 2
    heard = " ".join(desk.complaints)
    assert all(each in heard for each in ("script-src-attr", "script-src-elem", "a script ran"))
    desk.complaints.clear()


def test_no_query_or_name_of_an_organisation_runs_as_a_script(desk: Desk, stage: Stage) -> None:
    page, slug = open_page(desk, stage.company.bob, stage), stage.company.slug
    queries = [f"/o/{slug}/search/?q={quote(text)}" for text in pack(PAYLOADS, 480, " ")]
    assert page.evaluate(INSERT, queries) == []

    token = stage.enter("POST", f"/orgs/{slug}/invitations", {})["token"]
    # Every third: each is a page of its own.
    for text in pack(PAYLOADS, 80, " ")[::3]:
        stage.enter("PATCH", f"/orgs/{slug}", {"name": text})
        found = page.evaluate(INSERT, [f"/join/{token}/"])
        assert (text, found) == (text, [])


def test_no_answer_to_a_command_runs_as_a_script(desk: Desk, stage: Stage) -> None:
    page, path = open_page(desk, stage.company.alice, stage), f"/rooms/{stage.room}/commands"
    answers = [stage.enter("POST", path, {"text": f"/topic {text}"}) for text in pack(PAYLOADS, 240, " ")]
    notices = [answer["notice"]["html"] for answer in answers if answer.get("notice")]

    assert len(notices) > len(answers) / 2 and "pwned()" in notices[0]
    assert page.evaluate(HOSTILE_IN_NOTICES, notices) == []
