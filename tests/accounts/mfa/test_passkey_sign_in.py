"""What an answer of a passkey is worth."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.mfa.queries import passkeys_of
from accounts.mfa.services.passkeys import build_second_factor_options, build_sign_in_options, remove_passkey
from accounts.mfa.services.verification import verify_passkey
from accounts.models import Passkey, User
from accounts.sign_in.services import authenticate_passkey
from lib.web.errors import Unauthenticated
from tests.accounts.mfa.passkeys import HERE, add_passkey, refusal_of, sign_in_with
from tests.authenticator import Authenticator
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_passkey_signs_in_alone_and_remembers_when(dana: User) -> None:
    device = add_passkey(dana)

    assert sign_in_with(device) == dana
    passkey = Passkey.objects.get()
    assert passkey.last_used_at is not None and passkey.sign_count == 1


def test_several_sign_in_each(dana: User) -> None:
    devices = [add_passkey(dana, name) for name in ("Laptop", "Phone", "Key")]

    assert {sign_in_with(device) for device in devices} == {dana}


def test_a_synced_one_does_not_count(dana: User) -> None:
    device = add_passkey(dana, device=Authenticator(synced=True))

    assert sign_in_with(device) == sign_in_with(device) == dana
    assert Passkey.objects.get().is_synced


def test_alone_it_has_to_verify_its_user(dana: User) -> None:
    device = add_passkey(dana, device=Authenticator(verifies=False))

    assert refusal_of(device, build_sign_in_options(party=HERE)) == "passkey_refused"
    options = build_second_factor_options(user=dana, party=HERE)
    assert verify_passkey(user=dana, answer=device.use(options), party=HERE) == "passkey"


def test_a_copy_that_lags_behind_is_refused(dana: User) -> None:
    device = add_passkey(dana)
    sign_in_with(device)
    sign_in_with(device)
    device.count = 1

    assert refusal_of(device, build_sign_in_options(party=HERE)) == "passkey_refused"


def test_a_removed_one_is_refused(dana: User) -> None:
    device = add_passkey(dana)
    add_passkey(dana, "Other")
    remove_passkey(actor=dana, passkey_id=passkeys_of(dana).get(name="Laptop").pk, password=PASSWORD)

    assert refusal_of(device, build_sign_in_options(party=HERE)) == "passkey_refused"


def test_an_answer_works_once(dana: User) -> None:
    device = add_passkey(dana, device=Authenticator(synced=True))
    answer = device.use(build_sign_in_options(party=HERE))
    authenticate_passkey(answer=answer, party=HERE)

    with pytest.raises(Unauthenticated) as refusal:
        authenticate_passkey(answer=answer, party=HERE)
    assert refusal.value.code == "passkey_expired"


def test_an_answer_is_worth_nothing_for_something_else(dana: User, bob: User) -> None:
    device = add_passkey(dana, device=Authenticator(synced=True))
    own = add_passkey(bob, device=Authenticator(synced=True))

    assert refusal_of(device, build_second_factor_options(user=dana, party=HERE)) == "passkey_expired"
    assert refusal_of(device, build_sign_in_options(party=HERE), dana) == "passkey_expired"
    # The key of another user, and one's own for the question that another was asked.
    assert refusal_of(own, build_second_factor_options(user=dana, party=HERE), dana) == "passkey_refused"
    assert refusal_of(own, build_second_factor_options(user=dana, party=HERE), bob) == "passkey_expired"


def test_an_answer_with_the_handle_of_another_user_is_refused(dana: User, bob: User) -> None:
    device = add_passkey(dana)
    device.user_handle = bob.pk.bytes

    assert refusal_of(device, build_sign_in_options(party=HERE)) == "passkey_refused"


@pytest.mark.parametrize("changes", [{"origin": "https://evil.example"}, {"type": "webauthn.create"}])
def test_an_answer_from_elsewhere_signs_nobody_in(dana: User, changes: dict[str, str]) -> None:
    assert refusal_of(add_passkey(dana), build_sign_in_options(party=HERE), **changes) == "passkey_refused"


def test_another_key_signs_nobody_in(dana: User) -> None:
    device = add_passkey(dana)
    forged = Authenticator(credential_id=device.credential_id, user_handle=device.user_handle, count=9)

    assert refusal_of(forged, build_sign_in_options(party=HERE)) == "passkey_refused"


def test_a_closed_account_is_refused_alike(dana: User) -> None:
    device = add_passkey(dana)
    User.objects.filter(pk=dana.pk).update(is_active=False)

    with pytest.raises(Unauthenticated) as refusal:
        sign_in_with(device)
    assert refusal.value.code == "passkey_refused"
    assert dana.login_attempts.get().reason == "inactive"


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"id": "AAAA"},
        {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}},
        {
            "id": "AAAA",
            "rawId": "BBBB",
            "type": "public-key",
            "response": {"clientDataJSON": "_w", "authenticatorData": "", "signature": "="},
        },
    ],
)
def test_what_is_no_answer_is_refused(db: None, broken: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        authenticate_passkey(answer=broken, party=HERE)


@pytest.mark.parametrize("field", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
@pytest.mark.parametrize("value", ["", "AA", "_" * 400, "bnVsbA", "W10", "W1tbW1tbW1tbW1tbXQ"])
def test_a_damaged_answer_is_refused(dana: User, field: str, value: str) -> None:
    device = add_passkey(dana)
    answer = device.use(build_sign_in_options(party=HERE))
    answer["response"][field] = value

    with pytest.raises(Unauthenticated):
        authenticate_passkey(answer=answer, party=HERE)
