"""Inviting people by link."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry, Invitation, Membership, Organisation, User
from accounts.organisations.services.invitations import create_invitation
from tests.conftest import ApiClient, ApiFor, ClientFor
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def invite(api: ApiClient, **body: Any) -> Any:
    return api.call("POST", "/orgs/halyard/invitations", body)


def accept(api: ApiClient, token: str) -> Any:
    return api.call("POST", f"/invitations/{token}/accept")


def test_a_link_leads_strangers_in(api_for: ApiFor, alice: User, charlie: User, halyard: Organisation) -> None:
    made = invite(api_for(alice), role="guest").json()

    preview = api_for(None).call("GET", f"/invitations/{made['token']}").json()
    accepted = accept(api_for(charlie), made["token"])

    assert made["url"] == f"http://testserver/join/{made['token']}/"
    assert preview["organisation"] == {"name": "Halyard", "slug": "halyard"}
    assert (preview["role"], preview["invited_by"]) == ("guest", "Alice")
    assert (accepted.status_code, accepted.json()["slug"], accepted.json()["role"]) == (200, "halyard", "guest")
    assert halyard.memberships.get(user=charlie).role == "guest"


def test_it_lasts_a_week_unless_told_otherwise(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    invite(api_for(alice))

    life = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(days=6, hours=23) < life <= timedelta(days=7)


def test_a_link_serves_many_and_an_addressed_one_serves_once(
    api_for: ApiFor, alice: User, bob: User, halyard: Organisation
) -> None:
    dana, erin = make_user("Dana"), make_user("Erin")
    link = create_invitation(actor=alice, slug="halyard").token
    addressed = create_invitation(actor=alice, slug="halyard", email="Dana@halyard.example").token

    assert accept(api_for(erin), addressed).status_code == 403
    assert accept(api_for(dana), addressed).status_code == 200
    assert accept(api_for(dana), addressed).status_code == 404
    assert accept(api_for(erin), link).status_code == accept(api_for(dana), link).status_code == 200


def test_a_member_stays_what_they_are(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    token = create_invitation(actor=alice, slug="halyard", role="guest").token

    assert accept(api_for(alice), token).json()["role"] == "owner"


def test_whoever_is_invited_anew_has_one_invitation(
    api_for: ApiFor, alice: User, charlie: User, halyard: Organisation
) -> None:
    first, other = (create_invitation(actor=alice, slug="halyard", email=email) for email in (charlie.email, "x@y.com"))
    second = create_invitation(actor=alice, slug="halyard", email=charlie.email, role="admin")

    assert set(Invitation.objects.all()) == {other, second}
    assert accept(api_for(charlie), first.token).status_code == 404
    assert accept(api_for(charlie), second.token).json()["role"] == "admin"
    assert AuditEntry.objects.filter(action="delete", record_id=first.pk).exists()


@pytest.mark.parametrize("role", ["owner", "admin", "member"])
@pytest.mark.parametrize(
    ("fate", "worth"),
    [
        (lambda maker: maker.delete(), ()),
        (lambda maker: User.objects.filter(pk=maker.user_id).update(is_active=False), ()),
        (lambda maker: Membership.objects.filter(pk=maker.pk).update(role="member"), ()),
        (lambda maker: Membership.objects.filter(pk=maker.pk).update(role="admin"), ("admin", "member")),
        (lambda maker: None, ("owner", "admin", "member")),
    ],
    ids=["removed", "locked out", "a member", "an admin", "still an owner"],
)
def test_an_invitation_is_worth_what_its_maker_may(
    api_for: ApiFor,
    alice: User,
    bob: User,
    charlie: User,
    halyard: Organisation,
    role: str,
    fate: Callable[..., Any],
    worth: tuple[Any, ...],
) -> None:
    maker, erin = halyard.memberships.get(user=bob), make_user("Erin")
    Membership.objects.filter(pk=maker.pk).update(role="owner")
    for_all = create_invitation(actor=bob, slug="halyard", role=role)
    for_one = create_invitation(actor=bob, slug="halyard", role=role, email=charlie.email)
    User.objects.filter(pk=charlie.pk).update(email_verified_at=timezone.now())

    fate(maker)

    shown = api_for(alice).call("GET", "/orgs/halyard/invitations").json()["items"]
    waiting = api_for(charlie).call("GET", "/me/invitations").json()["items"]
    answers = [
        accept(api_for(person), made.token).status_code for person, made in ((erin, for_all), (charlie, for_one))
    ]
    assert (len(shown), len(waiting), answers) == ((2, 1, [200, 200]) if role in worth else (0, 0, [404, 404]))


def test_expired_revoked_and_made_up_links_look_alike(
    api_for: ApiFor, alice: User, charlie: User, halyard: Organisation
) -> None:
    expired = create_invitation(actor=alice, slug="halyard")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    revoked = create_invitation(actor=alice, slug="halyard")
    assert api_for(alice).call("DELETE", f"/orgs/halyard/invitations/{revoked.pk}").status_code == 204
    good = create_invitation(actor=alice, slug="halyard").token
    forged = good[:-1] + ("A" if good[-1] != "A" else "B")
    unsigned = uuid4().hex

    for token in (expired.token, revoked.token, forged, unsigned, "x", "ä", good.upper()):
        assert api_for(None).call("GET", f"/invitations/{token}").status_code == 404
        assert accept(api_for(charlie), token).status_code == 404
    assert not Membership.objects.filter(user=charlie, organisation=halyard).exists()


def test_the_database_holds_no_usable_link(alice: User, halyard: Organisation) -> None:
    invitation = create_invitation(actor=alice, slug="halyard")

    assert invitation.token not in str(Invitation.objects.values().get())
    assert invitation.token[:32] == invitation.pk.hex
    assert len(invitation.token) > 70


def test_only_owners_invite_owners(api_for: ApiFor, alice: User, bob: User, halyard: Organisation) -> None:
    halyard.memberships.filter(user=bob).update(role="admin")

    assert invite(api_for(bob), role="owner").status_code == 403
    assert invite(api_for(bob), role="admin").status_code == 201
    assert invite(api_for(alice), role="owner").status_code == 201


def test_links_to_become_an_owner_are_shown_to_owners_alone(
    api_for: ApiFor, client_for: ClientFor, alice: User, bob: User, halyard: Organisation
) -> None:
    """An administrator who had one would be an owner by another account of theirs."""
    halyard.memberships.filter(user=bob).update(role="admin")
    link = create_invitation(actor=alice, slug="halyard", role="owner")
    mailed = create_invitation(actor=alice, slug="halyard", role="owner", email="dana@halyard.example")
    path = f"/orgs/halyard/invitations/{mailed.pk}"

    def see(user: User) -> tuple[int, bool]:
        listed = api_for(user).call("GET", "/orgs/halyard/invitations").json()["items"]
        page = client_for(user).get("/o/halyard/settings/").content.decode()
        return len(listed), link.token in page

    assert see(alice) == (2, True)
    assert see(bob) == (0, False)
    assert api_for(bob).call("POST", f"{path}/resend").status_code == 404
    assert api_for(bob).call("DELETE", path).status_code == 404
    assert api_for(alice).call("POST", f"{path}/resend").status_code == 200
    assert api_for(alice).call("DELETE", path).status_code == 204


@pytest.mark.parametrize(
    "body",
    [
        {"role": "emperor"},
        {"email": "no address"},
        {"expires_at": "yesterday"},
        {"expires_at": "2020-01-01T00:00:00Z"},
        {"expires_at": "9999-12-31T23:59:59Z"},
        {"expires_at": "0001-01-01T00:00:00+14:00"},
        {"expires_at": 10**18},
    ],
)
def test_bad_input_is_refused(api_for: ApiFor, alice: User, halyard: Organisation, body: dict[str, Any]) -> None:
    assert invite(api_for(alice), **body).status_code == 422


def test_the_list_holds_what_still_works(
    api_for: ApiFor,
    alice: User,
    halyard: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    create_invitation(actor=alice, slug="halyard")
    Invitation.objects.update(expires_at=timezone.now())
    made = [create_invitation(actor=alice, slug="halyard") for _ in range(4)]
    api = api_for(alice)

    with django_assert_num_queries(3):
        items = api.call("GET", "/orgs/halyard/invitations").json()["items"]

    assert [item["token"] for item in items] == [invitation.token for invitation in reversed(made)]


def test_the_ladder_of_refusals(api_for: ApiFor, alice: User, bob: User, charlie: User, halyard: Organisation) -> None:
    invitation = create_invitation(actor=alice, slug="halyard")
    elsewhere = create_invitation(actor=charlie, slug="elsewhere")

    for method, path in (("GET", ""), ("POST", ""), ("DELETE", f"/{invitation.pk}")):
        body = {} if method == "POST" else None
        statuses = [
            api_for(user).call(method, f"/orgs/halyard/invitations{path}", body).status_code
            for user in (bob, charlie, None)
        ]
        assert statuses == [403, 404, 401]
    assert api_for(alice).call("DELETE", f"/orgs/halyard/invitations/{elsewhere.pk}").status_code == 404
    assert api_for(alice).call("DELETE", "/orgs/halyard/invitations/nonsense").status_code == 422
    assert accept(api_for(None), invitation.token).status_code == 401
    assert Invitation.objects.count() == 2
