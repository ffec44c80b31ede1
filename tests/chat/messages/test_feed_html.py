"""Fragments of messages are shown in the reader's language, and what members wrote stays."""

import re
from collections.abc import Callable

from django.conf import settings
from django.test import Client

from accounts.models import User
from chat.messages import feed_html
from chat.messages.services.reactions import add_reaction
from chat.models import Room
from tests.chat.steps import say

WITH_LABELS = (
    "_reactions.html",
    "_link_previews.html",
    "_attachments.html",
    "_remove_attachment.html",
    "_audio_player.html",
)
WITH_WORDS = ("_message.html", "_origin.html", "_thread_link.html", "_attachments.html", "_quote.html")
TEMPLATES = settings.BASE_DIR / "templates/chat/messages"


def test_what_a_member_wrote_is_not_translated(
    bob: User, robin: User, room: Room, client_for: Callable[[User], Client]
) -> None:
    message = say(robin, room, '[tea](https://tea.example "Reactions") aria-label="Reactions" data-i18n-label>')
    add_reaction(actor=robin, message_id=message.pk, emoji="👍")
    bob.language = "de"
    bob.save(update_fields=["language"])

    html = client_for(bob).get(f"/rooms/{room.pk}/feed/").content.decode()

    assert 'title="Reactions"' in html and 'aria-label="Reactions" data-i18n-label&gt;' in html
    assert 'aria-label="Reaktionen" data-i18n-label>' in html


def test_translated_words_are_those_of_the_templates() -> None:
    templates = "".join((TEMPLATES / name).read_text() for name in WITH_WORDS)
    words = re.findall(r'data-i18n="(\w+)">([^<]+)<', templates)
    parts = [(TEMPLATES / name).read_text() for name in WITH_LABELS]
    labels = re.findall(r'aria-label="([^"]+)"[^>]*data-i18n-label>', "".join(parts))

    assert dict(words) == feed_html.TEXTS
    assert tuple(labels) == feed_html.LABELS


def test_scripts_translate_the_same_words() -> None:
    script = (settings.BASE_DIR / "static/js/messages/message-i18n.js").read_text()

    assert dict(re.findall(r'^  (\w+): gettext\("(.+)"\),$', script, re.MULTILINE)) == feed_html.TEXTS
