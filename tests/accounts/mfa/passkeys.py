"""An authenticator and the services that know its passkeys."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.mfa.challenges import Purpose
from accounts.mfa.relying_party import RelyingParty
from accounts.mfa.services.passkeys import begin_passkey, build_sign_in_options, finish_passkey
from accounts.mfa.services.verification import use_passkey
from accounts.models import User
from accounts.sign_in.services import authenticate_passkey
from lib.web.errors import Unauthenticated
from tests.authenticator import Authenticator
from tests.factories import PASSWORD

HERE = RelyingParty(id="localhost", origins=["http://localhost"])


def add_passkey(user: User, name: str = "Laptop", device: Authenticator | None = None) -> Authenticator:
    """Add a passkey; the authenticator that has it."""
    device = device or Authenticator()
    options = begin_passkey(actor=user, party=HERE, password=PASSWORD)
    finish_passkey(actor=user, name=name, credential=device.create(options), party=HERE, keep_session=None)
    return device


def sign_in_with(device: Authenticator, **changes: Any) -> User:
    options = build_sign_in_options(party=HERE)
    return authenticate_passkey(answer=device.use(options, **changes), party=HERE).user


def refusal_of(device: Authenticator, options: dict[str, Any], user: User | None = None, **changes: Any) -> str:
    """The code of the refusal that an answer gets."""
    purpose = Purpose.SECOND_FACTOR if user else Purpose.SIGN_IN
    with pytest.raises(Unauthenticated) as refusal:
        use_passkey(answer=device.use(options, **changes), party=HERE, purpose=purpose, user=user)
    return refusal.value.code
