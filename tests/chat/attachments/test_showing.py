"""How files look in messages, and that messages follow them."""

import re
from datetime import timedelta
from operator import attrgetter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from assets.cleanup.services import delete_deleted_assets, delete_orphaned_assets
from assets.models import Asset
from assets.processing.services import make_previews
from assets.storing.services import delete_asset, update_asset
from chat.attachments.html import render_attachments
from chat.attachments.snapshots import build_snapshot
from chat.excerpts import describe_message
from chat.messages.feed_html import translate_fragments
from chat.messages.message_html import Rendered, render_loaded
from chat.messages.message_json import Key
from chat.models import Message, Room
from lib.cache import LRUCache
from lib.jobs import run_due_jobs
from lib.realtime.hub import Event
from tests.chat.attachments.conftest import PostFiles, StoreFile
from tests.chat.steps import frames, say
from tests.conftest import ApiFor, ClientFor

SHOWN = {
    "id": "0195f3a2-7c1e-7d52-9b0a-3f6c1d2e4a51", "name": "harbour.jpg", "mime_type": "image/jpeg", "kind": "image",
    "size": 86016, "state": "ready", "alt_text": "", "thumbnails": {"small": [360, 180], "large": [1600, 800]},
    "width": 4000, "height": 2000, "placeholder": "#7a8ea0",
}  # fmt: skip


def draw(**changes: object) -> str:
    return render_attachments([SHOWN | changes])


def html_of(message: Message) -> str:
    return render_loaded(Message.objects.for_rendering().get(pk=message.pk)).html


@pytest.mark.parametrize(
    ("size", "shown"),
    [((4000, 2000), (480, 240)), ((20, 10), (20, 10)), ((1000, 4000), (80, 320)), ((9000, 2), (480, 1))],
)
def test_the_space_of_a_picture_is_known_before_it_is_there(size: tuple[int, int], shown: tuple[int, int]) -> None:
    html = draw(width=size[0], height=size[1])

    assert (
        re.findall(r'(?:<svg[^>]*|<img[^>]*) width="(\d+)" height="(\d+)"', html)
        == [(str(shown[0]), str(shown[1]))] * 2
    )
    assert f'data-width="{size[0]}" data-height="{size[1]}"' in html


def test_a_picture_says_what_it_shows() -> None:
    assert 'alt="harbour.jpg"' in draw()
    assert 'alt="Low &quot;tide&quot;"' in draw(alt_text='Low "tide"')
    assert 'srcset="' in draw() and 'srcset="' not in draw(frames=20)
    assert re.search('<img src="[^"]*size=large"', draw(frames=20))


def test_a_picture_without_thumbnails_keeps_its_space_or_is_a_row() -> None:
    pending, failed = draw(thumbnails={}, state="pending"), draw(thumbnails={}, state="failed")

    assert "<svg" in pending and "<img" not in pending and 'fill="#7a8ea0"' in pending
    assert 'class="file"' in failed and "data-picture" not in failed


def test_a_picture_that_no_browser_shows_opens_its_thumbnail() -> None:
    assert re.search('href="[^"]*/thumbnail[?]size=large"', draw(mime_type="image/tiff"))
    assert re.search('href="[^"]*/content"', draw())


def test_films_and_sounds_play_where_they_stand() -> None:
    film = draw(mime_type="video/mp4", kind="video")
    with translation.override("de"):  # a comma is no decimal point for scripts
        sound = draw(mime_type="audio/mpeg", kind="audio", peaks=[1, 99], duration=3.25)

    assert re.search('<video [^>]*controls playsinline preload="metadata" width="480" height="240"', film)
    assert "poster=" in film
    assert 'data-seconds="3.25"' in sound and ">0:03</span>" in sound and '<path d="M0 50v0">' in sound
    assert re.search('<audio [^>]*controls preload="none"', sound)
    assert 'preload="metadata"' in draw(mime_type="audio/mpeg", kind="audio")
    assert "<video" not in draw(mime_type="video/x-ms-wmv", kind="video")


def test_names_and_texts_cannot_break_out() -> None:
    evil = '"><script>alert(1)</script>.<b>'
    html = draw(name=evil, alt_text=evil, kind="text", mime_type="text/plain", thumbnails={}, first_lines=evil)

    assert "<script>" not in html and "<b>" not in html
    assert "&lt;script&gt;" in html


