"""Every mail there is: text and HTML that say the same, in one quiet layout."""

from email import message_from_bytes
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.mail import EmailMessage
from pytest_django import Settings

from accounts.mail import compose_mail, mail_after_commit
from accounts.models import User
from tests.factories import make_user

TEMPLATES = Path(django_settings.BASE_DIR) / "templates"
MAILS = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.glob("account*/email/*.html"))
LINK = "https://atrium.example/somewhere/?a=1&b=2"


@pytest.mark.django_db
@pytest.mark.parametrize("name", MAILS)
def test_a_mail_is_text_and_html_of_one_template(name: str) -> None:
    dana = make_user("Dana O’Hara & Sons")

    message = compose_mail(name, to=dana.email, context={"user": dana, "link": LINK, "site": "atrium.example"})

    [(html, kind)] = message.alternatives
    assert 0 < len(message.subject) < 80 and "\n" not in message.subject
    assert LINK in message.body and LINK.replace("&", "&amp;") in html and kind == "text/html"
    assert message.body.strip().endswith("--\nAtrium on atrium.example") and "Atrium on atrium.example" in html
    assert "\n\n\n" not in message.body and "&amp;" not in message.body
    assert 'name="color-scheme" content="light dark"' in html
    assert not any(fetched in html for fetched in ("<img", "<link", "<script", "src=", "url("))


@pytest.mark.django_db
def test_names_are_text_in_html(alice: User) -> None:
    alice.name = "<b>Alice</b>"

    message = compose_mail("accounts/email/password_changed.html", to=alice.email, context={"user": alice})

    assert "&lt;b&gt;Alice" in message.alternatives[0][0]
    assert "Hello <b>Alice</b>" in message.body


@pytest.mark.django_db
def test_whoever_has_no_address_gets_no_mail(robin: User) -> None:
    mail_after_commit("password_changed", to=robin.email, user=robin)

    assert mail.outbox == []


def test_in_development_mails_are_printed_and_kept(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "lib.mail.mailbox.EmailBackend", tmp_path / "mail"

    EmailMessage("Choose a new password", "Here: ü", to=["dana@halyard.example"]).send()

    [kept] = (tmp_path / "mail").iterdir()
    assert kept.name.endswith("-choose-a-new-password.eml")
    assert message_from_bytes(kept.read_bytes())["To"] == "dana@halyard.example"
    assert "Subject: Choose a new password" in capsys.readouterr().out
