"""The pages of one's account and one's organisations: who sees them, what stays when something is refused."""

import re

import pytest
from django.urls import reverse

from accounts.models import Membership, Organisation, Session
from accounts.services.invitations import create_invitation
from tests.factories import PASSWORD, make_organisation, make_user

pytestmark = pytest.mark.django_db

MINE = ["profile", "addresses", "password", "appearance", "sessions", "organisation-new"]


def settings_of(organisation):
    return reverse("accounts:organisation", args=[organisation.slug])


def labelled_error(response, field):
    """The words that `aria-describedby` ties to the input."""
    page = response.content.decode()
    tag = re.search(rf'<input[^>]*name="{field}"[^>]*>', page).group()
    assert 'aria-invalid="true"' in tag
    target = re.search(r'aria-describedby="([^"]*)"', tag).group(1).split()[-1]
    return re.search(rf'id="{target}".*?<span>(.*?)</span></p>', page, re.S).group(1)


# --- Doors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*MINE, "home", "welcome"])
def test_pages_are_for_people_who_are_signed_in(client, name):
    url = reverse(f"accounts:{name}")

    assert client.get(url).url == f"/accounts/login/?next={url}"


@pytest.mark.parametrize("name", MINE)
def test_everybody_has_settings(alice, halyard, client_for, name):
    browser = client_for(alice)

    assert browser.get(reverse(f"accounts:{name}")).status_code == 200
    assert browser.head(reverse(f"accounts:{name}")).status_code == 200


def test_a_stranger_finds_no_organisation(charlie, bob, halyard, client_for):
    stranger = client_for(charlie)

    doors = [("organisation",), ("invitations",), ("deletion",), ("member", bob.pk), ("removal", bob.pk)]
    assert stranger.get(settings_of(halyard)).status_code == 404
    for name, *ids in doors:
        url = reverse(f"accounts:{name}", args=["halyard", *ids])
        assert stranger.post(url, {"name": "Mine", "role": "guest"}).status_code == 404
    assert Membership.objects.get(user=bob).role == "member"


def test_a_member_looks_but_does_not_touch(alice, bob, halyard, client_for):
    member = client_for(bob)

    page = member.get(settings_of(halyard)).content.decode()
    assert "Alice" in page and "Create link" not in page and "Rename" not in page and "Delete" not in page
    assert member.post(settings_of(halyard), {"name": "Ours"}).status_code == 403
    assert member.post(reverse("accounts:invitations", args=["halyard"]), {"role": "member"}).status_code == 403
    assert member.post(reverse("accounts:removal", args=["halyard", alice.pk])).status_code == 403
    assert member.post(reverse("accounts:deletion", args=["halyard"])).status_code == 403


# --- Founding and finding the way ------------------------------------------------------------------------------------


def test_whoever_belongs_nowhere_is_welcomed_and_founds(client_for):
    founder = client_for(make_user("Dana"))

    assert founder.get("/").url == "/welcome/"
    answer = founder.post("/welcome/", {"name": "Rope Makers"})

    assert answer.url == Organisation.objects.get(name="Rope Makers").get_absolute_url()


def test_an_empty_name_is_refused_where_it_was_typed(client_for):
    answer = client_for(make_user("Dana")).post("/welcome/", {"name": "  "})

    assert answer.status_code == 422
    assert labelled_error(answer, "name")


def test_home_is_the_organisation_last_used(alice, halyard, client_for):
    atelier = make_organisation("Atelier", owner=alice)
    browser = client_for(alice)

    assert browser.get("/").url == atelier.get_absolute_url()
    browser.cookies["organisation"] = "halyard"
    assert browser.get("/").url == halyard.get_absolute_url()
    browser.cookies["organisation"] = "elsewhere"
    assert browser.get("/").url == atelier.get_absolute_url()


# --- Oneself ---------------------------------------------------------------------------------------------------------


def test_the_profile_is_saved(alice, client_for):
    client_for(alice).post("/settings/", {"name": "Alice Moreau", "username": "alice.m"})

    alice.refresh_from_db()
    assert (alice.name, alice.username) == ("Alice Moreau", "alice.m")


def test_what_was_typed_stays_beside_the_error(alice, bob, client_for):
    answer = client_for(alice).post("/settings/", {"name": "Alice <b>", "username": "bob"})

    assert answer.status_code == 422
    assert labelled_error(answer, "username") == "Somebody has this username already."
    assert 'value="Alice &lt;b&gt;"' in answer.content.decode()


@pytest.mark.parametrize(("theme", "attribute"), [("dark", ' data-theme="dark"'), ("system", "")])
def test_the_theme_is_in_the_page_before_any_script(alice, client_for, theme, attribute):
    browser = client_for(alice)

    browser.post("/settings/appearance/", {"theme": theme})

    assert f'<html lang="en" data-theme-choice="{theme}"{attribute}>' in browser.get("/settings/").content.decode()


