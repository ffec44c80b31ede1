"""An invitation for one person reaches them by mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Invitation, Organisation, User
from accounts.organisations.services.invitations import create_invitation
from lib.jobs import run_due_jobs
from lib.mail.models import StoredMail
from lib.rate_limit import RateLimit
from tests.accounts.organisations.inviting import DANA, invite_by_form, invite_by_rest
from tests.conftest import AfterCommit, ApiFor, ClientFor

pytestmark = pytest.mark.django_db


def test_it_names_who_invites_and_carries_the_link(
    api_for: ApiFor,
    alice: User,
    halyard: Organisation,
    after_commit: AfterCommit,
) -> None:
    with after_commit():
        made = invite_by_rest(api_for(alice), email=DANA).json()

    [message] = mail.outbox
    [(html, kind)] = message.alternatives
    assert (message.to, message.subject) == ([DANA], "Alice invited you to Halyard")
    assert kind == "text/html"
    for body in (message.body, html):
        assert made["url"] in body and "Alice" in body and "Halyard" in body


def test_the_form_sends_it_too(
    client_for: ClientFor,
    alice: User,
    halyard: Organisation,
    after_commit: AfterCommit,
) -> None:
    with after_commit():
        invite_by_form(client_for(alice), role="guest", emails=DANA)

    [message] = mail.outbox
    assert f"http://testserver{Invitation.objects.get().url}" in message.body


def test_the_page_says_whom_it_mailed(client_for: ClientFor, alice: User, halyard: Organisation) -> None:
    owner = client_for(alice)

    sent = owner.get(invite_by_form(owner, emails=DANA).url).content.decode()

    assert f"Mailed to {DANA}." in sent and f"Send again to {DANA}" in sent and f"Revoke for {DANA}" in sent


def test_it_is_sent_again(
    api_for: ApiFor, client_for: ClientFor, alice: User, halyard: Organisation, after_commit: AfterCommit
) -> None:
    soon = timezone.now() + timedelta(hours=1)
    invitation = create_invitation(actor=alice, slug="halyard", email=DANA, expires_at=soon)

    with after_commit():
        by_rest = api_for(alice).call("POST", f"/orgs/halyard/invitations/{invitation.pk}/resend")
        page = client_for(alice).post(reverse("accounts:invitation-again", args=["halyard", invitation.pk]))

    assert (by_rest.status_code, page.status_code) == (200, 302)
    assert [message.to for message in mail.outbox] == [[DANA], [DANA]]
    assert by_rest.json()["url"] in mail.outbox[0].body
    invitation.refresh_from_db()
    assert invitation.expires_at > timezone.now() + timedelta(days=6)


def test_a_link_for_everybody_is_not_sent_again(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    invitation = create_invitation(actor=alice, slug="halyard")

    answer = api_for(alice).call("POST", f"/orgs/halyard/invitations/{invitation.pk}/resend")

    assert (answer.status_code, answer.json()["code"]) == (409, "invitation_without_address")


def test_only_administrators_send_it_again(
    api_for: ApiFor, alice: User, bob: User, charlie: User, halyard: Organisation
) -> None:
    invitation = create_invitation(actor=alice, slug="halyard", email=DANA)
    path = f"/orgs/halyard/invitations/{invitation.pk}/resend"

    assert [api_for(who).call("POST", path).status_code for who in (bob, charlie, None)] == [403, 404, 401]
    assert not mail.outbox


def test_whoever_is_a_member_is_not_invited_again(
    api_for: ApiFor,
    client_for: ClientFor,
    alice: User,
    bob: User,
    halyard: Organisation,
    after_commit: AfterCommit,
) -> None:
    with after_commit():
        refused = invite_by_rest(api_for(alice), email=bob.email.upper())
        page = invite_by_form(client_for(alice), emails=bob.email)

    assert (refused.status_code, refused.json()["errors"][0]["msg"]) == (422, "They are a member already.")
    assert page.status_code == 422 and "They are a member already." in page.content.decode()
    assert not mail.outbox and not Invitation.objects.exists()


def test_a_link_for_everybody_is_mailed_to_nobody(
    api_for: ApiFor,
    alice: User,
    halyard: Organisation,
    after_commit: AfterCommit,
) -> None:
    with after_commit():
        invite_by_rest(api_for(alice))

    assert mail.outbox == []


def test_a_mail_vanishes_with_the_transaction_of_its_invitation(
    alice: User, halyard: Organisation, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "lib.mail.backend.StoringBackend"
    with pytest.raises(RuntimeError), transaction.atomic():
        create_invitation(actor=alice, slug="halyard", email=DANA, origin="https://atrium.example")
        assert StoredMail.objects.count() == 1 and mail.outbox == []
        raise RuntimeError

    assert not StoredMail.objects.exists()


def test_whoever_may_not_invite_sends_nothing(
    api_for: ApiFor,
    client_for: ClientFor,
    alice: User,
    bob: User,
    charlie: User,
    halyard: Organisation,
    after_commit: AfterCommit,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.THROTTLE = True
    monkeypatch.setattr("accounts.security.limits.INVITATION_MAILS_TO_ONE", RateLimit("to-one-refused", 1, 3600))

    with after_commit():
        statuses = [invite_by_rest(api_for(user), email=DANA).status_code for user in (bob, charlie, None)]
        by_form = invite_by_form(client_for(bob), emails=DANA)

    assert [*statuses, by_form.status_code] == [403, 404, 401, 403]
    assert mail.outbox == []
    assert invite_by_rest(api_for(alice), email=DANA).status_code == 201, "Their tries are not hers."


def test_names_are_text_in_html_and_one_line_in_the_subject(
    api_for: ApiFor,
    alice: User,
    halyard: Organisation,
    after_commit: AfterCommit,
) -> None:
    User.objects.filter(pk=alice.pk).update(name="Alice\r\nBcc: everybody@halyard.example")
    Organisation.objects.update(name="<b>Halyard</b>\n\n& Sons")

    with after_commit():
        invite_by_rest(api_for(alice), email=DANA)

    [message] = mail.outbox
    assert message.subject == "Alice Bcc: everybody@halyard.example invited you to <b>Halyard</b> & Sons"
    assert message.recipients() == [DANA]
    assert "Bcc" not in message.message()
    assert "&lt;b&gt;Halyard&lt;/b&gt;" in message.alternatives[0][0]
    assert "<b>Halyard</b>" in message.body


def test_a_mail_server_that_fails_leaves_the_link(
    client_for: ClientFor, alice: User, halyard: Organisation, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "lib.mail.backend.StoringBackend"
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    owner = client_for(alice)

    answer = invite_by_form(owner, emails=DANA)
    run_due_jobs(queue="mail")

    page = owner.get(answer.url).content.decode()
    assert Invitation.objects.get().url in page and f"Send again to {DANA}" in page
