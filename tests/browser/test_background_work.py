"""The page of background work follows what happens."""

from playwright.sync_api import expect

from tests.browser.axe import axe_says_in_both_themes
from tests.browser.conftest import Desk
from tests.browser.entrance import sign_in
from tests.live import LiveServer


def test_a_mail_that_is_sent_shows_by_itself(desk: Desk, server: LiveServer) -> None:
    server.sign_up("Nell")
    page = desk.open(None)
    sign_in(page, "root@halyard.example")
    page.goto("/administration/jobs/?state=done&kind=lib.mail.jobs.deliver_mail")
    states = page.locator("job-board [data-live=states]")
    before = states.inner_text()

    server.sign_up("Nora")

    expect(states).not_to_have_text(before, use_inner_text=True)
    expect(page.locator("job-board .job").first).to_contain_text("lib.mail.deliver_mail")
    assert axe_says_in_both_themes(page) == ""