def test_a_new_password_keeps_this_session_and_ends_the_others(client_for):
    dana = make_user("Dana", password=PASSWORD)
    here, there = client_for(dana), client_for(dana)

    wrong = here.post("/settings/password/", {"current_password": "no", "new_password": "four slow grey gulls"})
    assert labelled_error(wrong, "current_password") == "This is not your password."
    here.post("/settings/password/", {"current_password": PASSWORD, "new_password": "four slow grey gulls"})

    assert here.get("/settings/").status_code == 200
    assert there.get("/settings/").status_code == 302


def test_guessing_the_password_of_an_open_browser_is_throttled(client_for, settings, time_machine):
    time_machine.move_to("2026-03-01T09:30:00Z")  # all of it within one window
    settings.THROTTLE = True
    browser = client_for(make_user("Dana", password=PASSWORD))
    guess = {"current_password": "no", "new_password": "four slow grey gulls"}

    answers = [browser.post("/settings/password/", guess).content.decode() for _ in range(11)]
    right = browser.post("/settings/password/", guess | {"current_password": PASSWORD})

    assert "Too many attempts" not in answers[9]
    assert "Too many attempts" in answers[10]
    assert right.status_code == 422


def test_devices_are_named_and_ended(alice, client_for):
    here, there = client_for(alice), client_for(alice)
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    there.get("/settings/", headers={"User-Agent": firefox})

    page = here.get("/settings/sessions/").content.decode()
    assert "Firefox on Linux" in page and page.count("This device") == 1
    here.post(reverse("accounts:session-end", args=[Session.objects.get(user_agent=firefox).public_id]))

    assert there.get("/settings/").status_code == 302
    assert here.get("/settings/").status_code == 200


def test_signing_out_elsewhere(alice, client_for):
    here, there = client_for(alice), client_for(alice)

    here.post(reverse("accounts:sessions-elsewhere"))

    assert there.get("/settings/").status_code == 302
    assert here.get("/settings/").status_code == 200


@pytest.mark.parametrize("more", [0, 8])
def test_the_page_of_devices_costs_the_same_for_any_number(alice, client_for, django_assert_num_queries, more):
    browser, *_ = [client_for(alice) for _ in range(1 + more)]
    browser.get("/settings/sessions/")

    with django_assert_num_queries(5):
        browser.get("/settings/sessions/")


def test_nobody_ends_the_session_of_another(alice, bob, client_for):
    client_for(alice).get("/settings/")
    session = Session.objects.get(user=alice)

    assert client_for(bob).post(reverse("accounts:session-end", args=[session.public_id])).status_code == 404


# --- An organisation -------------------------------------------------------------------------------------------------


def test_an_owner_renames_invites_and_takes_back(alice, halyard, client_for):
    owner = client_for(alice)

    owner.post(settings_of(halyard), {"name": "Halyard & Sons"})
    answer = owner.post(reverse("accounts:invitations", args=["halyard"]), {"role": "guest", "email": ""})
    invitation = halyard.invitations.get()

    assert answer.url == f"{settings_of(halyard)}#invitation-{invitation.pk}"
    page = owner.get(settings_of(halyard)).content.decode()
    assert "Halyard &amp; Sons" in page and f"http://testserver{invitation.url}" in page
    owner.post(reverse("accounts:revocation", args=["halyard", invitation.pk]))
    assert not halyard.invitations.exists()


def test_roles_change_and_the_last_owner_stays(alice, bob, halyard, client_for):
    owner = client_for(alice)

    owner.post(reverse("accounts:member", args=["halyard", bob.pk]), {"role": "admin"})
    refused = owner.post(reverse("accounts:removal", args=["halyard", alice.pk]), follow=True)

    assert Membership.objects.get(user=bob).role == "admin"
    assert "needs an owner" in refused.content.decode()
    assert Membership.objects.filter(user=alice).exists()


def test_an_administrator_is_not_offered_what_only_owners_may(alice, bob, halyard, client_for):
    Membership.objects.filter(user=bob).update(role="admin")

    page = client_for(bob).get(settings_of(halyard)).content.decode()

    assert f"remove-{alice.pk}" not in page
    assert 'value="owner"' not in page


def test_leaving_and_being_removed(bob, robin, alice, halyard, client_for):
    client_for(alice).post(reverse("accounts:removal", args=["halyard", robin.pk]))
    answer = client_for(bob).post(reverse("accounts:removal", args=["halyard", bob.pk]))

    assert answer.url == "/"
    assert [membership.user for membership in halyard.memberships.all()] == [alice]


def test_members_are_found_by_name(alice, bob, halyard, client_for):
    page = client_for(alice).get(settings_of(halyard), {"q": "bo"}).content.decode()

    assert "@bob" in page and "@alice" not in page


@pytest.mark.parametrize("more", [0, 8])
def test_the_organisation_page_costs_the_same_for_any_number(
    alice, halyard, client_for, django_assert_num_queries, more
):
    for number in range(more):
        Membership.objects.create(organisation=halyard, user=make_user(f"Member {number}"))
        create_invitation(actor=alice, slug="halyard")
    owner = client_for(alice)
    owner.get(settings_of(halyard))

    with django_assert_num_queries(7):
        owner.get(settings_of(halyard))
