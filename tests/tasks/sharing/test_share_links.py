"""Who makes, changes, sees and revokes the link to a board, over REST and in the settings."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit.descriptions import describe_entry
from accounts.models import AuditEntry, Organisation, User
from accounts.organisations.services.organisations import set_share_links
from tasks.models import Project, ShareLink
from tasks.projects.services.states import archive_project
from tasks.sharing.services import renew_share_link, revoke_share_link, save_share_link
from tests.conftest import ApiFor, ClientFor

pytestmark = pytest.mark.django_db


def test_an_admin_makes_changes_renews_and_revokes_a_link(api_for: ApiFor, alice: User, project: Project) -> None:
    api, path = api_for(alice), f"/projects/{project.pk}/share-link"
    assert api.call("GET", path).status_code == 404

    made = api.call("PUT", path, {})
    assert (made.status_code, made["Cache-Control"]) == (200, "no-store")
    shown = {"expires_at": None, "assignees": "hidden", "shows_descriptions": False}
    assert made.json().items() >= shown.items()
    assert api.call("GET", path).json() == made.json()
    soon = (timezone.now() + timedelta(days=1)).isoformat()
    changed = api.call("PUT", path, {"expires_at": soon, "assignees": "names", "shows_descriptions": True}).json()
    assert (changed["url"], changed["assignees"]) == (made.json()["url"], "names")
    assert Client().get(urlsplit(changed["url"]).path).status_code == 200
    renewed = api.call("POST", f"{path}/renew").json()
    assert renewed["url"] != changed["url"]
    assert {name: renewed[name] for name in (*shown, "expires_at")} == {name: changed[name] for name in shown}
    assert api.call("DELETE", path).status_code == 204
    assert api.call("DELETE", path).status_code == 204
    assert api.call("POST", f"{path}/renew").status_code == 404
    assert Client().get(urlsplit(renewed["url"]).path).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"assignees": "emails"},
        {"assignees": None},
        {"assignees": "n" * 1000},
        {"shows_descriptions": "yes"},
        {"expires_at": "tomorrow"},
        {"expires_at": "2027-01-01T00:00:00"},
        {"expires_at": "2020-01-01T00:00:00Z"},
        {"expires_at": 5},
    ],
)
def test_wrong_values_are_refused(api_for: ApiFor, alice: User, project: Project, body: dict[str, object]) -> None:
    assert api_for(alice).call("PUT", f"/projects/{project.pk}/share-link", body).status_code == 422
    assert not ShareLink.objects.exists()


def test_only_admins_see_and_change_a_link(
    api_for: ApiFor, client_for: ClientFor, alice: User, bob: User, charlie: User, project: Project
) -> None:
    save_share_link(actor=alice, project_id=project.pk)
    path, settings = f"/projects/{project.pk}/share-link", f"/projects/{project.pk}/settings/sharing/"

    for user, status in ((bob, 403), (charlie, 404), (None, 401)):
        for method, to, body in (("GET", path, None), ("PUT", path, {}), ("DELETE", path, None)):
            assert api_for(user).call(method, to, body).status_code == status
        assert api_for(user).call("POST", f"{path}/renew").status_code == status
    for sub in ("", "new/", "end/"):
        assert client_for(bob).post(f"{settings}{sub}", {"assignees": "names"}).status_code == 403
        assert client_for(charlie).post(f"{settings}{sub}", {"assignees": "names"}).status_code == 404
    assert client_for(bob).get(settings).status_code == 403
    assert "/settings/sharing/" not in client_for(bob).get(f"/projects/{project.pk}/settings/members/").content.decode()
    assert ShareLink.objects.get().assignees == "hidden"


def test_making_a_link_twice_makes_one(alice: User, project: Project) -> None:
    first, second = (save_share_link(actor=alice, project_id=project.pk) for _ in range(2))

    assert first.url == second.url and AuditEntry.objects.filter(table_name="tasks_sharelink").count() == 1


def test_an_organisation_forbids_links(
    api_for: ApiFor, client_for: ClientFor, alice: User, halyard: Organisation, project: Project
) -> None:
    set_share_links(actor=alice, slug=halyard.slug, enabled=False)

    assert api_for(alice).call("PUT", f"/projects/{project.pk}/share-link", {}).status_code == 403
    page = client_for(alice).get(f"/projects/{project.pk}/settings/sharing/").content.decode()
    assert "have forbidden share links" in page and "Make a link" not in page
    browser = client_for(alice)
    assert "Forbidden: no board" in browser.get(reverse("accounts:organisation", args=[halyard.slug])).content.decode()
    assert browser.post(f"/o/{halyard.slug}/share-links/", {"enabled": "on"}).status_code == 302
    assert api_for(alice).call("PUT", f"/projects/{project.pk}/share-link", {}).status_code == 200


def test_an_archived_project_gets_no_link(api_for: ApiFor, alice: User, project: Project) -> None:
    archive_project(actor=alice, project_id=project.pk)

    assert api_for(alice).call("PUT", f"/projects/{project.pk}/share-link", {}).status_code == 403


def test_the_settings_make_change_and_end_a_link(client_for: ClientFor, alice: User, project: Project) -> None:
    browser, path = client_for(alice), f"/projects/{project.pk}/settings/sharing/"
    assert "Make a link" in browser.get(path).content.decode()
    last_day = timezone.localdate() + timedelta(days=3)

    sent = {"assignees": "initials", "shows_descriptions": "on", "last_day": last_day.isoformat()}
    assert browser.post(path, sent).status_code == 302
    link = ShareLink.objects.get()
    page = browser.get(path).content.decode()
    assert link.url in page and f'value="{last_day}"' in page and " checked" in page
    assert link.expires_at and timezone.localtime(link.expires_at).date() == last_day + timedelta(days=1)
    for wrong in ({"last_day": "2020-01-01"}, {"last_day": "9999-12-31"}, {"last_day": "x"}, {"assignees": "x"}):
        assert browser.post(path, sent | wrong).status_code == 422
    assert browser.post(f"{path}new/").status_code == 302
    assert ShareLink.objects.get().key != link.key
    assert browser.post(f"{path}end/").status_code == 302
    assert not ShareLink.objects.exists()


def test_changes_of_a_link_are_recorded_without_its_key(alice: User, halyard: Organisation, project: Project) -> None:
    link = save_share_link(actor=alice, project_id=project.pk)
    save_share_link(actor=alice, project_id=project.pk, assignees="names", shows_descriptions=True)
    renewed = renew_share_link(actor=alice, project_id=project.pk)
    revoke_share_link(actor=alice, project_id=project.pk)
    save_share_link(actor=alice, project_id=project.pk)
    set_share_links(actor=alice, slug=halyard.slug, enabled=False)

    entries = list(AuditEntry.objects.filter(table_name="tasks_sharelink").order_by("pk"))
    actions = [entry.action for entry in entries]
    assert actions == ["create", "update", "delete", "create", "delete", "create", "delete"]
    assert describe_entry(entries[0]) == "made a link by which anyone can read the board of Atrium"
    for entry in AuditEntry.objects.all():
        told = f"{entry.changes} {entry.record_name} {describe_entry(entry)}"
        assert link.key not in told and renewed.key not in told


def test_a_day_that_is_over_ends_a_link(alice: User, client_for: ClientFor, project: Project) -> None:
    save_share_link(actor=alice, project_id=project.pk)
    ShareLink.objects.update(expires_at=timezone.now())

    page = client_for(alice).get(f"/projects/{project.pk}/settings/sharing/").content.decode()

    assert "Its last day is over" in page
