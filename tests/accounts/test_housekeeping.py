"""What has run out goes, what is in use stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import IdempotencyKey, Session, TokenFamily
from accounts.services.housekeeping import forget_expired
from accounts.services.tokens import authenticate_token, issue_tokens

pytestmark = pytest.mark.django_db


def test_expired_rows_go_and_others_stay(client_for, alice, bob):
    past = timezone.now() - timedelta(days=2)
    issue_tokens(user=alice)
    client_for(alice)
    IdempotencyKey.objects.create(scope="a", key="a", method="POST", path="/", body_hash="")
    TokenFamily.objects.update(expires_at=past)
    Session.objects.update(expire_date=past)
    IdempotencyKey.objects.update(created_at=past)
    pair, browser = issue_tokens(user=bob), client_for(bob)

    assert forget_expired() > 0
    assert forget_expired() == 0

    assert TokenFamily.objects.get().user == bob
    assert authenticate_token(pair.access_token).user == bob
    assert browser.get("/api/v1/me").status_code == 200
    assert not IdempotencyKey.objects.exists()
