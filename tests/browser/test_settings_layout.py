"""Settings scroll inside their window, whatever their address points at."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Company, Desk


@pytest.mark.parametrize("options", [{"viewport": DESKTOP}, PHONE], ids=["desktop", "phone"])
def test_the_window_stays_where_it_is(desk: Desk, company: Company, options: dict[str, object]) -> None:
    page = desk.open(company.alice, f"/o/{company.slug}/settings/#name", **options)
    expect(page.locator("#name")).to_be_in_viewport()

    expect(page.locator(".bar")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight && scrollY === 0")
