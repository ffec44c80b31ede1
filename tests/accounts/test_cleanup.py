"""What has run out goes, what is in use stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.cleanup import ENROLMENT_LIFETIME, REVOKED_RETENTION, delete_expired
from accounts.mfa.services.enrolment import begin_enrolment
from accounts.models import IdempotencyKey, RefreshToken, SecondFactor, Session, TokenFamily, User
from accounts.tokens.services.issue import authenticate_token, issue_tokens
from accounts.tokens.services.personal import create_token, revoke_token
from tests.accounts.steps import enrol
from tests.conftest import ClientFor

pytestmark = pytest.mark.django_db


def test_expired_rows_go_and_others_stay(client_for: ClientFor, alice: User, bob: User) -> None:
    past = timezone.now() - timedelta(days=2)
    issue_tokens(user=alice)
    client_for(alice)
    IdempotencyKey.objects.create(scope="a", key="a", method="POST", path="/", body_hash="")
    TokenFamily.objects.update(expires_at=past)
    Session.objects.update(expire_date=past)
    IdempotencyKey.objects.update(created_at=past)
    pair, browser = issue_tokens(user=bob), client_for(bob)

    assert delete_expired() > 0
    assert delete_expired() == 0

    assert TokenFamily.objects.get().user == bob
    assert authenticate_token(pair.access_token).user == bob
    assert browser.get("/api/v1/me").status_code == 200
    assert not IdempotencyKey.objects.exists()


def test_personal_tokens_go_when_they_have_run_out_and_long_after_they_were_revoked(alice: User) -> None:
    lasting, expired, revoked = (
        create_token(actor=alice, name=name, scopes=["rooms:read"]) for name in ("Lasting", "Expired", "Revoked")
    )
    TokenFamily.objects.filter(pk=expired.family.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    revoke_token(actor=alice, token_id=revoked.family.pk)

    delete_expired()
    assert set(TokenFamily.objects.values_list("name", flat=True)) == {"Lasting", "Revoked"}
    TokenFamily.objects.filter(pk=revoked.family.pk).update(revoked_at=timezone.now() - REVOKED_RETENTION)
    delete_expired()

    assert TokenFamily.objects.get().name == "Lasting"
    assert authenticate_token(lasting.token).user == alice


def test_used_refresh_tokens_stay_until_they_run_out(alice: User) -> None:
    """For as long as somebody could show them again."""
    issue_tokens(user=alice)
    RefreshToken.objects.update(used_at=timezone.now())

    delete_expired()
    assert RefreshToken.objects.exists()
    RefreshToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    delete_expired()

    assert not RefreshToken.objects.exists()
    assert TokenFamily.objects.exists()


def test_a_second_factor_that_was_only_begun_goes_after_a_day(alice: User, bob: User, charlie: User) -> None:
    begin_enrolment(actor=alice)
    enrol(charlie)
    SecondFactor.objects.update(updated_at=timezone.now() - ENROLMENT_LIFETIME)
    begin_enrolment(actor=bob)

    delete_expired()

    assert set(SecondFactor.objects.values_list("user__name", flat=True)) == {"Bob", "Charlie"}
