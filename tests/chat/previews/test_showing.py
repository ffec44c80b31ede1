from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import Organisation, User
from chat.messages import jobs
from chat.messages.link_previews import attach_previews
from chat.messages.message_html import render_message
from chat.messages.services.edit import delete_message, edit_message
from chat.models import LinkPreview, Message, MessagePreview, Room
from lib.jobs import run_due_jobs
from lib.realtime.hub import Event
from tests.chat.previews.steps import build_page, draw_picture, edit_and_look, list_titles, say_and_look
from tests.chat.steps import frames, say
from tests.factories import make_room
from tests.stored_jobs import list_arguments
from tests.webserver import WebServer

pytestmark = pytest.mark.django_db


def test_a_page_is_shown_below_the_message_that_links_to_it(alice: User, room: Room, site: WebServer) -> None:
    picture = site.put("/tides.png", draw_picture(), "image/png")
    page = build_page("Tides", title="Tides of Ellery", description="High water at noon.", site_name="Ellery")
    url = site.put("/tides", page.replace("</head>", f'<meta property="og:image" content="{picture}"></head>'))

    message = say_and_look(alice, room, f"See {url}#noon")

    shown = message.previews[0]
    assert {name: shown[name] for name in ("url", "title", "description", "site_name", "width", "height")} == {
        "url": f"{url}#noon",
        "title": "Tides of Ellery",
        "description": "High water at noon.",
        "site_name": "Ellery",
        "width": 480,
        "height": 252,
    }
    assert f'src="/api/v1/link-previews/{shown["image"]}/image"' in render_message(message).html


