"""Coming in with an account elsewhere at a browser, and connecting one in the settings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import axe_says
from tests.browser.conftest import Desk, screenshot
from tests.browser.entrance import sign_out, sign_up
from tests.live import PASSWORD, LiveServer
from tests.provider import LiveProvider


@pytest.fixture(scope="module")
def offering(tmp_path_factory: pytest.TempPathFactory, lighthouse: LiveProvider) -> Iterator[LiveServer]:
    """A server that lets people come by Lighthouse."""
    env = {"OIDC_SERVER_URL": lighthouse.url, "OIDC_NAME": "Lighthouse"}
    env |= {"OIDC_CLIENT_ID": "atrium", "OIDC_CLIENT_SECRET": "kept-in-the-environment"}
    # With plain http, which only development may.
    with LiveServer(tmp_path_factory.mktemp("offering"), DEBUG="on", GOOGLE_CLIENT_ID="nobody", **env) as live:
        yield live


@pytest.fixture
def page(browser: Browser, offering: LiveServer) -> Iterator[Page]:
    desk = Desk(browser, offering, [], [])
    # What the provider's own pages lack.
    desk.expect("the server responded with a status of 404")
    yield desk.open(None, "/accounts/login/")
    for context in desk.contexts:
        context.close()
    assert desk.complaints == []


def agree(page: Page, sub: str) -> None:
    """At the provider, which believes whatever one says."""
    page.get_by_placeholder("sub").fill(sub)
    page.get_by_role("button", name="Authorize").click()


def test_a_button_leads_to_the_provider_and_back_inside(page: Page, lighthouse: LiveProvider) -> None:
    lighthouse.know("fay", email="fay@lighthouse.example", email_verified=True, name="Fay Farrow")
    expect(page.get_by_role("button", name="Continue with Google")).to_be_visible()
    screenshot(page, "sign-in-providers")

    page.get_by_role("button", name="Continue with Lighthouse").click()
    agree(page, "fay")

    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    page.goto("/settings/connections/")
    expect(page.get_by_text("fay@lighthouse.example").first).to_be_visible()
    expect(page.get_by_role("button", name="Disconnect Lighthouse")).to_have_count(0)
    expect(page.get_by_role("button", name="Mail me a link")).to_be_visible()
    screenshot(page, "connections-no-password")


def test_an_account_is_connected_and_disconnected(page: Page, lighthouse: LiveProvider) -> None:
    lighthouse.know("gil", email="gil@lighthouse.example", email_verified=True)
    sign_up(page, "Gil")
    page.goto("/settings/connections/")

    page.get_by_role("link", name="Connect Lighthouse").click()
    expect(page.get_by_role("heading", name="Connect Lighthouse")).to_be_visible()
    assert axe_says(page) == ""
    screenshot(page, "connect")
    page.get_by_role("textbox", name="Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go to Lighthouse").click()
    agree(page, "gil")

    expect(page.get_by_text("Lighthouse is connected")).to_be_visible()
    screenshot(page, "connections")
    sign_out(page)
    page.get_by_role("button", name="Continue with Lighthouse").click()
    agree(page, "gil")
    expect(page.get_by_role("heading", name="Sign in to Atrium")).to_have_count(0)
    page.goto("/settings/connections/")
    page.get_by_role("button", name="Disconnect Lighthouse").click()
    page.get_by_role("dialog").get_by_role("button", name="Disconnect").click()

    expect(page.get_by_text("It no longer signs you in.")).to_be_visible()
    expect(page.get_by_role("link", name="Connect Lighthouse")).to_be_visible()
