"""Who sees the picture of somebody."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.invitations import create_invitation
from accounts.profiles.services.avatar import set_avatar
from tests.accounts.pictures import halves, upload
from tests.accounts.profiles.avatars import get_avatar
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_room, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(alice: User, tmp_path: Path, settings: Settings) -> str:
    """Where hers is."""
    settings.MEDIA_ROOT = tmp_path
    return set_avatar(actor=alice, file=upload(halves())).avatar_url


def test_strangers_and_nobody_see_nothing(
    api_for: ApiFor, alice: User, charlie: User, halyard: Organisation, url: str
) -> None:
    missing = get_avatar(api_for(charlie), url.replace(url[-20:-5], "0" * 15))
    assert get_avatar(api_for(charlie), url).json() == missing.json()
    assert (missing.status_code, get_avatar(api_for(None), url).status_code) == (404, 401)
    assert get_avatar(api_for(charlie), "/api/v1/avatars/..%2Fsecret").status_code == 404


def test_a_browser_and_a_system_administrator_see_it(
    api_for: ApiFor,
    client_for: ClientFor,
    alice: User,
    bob: User,
    halyard: Organisation,
    url: str,
) -> None:
    administrator = make_user("Gus", role=User.Role.ADMIN)

    assert client_for(bob).get(url).status_code == 200
    assert get_avatar(api_for(administrator), url).status_code == 200


def test_a_guest_sees_those_of_people_they_share_a_room_with(
    api_for: ApiFor, alice: User, bob: User, halyard: Organisation, url: str
) -> None:
    Membership.objects.filter(user=bob).update(role="guest")

    assert get_avatar(api_for(bob), url).status_code == 404
    make_room(halyard, admin=alice, members=[bob])
    assert get_avatar(api_for(bob), url).status_code == 200


def test_who_is_invited_is_not_shown_a_picture_they_may_not_see(
    alice: User, client: Client, halyard: Organisation, url: str
) -> None:
    page = client.get(create_invitation(actor=alice, slug="halyard").url, follow=True).content.decode()

    assert "Alice invited you" in page and "avatar__picture" not in page
