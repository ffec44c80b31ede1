"""Who has confirmed the address that was invited finds the invitation, link or no link."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Membership, Organisation, User
from accounts.organisations.services.invitations import accept_awaiting_invitation, accept_invitation, create_invitation
from tests.accounts.steps import settings_of
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(db: None) -> User:
    return make_user("Dana", email_verified_at=timezone.now())


@pytest.fixture
def invited(alice: User, halyard: Organisation, dana: User) -> Invitation:
    return create_invitation(actor=alice, slug="halyard", email=dana.email, role="admin")


def test_it_is_listed_and_accepted_over_rest(api_for: ApiFor, dana: User, invited: Invitation) -> None:
    api = api_for(dana)

    [shown] = api.call("GET", "/me/invitations").json()["items"]
    answer = api.call("POST", f"/me/invitations/{shown['id']}/accept")

    assert (shown["organisation"]["name"], shown["role"], shown["invited_by"]) == ("Halyard", "admin", "Alice")
    assert (answer.status_code, answer.json()["role"]) == (200, "admin")
    assert api.call("GET", "/me/invitations").json()["items"] == []


def test_who_signed_up_without_the_link_reads_of_it_on_their_first_page(
    client_for: ClientFor, dana: User, invited: Invitation
) -> None:
    browser = client_for(dana)

    for path in ("/welcome/", "/settings/invitations/"):
        assert "You’re invited to Halyard" in browser.get(path).content.decode()
    assert browser.post(reverse("accounts:acceptance", args=[invited.pk])).url == "/o/halyard/"
    assert Membership.objects.get(user=dana).role == "admin"


def test_it_is_declined_and_can_be_sent_anew(
    api_for: ApiFor, client_for: ClientFor, alice: User, dana: User, invited: Invitation
) -> None:
    browser, path = client_for(dana), reverse("accounts:decline", args=[invited.pk])
    assert "Decline" in browser.get("/settings/invitations/").content.decode()

    assert browser.post(path, {"next": "/welcome/"}).url == "/welcome/"

    assert api_for(dana).call("GET", "/me/invitations").json()["items"] == []
    assert browser.get(invited.url).status_code == browser.post(path).status_code == 404
    assert not Membership.objects.filter(user=dana).exists()
    told = api_for(alice).call("GET", "/orgs/halyard/audit").json()["items"]
    assert any("declined_at" in entry["changes"] and entry["user"]["name"] == "Dana" for entry in told)
    again = create_invitation(actor=alice, slug="halyard", email=dana.email)
    assert [item["id"] for item in api_for(dana).call("GET", "/me/invitations").json()["items"]] == [str(again.pk)]


def test_nobody_else_declines_it(api_for: ApiFor, charlie: User, invited: Invitation) -> None:
    User.objects.update(email_verified_at=timezone.now())

    assert api_for(charlie).call("POST", f"/me/invitations/{invited.pk}/decline").status_code == 404
    assert api_for(None).call("POST", f"/me/invitations/{invited.pk}/decline").status_code == 401
    assert Invitation.objects.open().get() == invited


def test_it_is_declined_over_rest(api_for: ApiFor, dana: User, invited: Invitation) -> None:
    answers = [api_for(dana).call("POST", f"/me/invitations/{invited.pk}/{what}") for what in ("decline", "accept")]

    assert [answer.status_code for answer in answers] == [204, 404]


def test_nothing_waits_at_an_address_that_is_not_confirmed(
    api_for: ApiFor, client_for: ClientFor, dana: User, invited: Invitation
) -> None:
    User.objects.update(email_verified_at=None)

    assert api_for(dana).call("GET", "/me/invitations").json()["items"] == []
    assert api_for(dana).call("POST", f"/me/invitations/{invited.pk}/accept").status_code == 404
    assert "invited to Halyard" not in client_for(dana).get("/welcome/").content.decode()


def test_nobody_else_finds_or_accepts_it(api_for: ApiFor, charlie: User, invited: Invitation) -> None:
    User.objects.update(email_verified_at=timezone.now())

    assert api_for(charlie).call("GET", "/me/invitations").json()["items"] == []
    for invitation_id in (invited.pk, uuid4()):
        assert api_for(charlie).call("POST", f"/me/invitations/{invitation_id}/accept").status_code == 404
    assert api_for(None).call("GET", "/me/invitations").status_code == 401


@pytest.mark.parametrize("end", [{"expires_at": timezone.now()}, {"accepted_at": timezone.now()}])
def test_what_no_longer_works_does_not_wait(
    api_for: ApiFor, dana: User, invited: Invitation, end: dict[str, datetime]
) -> None:
    Invitation.objects.update(**end)

    assert api_for(dana).call("GET", "/me/invitations").json()["items"] == []


@pytest.mark.parametrize("days", ["1", "7", "30", "90"])
def test_how_long_it_works_is_chosen_in_the_browser(
    alice: User, halyard: Organisation, client_for: ClientFor, days: str
) -> None:
    client_for(alice).post(reverse("accounts:invite-link", args=["halyard"]), {"role": "member", "days": days})

    life = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(days=int(days), minutes=-5) < life <= timedelta(days=int(days))


def test_a_lifetime_that_is_not_offered_is_refused(alice: User, halyard: Organisation, client_for: ClientFor) -> None:
    answer = client_for(alice).post(
        reverse("accounts:invite-link", args=["halyard"]), {"role": "member", "days": "400"}
    )

    assert answer.status_code == 422 and not Invitation.objects.exists()
    assert "days" in client_for(alice).get(settings_of(halyard)).content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["link", "id"])
def test_it_serves_once_also_when_accepted_twice_at_once(
    alice: User, halyard: Organisation, dana: User, way: str
) -> None:
    for _ in range(10):
        Membership.objects.filter(user=dana).delete()
        invitation = create_invitation(actor=alice, slug="halyard", email=dana.email)
        together = Barrier(2)

        def accept(_: int, invitation: Invitation = invitation, together: Barrier = together) -> str:
            together.wait()
            try:
                if way == "link":
                    accept_invitation(actor=dana, token=invitation.token)
                else:
                    accept_awaiting_invitation(actor=dana, invitation_id=invitation.pk)
            except ObjectDoesNotExist:
                return "too late"
            finally:
                connection.close()
            return "joined"

        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(accept, range(2))) == ["joined", "too late"]
        assert Membership.objects.filter(user=dana).count() == 1