def test_a_preview_is_announced_as_a_new_version(
    alice: User,
    room: Room,
    site: WebServer,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    message = say(alice, room, f"See {site.put('/', build_page('Tides'))}")

    with django_capture_on_commit_callbacks(execute=True):
        attach_previews(message.pk)

    frame = frames(published)[-1]
    room.refresh_from_db()
    assert (frame["type"], frame["version"]) == ("message.updated", room.version) == ("message.updated", 2)
    assert frame["message"]["previews"][0]["title"] == "Tides"
    assert frame["message"]["edited_at"] is None


def test_at_most_three_pages_are_shown_each_once_in_the_order_of_their_links(
    alice: User, room: Room, site: WebServer
) -> None:
    urls = [site.put(f"/{number}", build_page(f"Page {number}")) for number in range(5)]

    message = say_and_look(alice, room, f"{urls[2]} {urls[0]} {urls[2]}#again {urls[4]} {urls[1]}")

    assert list_titles(message) == ["Page 2", "Page 0", "Page 4"]
    assert [asked.path for asked in site.asked] == ["/2", "/0", "/4"]


@pytest.mark.parametrize(
    "text", ["`{url}`", "```\n{url}\n```", "    {url}", "no link: {host}", "[mail](mailto:a@b.de)"]
)
def test_what_is_no_link_is_not_asked(alice: User, room: Room, site: WebServer, text: str) -> None:
    message = say_and_look(alice, room, text.format(url=site.url, host=site.url.removeprefix("http://")))

    assert not message.previews
    assert not site.asked


def test_links_to_this_server_are_not_asked(alice: User, room: Room, site: WebServer, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]

    assert not say_and_look(alice, room, f"{site.url}/rooms/{room.pk}/ {site.url}/settings/").previews
    assert not site.asked


def test_a_page_without_anything_to_show_changes_nothing(
    alice: User,
    room: Room,
    site: WebServer,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    site.put("/empty", "<p>text</p>")
    site.put("/file", b"%PDF", "application/pdf")
    message = say(alice, room, f"{site.url}/empty {site.url}/file {site.url}/missing")
    published.clear()

    with django_capture_on_commit_callbacks(execute=True):
        attach_previews(message.pk)

    message.refresh_from_db()
    assert (message.previews, message.version, published) == (None, 1, [])


def test_another_message_gets_the_same_preview_without_asking(
    alice: User, bob: User, room: Room, site: WebServer
) -> None:
    url = site.put("/", build_page("Tides"))

    first, second = say_and_look(alice, room, url), say_and_look(bob, room, f"{url}#again")

    assert list_titles(first) == list_titles(second) == ["Tides"]
    assert len(site.asked) == 1


def test_another_organisation_asks_for_itself(alice: User, charlie: User, room: Room, site: WebServer) -> None:
    elsewhere = make_room(Organisation.objects.get(name="Elsewhere"), admin=charlie)
    url = site.put("/", build_page("Tides"))

    say_and_look(alice, room, url)
    say_and_look(charlie, elsewhere, url)

    assert len(site.asked) == 2


def test_an_edit_drops_the_previews_of_links_that_are_gone(alice: User, room: Room, site: WebServer) -> None:
    tides, wind = site.put("/tides", build_page("Tides")), site.put("/wind", build_page("Wind"))
    message = say_and_look(alice, room, f"{tides} {wind}")

    message = edit_and_look(alice, message, f"Only {wind}")

    assert list_titles(message) == ["Wind"]
    assert [use.preview.title for use in MessagePreview.objects.filter(message=message)] == ["Wind"]


def test_an_edit_adds_previews_of_new_links(alice: User, room: Room, site: WebServer) -> None:
    tides, wind = site.put("/tides", build_page("Tides")), site.put("/wind", build_page("Wind"))
    message = say_and_look(alice, room, tides)
    del site.answers["/tides"]

    message = edit_and_look(alice, message, f"{wind} {tides}")

    assert list_titles(message) == ["Wind", "Tides"]


def test_a_link_that_is_edited_out_while_its_page_is_fetched_gets_no_preview(
    alice: User, room: Room, site: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chat.messages import link_previews

    message = say(alice, room, site.put("/", build_page("Tides")))
    find = link_previews.find_preview

    def edit_meanwhile(**options: Any) -> LinkPreview | None:
        previews_of_page = find(**options)
        Message.objects.filter(pk=message.pk).update(html="<p>Nothing</p>")
        return previews_of_page

    monkeypatch.setattr(link_previews, "find_preview", edit_meanwhile)

    attach_previews(message.pk)

    message.refresh_from_db()
    assert not message.previews


def test_a_deleted_message_shows_no_page(alice: User, room: Room, site: WebServer) -> None:
    message = say_and_look(alice, room, site.put("/", build_page("Tides")))

    deleted = delete_message(actor=alice, message_id=message.pk)
    attach_previews(message.pk)

    assert not deleted.previews
    assert "link-card" not in render_message(deleted).html
    assert not MessagePreview.objects.exists()


def test_an_organisation_that_wants_none_has_none(alice: User, room: Room, site: WebServer) -> None:
    Organisation.objects.update(link_previews=False)

    assert not say_and_look(alice, room, site.put("/", build_page("Tides"))).previews
    assert not site.asked


def test_only_messages_with_links_are_looked_at(alice: User, room: Room, settings: Settings) -> None:
    settings.LINK_PREVIEWS = True
    said = [say(alice, room, text) for text in ("No link", "https://a.example/", "`x`")]
    edit_message(actor=alice, message_id=said[0].pk, content="https://b.example/")

    assert list_arguments(jobs.attach_previews) == [{"message_id": str(said[index].pk)} for index in (1, 0)]


def test_a_server_that_wants_none_looks_at_none(alice: User, room: Room) -> None:
    say(alice, room, "https://a.example/")

    assert not list_arguments(jobs.attach_previews)


def test_a_link_is_looked_at_by_a_job(alice: User, room: Room, site: WebServer, settings: Settings) -> None:
    settings.LINK_PREVIEWS = True
    message = say(alice, room, site.put("/", build_page("Tides")))

    run_due_jobs(queue="outbound")

    assert list_titles(Message.objects.get(pk=message.pk)) == ["Tides"]
