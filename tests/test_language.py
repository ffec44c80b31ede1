"""English and German: everybody reads their own, whoever caused it and whoever was served before."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.mail import mail_after_commit
from accounts.models import Organisation, User
from chat.messages.message_html import render_message
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.pins import pin_message
from chat.messages.services.reactions import add_reaction
from chat.models import Room
from config.templatetags.dates import ago
from lib.realtime.hub import Event
from tests.chat.steps import frames, say
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_room

GERMAN = {"Accept-Language": "de-AT, de;q=0.9, en;q=0.5"}


@pytest.fixture
def dora(bob: User) -> User:
    """Bob, who has chosen German."""
    bob.language = "de"
    bob.save(update_fields=["language"])
    return bob


def test_every_word_is_translated() -> None:
    call_command("makemessages", check=True)
    call_command("compilemessages", check=True)


@pytest.mark.parametrize(
    ("header", "language"),
    [("de", "de"), ("de-CH, fr;q=0.9", "de"), ("fr, en-US;q=0.8, de;q=0.1", "en"), ("fr", "en"), ("", "en")]
    + [("*", "en"), ("x" * 5000, "en"), ("de;q=b\xe4d, \x00", "en")],
)
def test_a_stranger_reads_what_their_browser_asks_for(client: Client, db: None, header: str, language: str) -> None:
    answer = client.get("/nowhere/", headers={"Accept-Language": header})

    assert f'<html lang="{language}"' in answer.content.decode()
    assert answer.headers["Content-Language"].startswith(language)
    assert "Accept-Language" in answer.headers["Vary"]


def test_what_somebody_chose_counts_before_their_browser(
    dora: User, room: Room, alice: User, client_for: ClientFor
) -> None:
    german = client_for(dora).get(f"/rooms/{room.pk}/", headers={"Accept-Language": "en"}).content.decode()
    english = client_for(alice).get(f"/rooms/{room.pk}/").content.decode()

    assert '<html lang="de"' in german and "Direktnachrichten" in german and "js/translations/de" in german
    assert '<html lang="en"' in english and "Direct messages" in english and "js/translations/en" in english


def test_german_is_not_left_behind_for_the_next_reader(
    dora: User, room: Room, alice: User, client_for: ClientFor, client: Client
) -> None:
    german, english = client_for(dora), client_for(alice)

    for path in (f"/rooms/{room.pk}/", "/nowhere/"):
        in_german = german.get(path).content.decode()
        assert translation.get_language() == "en-gb"
        in_english = english.get(path).content.decode()
        assert 'lang="de"' in in_german and 'lang="en"' in in_english
    assert "Nicht gefunden" in in_german and "Not found" in in_english


def test_one_message_is_read_in_two_languages(
    dora: User, robin: User, alice: User, room: Room, client_for: ClientFor, published: list[Event]
) -> None:
    deleted, edited, agents = say(alice, room), say(alice, room), say(robin, room, "This message was deleted.")
    with translation.override("de"):
        delete_message(actor=alice, message_id=deleted.pk)
        edit_message(actor=alice, message_id=edited.pk, content="better")
        add_reaction(actor=alice, message_id=agents.pk, emoji="👍")
        pin_message(actor=alice, message_id=agents.pk)

    for path in ("", "feed/", "changes/?since=0"):
        german = client_for(dora).get(f"/rooms/{room.pk}/{path}").content.decode()
        english = client_for(alice).get(f"/rooms/{room.pk}/{path}").content.decode()
        assert "Diese Nachricht wurde gelöscht." in german and ">(bearbeitet)</a>" in german
        assert ">Angeheftet</span>" in german and 'aria-label="Reaktion hinzufügen"' in german
        assert '<p dir="auto">This message was deleted.</p>' in german  # is what Robin said
        assert not {"gelöscht", "bearbeitet", "Angeheftet", "Reaktion"} & set(re.findall(r"\w+", english))
        assert ">(edited)</a>" in english and ">Pinned</span>" in english
    assert not any("bearbeitet" in frame.get("html", "") for frame in frames(published))


def test_fragments_name_all_words_of_their_own(
    dora: User, robin: User, alice: User, room: Room, client_for: ClientFor
) -> None:
    """What is between tags of a message without any text is said by the fragment itself."""
    message = say(robin, room, "1")
    edit_message(actor=robin, message_id=message.pk, content="2")
    message = pin_message(actor=alice, message_id=message.pk)

    html = render_message(message).html
    for words in set(re.findall(r">([^<>]*[A-Za-z][^<>]*)<", html)) - {"Robin"}:
        assert re.search(rf'data-i18n="\w+">{re.escape(words)}<', html), words


def test_a_line_of_the_sidebar_is_kept_in_each_language(
    dora: User, robin: User, halyard: Organisation, client_for: ClientFor
) -> None:
    room = make_room(halyard, admin=dora, members=[robin])
    browser = client_for(dora)

    german = browser.get(f"/rooms/{room.pk}/").content.decode()
    dora.language = "en"
    dora.save(update_fields=["language"])
    english = browser.get(f"/rooms/{room.pk}/").content.decode()

    assert "Du hast hier einen Entwurf" in german and "You have a draft here" not in german
    assert "You have a draft here" in english and "Entwurf" not in english


def test_a_request_with_a_token_asks_nobody_for_their_language(
    dora: User, api_for: ApiFor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    api = api_for(dora)
    api.call("GET", "/me")

    with django_assert_num_queries(1):
        api.call("GET", "/me")


def test_a_mail_is_in_the_language_of_whom_it_is_for(
    dora: User, alice: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with translation.override("de"), django_capture_on_commit_callbacks(execute=True):
        alice.language = "en"
        mail_after_commit("second_factor_on", to=alice.email, user=alice)
    with django_capture_on_commit_callbacks(execute=True):
        mail_after_commit("second_factor_on", to=dora.email, user=dora)

    assert [sent.subject for sent in mail.outbox] == [
        "Two-factor authentication is on",
        "Die Zwei-Faktor-Authentisierung ist eingeschaltet",
    ]
    assert "Hallo Bob," in mail.outbox[1].body and '<html lang="de">' in mail.outbox[1].alternatives[0][0]


def test_rest_says_what_is_wrong_in_the_language_of_the_header(dora: User, room: Room, api_for: ApiFor) -> None:
    api = api_for(dora)

    german = api.call("POST", f"/rooms/{room.pk}/messages", {"content": " "}, **GERMAN).json()
    english = api.call("POST", f"/rooms/{room.pk}/messages", {"content": " "}).json()

    assert (
        german["errors"][0]["msg"] == "Schreib zuerst etwas."
        and english["errors"][0]["msg"] == "Write something first."
    )
    assert german["code"] == english["code"] == "invalid" and german["title"] == english["title"]


def test_ones_language_over_rest(alice: User, api_for: ApiFor) -> None:
    api = api_for(alice)

    assert api.call("GET", "/me").json()["language"] == ""
    assert api.call("PATCH", "/me", {"language": "de"}).json()["language"] == "de"
    for wrong in ("fr", "de-at", "DE", None, 1, "d\0e", "d" * 500):
        assert api.call("PATCH", "/me", {"language": wrong}).status_code == 422
    assert api.call("PATCH", "/me", {"language": ""}).json()["language"] == ""


def test_choosing_a_language_takes_effect_at_once_and_leaves_the_theme(alice: User, client_for: ClientFor) -> None:
    browser = client_for(alice)
    browser.post("/settings/appearance/", {"theme": "dark"})

    page = browser.post("/settings/language/", {"language": "de"}, follow=True).content.decode()

    assert '<html lang="de"' in page and 'data-theme-choice="dark"' in page
    assert '<option value="de" lang="de" selected>Deutsch</option>' in page
    assert browser.post("/settings/language/", {"language": "fr"}).status_code == 422
    alice.refresh_from_db()
    assert (alice.language, alice.theme) == ("de", "dark")


def test_how_long_ago_is_bent_as_german_bends_it() -> None:
    day = timezone.now() - timezone.timedelta(days=3)
    with translation.override("de"):
        assert ago(day).replace("\xa0", " ") == "vor 3 Tagen"
    assert ago(day).replace("\xa0", " ") == "3 days ago"
