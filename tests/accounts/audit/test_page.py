"""The audit log in the browser: in words, for administrators only; and in the admin, to look at."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from accounts.audit.descriptions import describe_actor, describe_entry
from accounts.audit.services import HIDDEN, record_created, record_deleted, record_updated
from accounts.models import AuditEntry, Membership, Organisation, User
from accounts.organisations.services.invitations import create_invitation
from accounts.organisations.services.members import add_member, change_member_role, remove_member
from tests.accounts.steps import enrol
from tests.conftest import ClientFor
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PAGE, EVERYWHERE = "/o/halyard/audit/", "/administration/audit/"


def said() -> str:
    entry = AuditEntry.objects.with_names().latest("pk")
    return f"{describe_actor(entry)} {describe_entry(entry)}"


def test_places_are_described_by_whose_they_are(alice: User, bob: User, halyard: Organisation) -> None:
    dora = make_user("Dora")

    add_member(actor=dora, organisation=halyard, user=dora, role="member")
    assert said() == "Dora joined Halyard"
    change_member_role(actor=alice, slug="halyard", user_id=dora.pk, role="admin")
    assert said() == "Alice changed Dora’s role from member to admin"
    remove_member(actor=alice, slug="halyard", user_id=bob.pk)
    assert said() == "Alice removed Bob from Halyard"
    remove_member(actor=dora, slug="halyard", user_id=dora.pk)
    assert said() == "Dora left Halyard"


def test_accounts_are_described_by_whose_they_are(alice: User, bob: User) -> None:
    record_updated(alice, alice, password=HIDDEN)
    assert said() == "Alice changed their password"
    record_updated(alice, alice, avatar=HIDDEN)
    assert said() == "Alice changed their picture"
    record_updated(alice, bob, is_active=(True, False), sign_ins=(2, 0))
    assert said() == "Alice deactivated Bob and signed Bob out"
    record_deleted(alice, bob)
    assert said() == "Alice deleted the account of Bob"


def test_pictures_connected_accounts_and_rights_are_described(alice: User, bob: User) -> None:
    record_updated(alice, alice, avatar=HIDDEN)
    assert said() == "Alice changed their picture"
    record_updated(alice, alice, connections=(None, "Google (alice@moreau.example)"))
    assert said() == "Alice connected Google (alice@moreau.example)"
    record_updated(alice, bob, permissions=([], ["view_user"]))
    assert said() == "Alice changed Bob’s rights in the admin"


def test_unknown_tables_are_described_too(alice: User, halyard: Organisation) -> None:
    AuditEntry.objects.create(user=None, action="create", table_name="x_y", record_id=alice.pk, record_name="Z")

    assert said() == "Atrium made Z"


def test_the_page_says_who_changed_what(client_for: ClientFor, alice: User, bob: User, halyard: Organisation) -> None:
    change_member_role(actor=alice, slug="halyard", user_id=bob.pk, role="admin")

    page = client_for(alice).get(PAGE).content.decode()

    assert ">Alice</a> changed Bob’s role from member to admin</p>" in page
    assert "<del>member</del>" in page
    assert client_for(alice).get(f"{PAGE}?action=delete&q=bob").content.decode().count("Nothing like that") == 1


def test_only_administrators_find_the_page(
    client: Client,
    client_for: ClientFor,
    alice: User,
    bob: User,
    charlie: User,
    root: User,
    halyard: Organisation,
) -> None:
    assert client_for(bob).get(PAGE).status_code == 403
    assert client_for(charlie).get(PAGE).status_code == 404
    assert client_for(root).get(PAGE).status_code == 404
    assert client.get(PAGE).url.startswith("/accounts/login/")
    assert [client_for(user).get(EVERYWHERE).status_code for user in (alice, root)] == [404, 200]


def test_only_who_may_read_it_is_led_there(
    client_for: ClientFor, alice: User, bob: User, root: User, halyard: Organisation
) -> None:
    settings = reverse("accounts:organisation", args=["halyard"])

    assert PAGE in client_for(alice).get(settings).content.decode()
    assert PAGE not in client_for(bob).get(settings).content.decode()
    assert EVERYWHERE not in client_for(alice).get("/settings/").content.decode()
    assert EVERYWHERE in client_for(root).get("/settings/").content.decode()


@pytest.mark.parametrize("asked", ["since=yesterday", "until=9999-12-31", "q=%00", "action=x", "user=bob"])
def test_the_page_refuses_nonsense(client_for: ClientFor, alice: User, halyard: Organisation, asked: str) -> None:
    assert client_for(alice).get(f"{PAGE}?{asked}").status_code == 422


@pytest.mark.parametrize("count", [1, 24])
def test_the_pages_cost_the_same_for_any_number(
    client_for: ClientFor,
    alice: User,
    root: User,
    halyard: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for _ in range(count):
        record_created(alice, halyard, organisation=halyard)
    admin, system_admin = client_for(alice), client_for(root)

    with django_assert_num_queries(6):  # session, person, place, entries, organisations, where the session was used
        admin.get(PAGE)
    with django_assert_num_queries(5):
        system_admin.get(EVERYWHERE)


def test_earlier_changes_are_a_page_further(client_for: ClientFor, alice: User, halyard: Organisation) -> None:
    for _ in range(26):
        record_created(alice, halyard, organisation=halyard)
    browser = client_for(alice)

    first = browser.get(f"{PAGE}?action=create")
    rest = browser.get(f"{PAGE}?{first.context['older']}")

    assert (len(first.context["lines"]), len(rest.context["lines"])) == (25, 1)
    assert "action=create" in first.context["older"] and browser.get(f"{PAGE}?cursor=x").status_code == 404


def test_somebodys_name_is_told_to_nobody_who_asks_for_an_id(
    client_for: ClientFor, alice: User, charlie: User, halyard: Organisation
) -> None:
    assert "Charlie" not in client_for(alice).get(f"{PAGE}?user={charlie.pk}").content.decode()


def test_the_admin_shows_entries_and_does_nothing_to_them(
    client_for: ClientFor, root: User, alice: User, halyard: Organisation
) -> None:
    enrol(root)
    record_created(alice, halyard, organisation=halyard)
    [entry] = AuditEntry.objects.filter(user=alice)
    browser, rows = client_for(root), reverse("admin:accounts_auditentry_changelist")

    browser.post(rows, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
    for page, data in (("change", {"action": "delete"}), ("delete", {"post": "yes"})):
        address = reverse(f"admin:accounts_auditentry_{page}", args=[entry.pk])
        assert browser.post(address, data).status_code == 403

    assert "delete_selected" not in browser.get(rows).content.decode()
    assert AuditEntry.objects.filter(pk=entry.pk, action="create").exists()
    assert Membership.objects.exists()


def test_names_in_the_trail_turn_to_the_readers_language(alice: User, bob: User, halyard: Organisation) -> None:
    create_invitation(actor=alice, slug="halyard", role="guest")
    invited = AuditEntry.objects.with_names().latest("pk")
    change_member_role(actor=alice, slug="halyard", user_id=bob.pk, role="admin")
    changed = AuditEntry.objects.with_names().latest("pk")
    turned_off = AuditEntry(
        user=alice, action="delete", table_name="accounts_secondfactor", record_name="second factor of Bob"
    )

    assert describe_entry(invited) == "made an invitation to Halyard as guest"
    assert describe_entry(turned_off) == "turned off the authenticator app of Bob"
    with override("de"):
        assert describe_entry(invited) == "hat eine Einladung zu Halyard als Gast erstellt"
        assert describe_entry(changed) == "hat die Rolle von Bob von Mitglied zu Admin geändert"
        assert describe_entry(turned_off) == "hat ausgeschaltet: Authenticator-App von Bob"
