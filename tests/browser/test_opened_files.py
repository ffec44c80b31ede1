"""Files that a user opens by their address: what could run a script is saved, and what is shown runs nothing."""

import time
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Response, expect

from tests.accounts.pictures import halves
from tests.assets.attacks import ATTACKS, PLAIN_PDF
from tests.browser.conftest import Company, Desk, Member, screenshot

# What all frames and pages tell, before any script of theirs.
LISTEN = "window.heard = []; addEventListener('message', event => heard.push(event.data))"
RUN_IN_PAGE = """async url => {
    const frame = Object.assign(document.createElement('iframe'), {src: url});
    const script = Object.assign(document.createElement('script'), {src: url});
    const picture = Object.assign(document.createElement('img'), {src: url});
    const styles = Object.assign(document.createElement('link'), {rel: 'stylesheet', href: url});
    document.body.append(frame, script, picture, styles);
    await new Promise(resolve => setTimeout(resolve, 150));
    return heard;
}"""


def upload(member: Member, slug: str, name: str, content: bytes) -> str:
    """The path of a file as browsers open it."""
    answer = member.rest.post("/assets", data={"org": slug}, files={"file": (name, content)})
    assert answer.status_code == 201, answer.text
    return f"/assets/{answer.json()['id']}/content"


def wait_until_ready(member: Member, path: str) -> None:
    """Wait for the job that makes the preview."""
    address = path.removesuffix("/content")
    deadline = time.monotonic() + 60
    while member.rest.ask("GET", address)["state"] == "pending":
        assert time.monotonic() < deadline
        time.sleep(0.1)


def open_file(page: Page, path: str) -> Response | None:
    """The answer of what is shown; None where it is saved."""
    try:
        return page.goto(path)
    except Error as error:
        assert "Download is starting" in error.message or "ERR_ABORTED" in error.message
        return None


@pytest.fixture
def opened(desk: Desk, company: Company) -> Page:
    page = desk.open(company.bob)
    page.add_init_script(LISTEN)
    dialogs: list[str] = []

    def note(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.dialogs = dialogs  # type: ignore[attr-defined]
    return page


def test_no_file_runs_a_script(desk: Desk, company: Company, opened: Page) -> None:
    """Opened, and as a frame, a script, a picture and styles of a page of ours."""
    desk.expect("status of 404")  # the icon of a picture's page
    for complaint in (
        "Refused to",
        "violates the following",
        "nosniff",
        "X-Frame-Options",
        "frame-ancestors",
        "MIME type",
    ):
        desk.expect(complaint)
    shown = 0
    for name, content in ATTACKS:
        path = upload(company.bob, company.slug, name, content)
        wait_until_ready(company.bob, path)

        answer = open_file(opened, path)

        assert opened.title() != "run", name
        shown += answer is not None
        if answer is not None:
            assert opened.evaluate("origin") == "null"
        opened.goto("/settings/")
        assert opened.evaluate(RUN_IN_PAGE, path) == [], name
    assert opened.dialogs == []  # type: ignore[attr-defined]
    assert 0 < shown < 20


def test_pictures_and_documents_are_shown(desk: Desk, company: Company, opened: Page) -> None:
    desk.expect("status of 404")  # the icon of a picture's page
    opened.goto(upload(company.bob, company.slug, "harbour.png", halves()))
    expect(opened.locator("img")).to_be_visible()
    assert opened.evaluate("document.images[0].naturalWidth") == 400
    screenshot(opened, "opened-picture")

    path = upload(company.bob, company.slug, "plan.pdf", PLAIN_PDF)
    wait_until_ready(company.bob, path)
    answer = open_file(opened, path)
    assert answer is not None and answer.ok
    screenshot(opened, "opened-pdf")
