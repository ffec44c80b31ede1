"""An organisation's settings in the browser: its name, its people, its invite links."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.invitations import create_invitation
from tests.accounts.steps import labelled_error, settings_of
from tests.conftest import ClientFor
from tests.factories import make_membership, make_user

pytestmark = pytest.mark.django_db


def test_an_owner_renames_invites_and_takes_back(alice: User, halyard: Organisation, client_for: ClientFor) -> None:
    owner = client_for(alice)

    owner.post(settings_of(halyard), {"name": "Halyard & Sons"})
    answer = owner.post(reverse("accounts:invite-link", args=["halyard"]), {"role": "guest"})
    invitation = halyard.invitations.get()

    assert answer.url == f"{settings_of(halyard)}#invitation-{invitation.pk}"
    page = owner.get(settings_of(halyard)).content.decode()
    assert "Halyard &amp; Sons" in page and f"http://testserver{invitation.url}" in page
    owner.post(reverse("accounts:revocation", args=["halyard", invitation.pk]))
    assert not halyard.invitations.exists()


def test_roles_change_and_the_last_owner_stays(
    alice: User, bob: User, halyard: Organisation, client_for: ClientFor
) -> None:
    owner = client_for(alice)

    owner.post(reverse("accounts:member", args=["halyard", bob.pk]), {"role": "admin"})
    refused = owner.post(reverse("accounts:removal", args=["halyard", alice.pk]), follow=True)

    assert Membership.objects.get(user=bob).role == "admin"
    assert "needs an owner" in refused.content.decode()
    assert Membership.objects.filter(user=alice).exists()


def test_an_administrator_is_not_offered_what_only_owners_may(
    alice: User, bob: User, halyard: Organisation, client_for: ClientFor
) -> None:
    Membership.objects.filter(user=bob).update(role="admin")

    page = client_for(bob).get(settings_of(halyard)).content.decode()

    assert f"remove-{alice.pk}" not in page
    assert 'value="owner"' not in page.replace('<option value="owner">Owners</option>', "")  # which only filters


def test_leaving_and_being_removed(
    bob: User, robin: User, alice: User, halyard: Organisation, client_for: ClientFor
) -> None:
    client_for(alice).post(reverse("accounts:removal", args=["halyard", robin.pk]))
    answer = client_for(bob).post(reverse("accounts:removal", args=["halyard", bob.pk]), follow=True)

    assert answer.redirect_chain[-1][0] == "/welcome/" and "You have left Halyard." in answer.content.decode()
    assert [membership.user for membership in halyard.memberships.all()] == [alice]


def test_members_are_found_by_name(alice: User, bob: User, halyard: Organisation, client_for: ClientFor) -> None:
    page = client_for(alice).get(settings_of(halyard), {"q": "bo"}).content.decode()

    assert "@bob" in page and "@alice" not in page


@pytest.mark.parametrize("more", [0, 8])
def test_the_organisation_page_costs_the_same_for_any_number(
    alice: User,
    halyard: Organisation,
    client_for: ClientFor,
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    for number in range(more):
        make_membership(halyard, make_user(f"Member {number}"))
        create_invitation(actor=alice, slug="halyard")
    owner = client_for(alice)
    owner.get(settings_of(halyard))

    with django_assert_num_queries(9):  # the number of members is stored
        owner.get(settings_of(halyard))


def test_the_page_says_how_many_members_there_are_and_were_found(
    alice: User, bob: User, halyard: Organisation, client_for: ClientFor
) -> None:
    everyone = client_for(alice).get(settings_of(halyard)).content.decode()
    found = client_for(alice).get(settings_of(halyard), {"q": "bo"}).content.decode()

    assert "3 members." in everyone
    assert "1 found." in found


def test_a_role_waits_for_its_button_and_leads_back_to_its_row(
    alice: User, bob: User, halyard: Organisation, client_for: ClientFor
) -> None:
    owner = client_for(alice)

    page = owner.get(settings_of(halyard), {"q": "bob"}).content.decode()
    answer = owner.post(f"{reverse('accounts:member', args=['halyard', bob.pk])}?q=bob", {"role": "guest"})

    row = page.split(f'id="member-{bob.pk}"')[1]
    assert "data-submits" not in row.split("</form>")[0] and f"/members/{bob.pk}/?q=bob" in row
    assert "Save the role of Bob" in row and "Guests see only the rooms they are added to." in page
    assert answer.url == f"{settings_of(halyard)}?q=bob#member-{bob.pk}"


def test_the_only_owner_reads_why_they_stay(
    alice: User, bob: User, halyard: Organisation, client_for: ClientFor
) -> None:
    alone = client_for(alice).get(settings_of(halyard)).content.decode()
    member = client_for(bob).get(settings_of(halyard)).content.decode()
    Membership.objects.filter(user=bob).update(role="owner")
    one_of_two = client_for(alice).get(settings_of(halyard)).content.decode()

    assert "You are its only owner." in alone and "leave-dialog" not in alone
    for page in (member, one_of_two):
        assert "You are its only owner." not in page and "leave-dialog" in page


def test_an_organisation_goes_only_for_who_types_its_name(
    alice: User, bob: User, halyard: Organisation, client_for: ClientFor
) -> None:
    path = reverse("accounts:deletion", args=["halyard"])

    for typed in ("", "halyard"):
        refused = client_for(alice).post(path, {"typed_name": typed})
        assert refused.status_code == 422 and labelled_error(refused, "typed_name")
    assert client_for(bob).post(path, {"typed_name": "Halyard"}).status_code == 403
    assert client_for(alice).post(path, {"typed_name": "Halyard"}).url == "/"

    assert not Organisation.objects.exists()


def test_members_are_filtered_and_leave_as_csv_for_administrators(
    alice: User, bob: User, robin: User, halyard: Organisation, client_for: ClientFor
) -> None:
    owner = client_for(alice)

    agents = owner.get(settings_of(halyard), {"kind": "agent"}).content.decode()
    owners = owner.get(settings_of(halyard), {"role": "owner", "kind": "nonsense"}).content.decode()
    file = owner.get("/o/halyard/members.csv", {"role": "member"}).getvalue().decode()

    assert "@robin" in agents and "@bob" not in agents
    assert "@alice" in owners and "@bob" not in owners
    assert "bob@halyard.example" in file and "alice@halyard.example" not in file
    assert client_for(bob).get("/o/halyard/members.csv").status_code == 403
    assert "Download CSV" not in client_for(bob).get(settings_of(halyard)).content.decode()