def test_code_is_coloured_and_cut(store: StoreFile) -> None:
    asset = store("tides.py", b"import sea\n" * 40)
    make_previews(blob_id=asset.blob_id)
    snapshot = build_snapshot(Asset.objects.select_related("blob").get(pk=asset.pk))

    assert snapshot["first_lines"].count("import") == 12
    assert '<span class="kn">import</span>' in render_attachments([snapshot])


def test_kinds_and_sizes_are_said_in_the_language_of_the_reader() -> None:
    html = draw(name="plan.xlsx", kind="document", thumbnails={}, mime_type="application/vnd.ms-excel")
    assert '">Excel spreadsheet</span>, ' in html and '">84.0\xa0KB</span>' in html

    with translation.override("de"):
        german = translate_fragments(html)

    assert '">84,0\xa0KB</span>' in german and 'aria-label="Herunterladen"' in german
    assert ">XLSX<" in german


def test_fifty_pictures_cost_no_query_more(
    client_for: ClientFor, alice: User, room: Room, store: StoreFile, post_files: PostFiles,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    picture, page = store("harbour.png"), f"/rooms/{room.pk}/"
    counts = []
    for post in (lambda: say(alice, room), lambda: post_files(picture)):
        for _ in range(50):
            post()
        client_for(alice).get(page)
        # As another process would, that has drawn none of them.
        monkeypatch.setattr(
            "chat.messages.message_html.cache", LRUCache[Key, Rendered](1_000_000, size_of=attrgetter("size"))
        )
        Room.objects.filter(pk=room.pk).update(topic=str(len(counts)))
        with CaptureQueriesContext(connection) as queries:
            html = client_for(alice).get(page).content.decode()
        counts.append(len(queries))

    assert html.count("data-picture") == 50
    assert counts[0] == counts[1]


def test_messages_follow_their_files(
    alice: User, room: Room, store: StoreFile, post_files: PostFiles, published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    asset = store("tides.txt")
    message = post_files(asset)
    answer = say(alice, room, "Yes", reply_to=message.pk)
    assert ">tides.txt</span>" in html_of(answer)

    def follow(change: object) -> dict[str, object]:
        published.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()  # type: ignore[operator]
        with django_capture_on_commit_callbacks(execute=True):
            run_due_jobs()
        updates = [frame for frame in frames(published) if frame["type"] == "message.updated"]
        return updates[-1]["message"] if updates else {}

    made = follow(lambda: make_previews(blob_id=asset.blob_id))
    assert made["assets"][0]["state"] == "ready" and made["version"] > message.version  # type: ignore[index, operator]
    named = follow(lambda: update_asset(actor=alice, asset_id=asset.pk, name="ebb.txt"))
    assert named["assets"][0]["name"] == "ebb.txt"  # type: ignore[index]
    assert ">ebb.txt</span>" in html_of(answer)
    assert follow(lambda: update_asset(actor=alice, asset_id=asset.pk, name="ebb.txt")) == {}
    gone = follow(lambda: delete_asset(actor=alice, asset_id=asset.pk))
    assert gone["assets"] == []
    assert "This file was deleted." in html_of(message) and "ebb.txt" not in html_of(message)
    assert delete_deleted_assets(after=timedelta(0)) == 1
    assert "This file was deleted." in html_of(message)


def test_what_was_posted_is_no_orphan(store: StoreFile, post_files: PostFiles) -> None:
    posted, unused = store("posted.txt", b"1"), store("unused.txt", b"2")
    post_files(posted)
    Asset.objects.update(created_at=timezone.now() - timedelta(days=2))

    assert delete_orphaned_assets() == 1
    assert Asset.objects.get() == posted
    assert not Asset.objects.filter(pk=unused.pk).exists()


def test_without_a_text_the_files_are_said(store: StoreFile, post_files: PostFiles) -> None:
    photo, text = store("a.png"), store("tides.txt")

    assert describe_message(post_files(photo)) == "Photo"
    assert describe_message(post_files(photo, store("b.png"))) == "2 photos"
    assert describe_message(post_files(text)) == "tides.txt"
    assert describe_message(post_files(text, photo)) == "2 files"
    assert describe_message(post_files(text, content="Tides")) == "Tides"


def test_messages_are_found_by_the_names_of_their_files(
    api_for: ApiFor, bob: User, store: StoreFile, post_files: PostFiles
) -> None:
    message = post_files(store("Hafenplan 2027.txt"))

    found = api_for(bob).call("GET", "/search?org=halyard&q=hafenplan").json()

    assert [(each["id"], each["snippet"]) for each in found["items"]] == [
        (str(message.pk), "<mark>Hafenplan</mark> 2027.txt")
    ]
