"""What files are called and are, as browsers show and save them."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Company, Desk, screenshot
from tests.browser.file_steps import drag, post_pictures, upload, upload_under
from tests.lib.media.test_archives import zip_of

# What a user may call a file, and how it is shown and saved.
NAMES = [
    ("Übersicht März.txt", "Übersicht März.txt"),
    ("דוח שנתי.txt", "דוח שנתי.txt"),
    ("photo\u202egnp.txt", "photognp.txt"),
    ("报告 🚤.txt", "报告 🚤.txt"),
    ("nul\0byte.txt", "nulbyte.txt"),
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\bob\\tides.txt", "tides.txt"),
    ("x" * 300 + ".txt", "x" * 251 + ".txt"),
    ('<img src=x onerror=alert(1)>".txt', '<img src=x onerror=alert(1)>".txt'),
    ("100% & 'half'; a=b.txt", "100% & 'half'; a=b.txt"),
]
NOTE_TYPES = """addEventListener("dragover", ({ dataTransfer }) => (window.types = [...dataTransfer.types]))"""
# Files by their names, the words for their kinds, and what is drawn for them.
DOCUMENTS = {
    "plan.docx": (zip_of("[Content_Types].xml", "word/document.xml"), "Word document"),
    "berths.xlsx": (zip_of("[Content_Types].xml", "xl/workbook.xml"), "Excel spreadsheet"),
    "season.pptx": (zip_of("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint presentation"),
    "charts.zip": (zip_of("chart.txt"), "ZIP archive"),
}


def test_names_from_every_corner_are_shown_and_saved(company: Company, desk: Desk) -> None:
    room = company.open_room("harbour")
    ids = [upload_under(company.alice, company.slug, name, name.encode()) for name, _ in NAMES]
    company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": "", "asset_ids": ids})
    kept = [name for _, name in NAMES]
    for options in ({}, PHONE):
        page = desk.open(company.bob, f"/rooms/{room}/", **options)
        shown = page.locator("main room-feed .file__name > .truncate")
        expect(shown).to_have_count(len(kept))
        assert shown.all_inner_texts() == kept
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    screenshot(page, "names-phone")
    for row, name in zip(page.locator("main room-feed .file").all(), kept, strict=True):
        with page.expect_download() as download:
            row.get_by_role("link", name="Download").click()
        # Slashes and what systems forbid are the browser's to replace.
        assert re.sub(r'[<>"]', "_", name)[:100] == download.value.suggested_filename[:100]
    page.goto(f"/o/{company.slug}/files/?view=list&sort=name")
    assert sorted(each.strip() for each in page.locator(".tile__name").all_inner_texts()) == sorted(kept)


def test_office_files_and_archives_say_what_they_are(company: Company, desk: Desk) -> None:
    room = company.open_room("harbour")
    ids = [upload(company.alice, company.slug, name, content) for name, (content, _) in DOCUMENTS.items()]
    company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": "", "asset_ids": ids})
    page = desk.open(company.bob, f"/rooms/{room}/")
    rows = page.locator("main room-feed .file")

    expect(rows).to_have_count(len(DOCUMENTS))
    for row, (name, (_, words)) in zip(rows.all(), DOCUMENTS.items(), strict=True):
        expect(row).to_contain_text(words)
        expect(row.locator(".file__kind")).to_have_text(name.rpartition(".")[2].upper())
    screenshot(page, "documents")
    for view in ("grid", "list"):
        page.goto(f"/o/{company.slug}/files/?view={view}")
        screenshot(page, f"documents-{view}")
    page.get_by_role("link", name="plan.docx").click()
    expect(page.locator(".file-facts")).to_contain_text("Word document")


def test_files_are_dragged_out_of_the_window(company: Company, desk: Desk) -> None:
    room = company.open_room("harbour")
    post_pictures(company, room, "keel")
    asset_id = upload(company.alice, company.slug, "tides: low.txt", b"Low tide")
    company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": "", "asset_ids": [asset_id]})
    page = desk.open(company.bob, f"/rooms/{room}/")
    feed = page.locator("main room-feed")
    address = f"{desk.server.url}/assets/{asset_id}/download"

    dragged = drag(feed.locator(".file"))
    assert dragged["downloadurl"] == f"application/octet-stream:tides_ low.txt:{address}"
    assert dragged["text/uri-list"] == dragged["text/plain"] == address
    picture = drag(feed.locator("a[data-picture]"))["downloadurl"]
    assert re.fullmatch(r"application/octet-stream:keel\.png:http://[^ ]*/download", picture)
    assert drag(page.locator("main h1")) == {}
    # The browser would offer what it shows of a picture as a file, which the room would take.
    page.evaluate(NOTE_TYPES)
    feed.locator("a[data-picture] img").drag_to(page.locator("main h1"))
    types = page.evaluate("types")
    assert "text/uri-list" in types and "Files" not in types
    page.goto(f"/o/{company.slug}/files/")
    assert drag(page.get_by_role("link", name="tides: low.txt"))["downloadurl"] == dragged["downloadurl"]
    page.get_by_role("link", name="Shows keel").click()
    assert "keel.png" in drag(page.locator(".lightbox__stage[aria-busy=false] img"))["downloadurl"]
