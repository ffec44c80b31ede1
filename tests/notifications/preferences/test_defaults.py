"""What an organisation suggests to its members."""

import pytest

from accounts.models import AuditEntry, Organisation, User
from notifications.models import NotificationDefaults
from notifications.preferences.queries import load_suggestions
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db

REST = "/orgs/halyard/notification-defaults"
PAGE = "/o/halyard/notification-defaults/"


def test_administrators_suggest_and_members_follow(
    api_for: ApiFor, alice: User, bob: User, halyard: Organisation
) -> None:
    body = {"choices": {"test_reply": {"push": True}}, "mail_pace": "60m", "mail_content": False}

    answer = api_for(alice).call("PATCH", REST, body).json()

    assert answer == api_for(alice).call("GET", REST).json()
    assert (answer["choices"], answer["mail_pace"], answer["mail_content"]) == (body["choices"], "60m", False)
    grid = api_for(bob).call("GET", "/me/notification-settings").json()["grid"]
    assert next(row for row in grid if row["kind"] == "test_reply")["push"]
    [entry] = AuditEntry.objects.filter(table_name="notifications_notificationdefaults")
    assert entry.organisation == halyard and set(entry.changes) == {"choices", "mail_pace", "mail_content"}


def test_members_and_strangers_may_not(api_for: ApiFor, bob: User, charlie: User, halyard: Organisation) -> None:
    for method, body in (("GET", None), ("PATCH", {"mail_pace": "5m"})):
        assert api_for(bob).call(method, REST, body).status_code == 403
        assert api_for(charlie).call(method, REST, body).status_code == 404


def test_organisations_that_disagree_suggest_nothing_in_one_grid(alice: User, bob: User, halyard: Organisation) -> None:
    other = make_organisation("Other", owner=bob)
    NotificationDefaults.objects.create(
        organisation=halyard, choices={"test_reply": {"push": True, "mail": True}, "test_mention": {"mail": False}}
    )
    assert load_suggestions(alice).choices == load_suggestions(bob).choices

    NotificationDefaults.objects.create(organisation=other, choices={"test_reply": {"push": True, "mail": False}})

    assert load_suggestions(bob).choices == {"test_reply": {"push": True}, "test_mention": {}}


def test_the_page_shows_and_saves_them(client_for: ClientFor, alice: User, bob: User, halyard: Organisation) -> None:
    client = client_for(alice)
    assert "who have not chosen otherwise" in client.get(PAGE).content.decode()

    sent = {"test_mention.in_app": "on", "test_mention.push": "on", "mail_pace": "daily"}
    assert client.post(PAGE, sent).status_code == 302

    defaults = NotificationDefaults.objects.get(organisation=halyard)
    assert defaults.choices["test_mention"] == {"mail": False}
    assert (defaults.mail_pace, defaults.mail_content) == ("daily", False)
    assert client_for(bob).get(PAGE).status_code == 403
