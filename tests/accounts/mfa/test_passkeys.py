"""Passkeys: added, renamed, removed, and what an answer of one is worth."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import connection

from accounts.mfa.challenges import Purpose
from accounts.mfa.queries import list_methods, passkeys_of
from accounts.mfa.relying_party import RelyingParty
from accounts.mfa.services.enrolment import (
    begin_enrolment,
    confirm_enrolment,
    remove_second_factor,
    reset_second_factor,
)
from accounts.mfa.services.factors import Proof
from accounts.mfa.services.passkeys import (
    MAX_PASSKEYS,
    begin_passkey,
    build_second_factor_options,
    build_sign_in_options,
    finish_passkey,
    remove_passkey,
    rename_passkey,
)
from accounts.mfa.services.verification import use_passkey, verify_passkey
from accounts.models import AuditEntry, Membership, Organisation, Passkey, RecoveryCode, User
from accounts.sign_in.services import authenticate_passkey
from lib.web.errors import Conflict, Unauthenticated
from tests.accounts.steps import code_of, enrol, reload_user
from tests.authenticator import Authenticator
from tests.conftest import AfterCommit
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

HERE = RelyingParty(id="localhost", origins=["http://localhost"])


def add(user: User, name: str = "Laptop", device: Authenticator | None = None) -> Authenticator:
    """Add a passkey; the authenticator that has it."""
    device = device or Authenticator()
    options = begin_passkey(actor=user, party=HERE, password=PASSWORD)
    finish_passkey(actor=user, name=name, credential=device.create(options), party=HERE, keep_session=None)
    return device


def sign_in(device: Authenticator, **changes: Any) -> User:
    options = build_sign_in_options(party=HERE)
    return authenticate_passkey(answer=device.use(options, **changes), party=HERE)


def refused(device: Authenticator, options: dict[str, Any], user: User | None = None, **changes: Any) -> str:
    """The code of the refusal that an answer gets."""
    purpose = Purpose.SECOND_FACTOR if user else Purpose.SIGN_IN
    with pytest.raises(Unauthenticated) as refusal:
        use_passkey(answer=device.use(options, **changes), party=HERE, purpose=purpose, user=user)
    return refusal.value.code


# --- Adding ----------------------------------------------------------------------------------------------------------


def test_the_first_one_turns_the_second_factor_on_and_brings_recovery_codes(dana: User) -> None:
    device, options = Authenticator(), begin_passkey(actor=dana, party=HERE, password=PASSWORD)

    new = finish_passkey(
        actor=dana, name=" Work  laptop ", credential=device.create(options), party=HERE, keep_session=None
    )

    assert (new.passkey.name, len(new.recovery_codes)) == ("Work laptop", 10)
    assert reload_user(dana).second_factor_at is not None
    assert list_methods(dana) == ["passkey", "recovery_code"]
    assert AuditEntry.objects.filter(user=dana, table_name="accounts_passkey", action="create").count() == 1


def test_another_one_leaves_the_recovery_codes_alone(dana: User) -> None:
    add(dana)
    before = set(RecoveryCode.objects.filter(user=dana).values_list("code_hash", flat=True))

    device, options = Authenticator(), begin_passkey(actor=dana, party=HERE, password=PASSWORD)
    new = finish_passkey(actor=dana, name="Key", credential=device.create(options), party=HERE, keep_session=None)

    assert new.recovery_codes == []
    assert len(options["excludeCredentials"]) == 1
    assert set(RecoveryCode.objects.filter(user=dana).values_list("code_hash", flat=True)) == before


def test_the_password_comes_first(dana: User) -> None:
    with pytest.raises(ValidationError):
        begin_passkey(actor=dana, party=HERE, password="wrong")


def test_options_work_once_and_for_their_user_alone(dana: User, bob: User) -> None:
    options = begin_passkey(actor=dana, party=HERE, password=PASSWORD)
    answer = Authenticator().create(options)

    with pytest.raises(ValidationError):
        finish_passkey(actor=bob, name="Mine", credential=answer, party=HERE, keep_session=None)
    finish_passkey(actor=dana, name="Mine", credential=answer, party=HERE, keep_session=None)
    with pytest.raises(ValidationError):
        finish_passkey(actor=dana, name="Again", credential=answer, party=HERE, keep_session=None)
    assert passkeys_of(dana).count() == 1 and not passkeys_of(bob).exists()


def test_one_authenticator_is_not_added_twice(dana: User, bob: User) -> None:
    device = add(dana)
    options = begin_passkey(actor=bob, party=HERE)

    with pytest.raises((Conflict, ValidationError)):
        finish_passkey(actor=bob, name="Mine", credential=device.create(options), party=HERE, keep_session=None)
    assert Passkey.objects.get().user == dana


@pytest.mark.parametrize(
    "changes", [{"origin": "https://evil.example"}, {"type": "webauthn.get"}, {"challenge": "AAAA"}]
)
def test_an_answer_from_elsewhere_is_no_passkey(dana: User, changes: dict[str, str]) -> None:
    options = begin_passkey(actor=dana, party=HERE, password=PASSWORD)

    with pytest.raises(ValidationError):
        finish_passkey(
            actor=dana,
            name="Mine",
            credential=Authenticator().create(options, **changes),
            party=HERE,
            keep_session=None,
        )
    assert not passkeys_of(dana).exists()


def test_there_is_a_limit(dana: User) -> None:
    rows = [Passkey(user=dana, name=f"{n}", credential_id=f"{n}", public_key=b"") for n in range(MAX_PASSKEYS)]
    Passkey.objects.bulk_create(rows)

    with pytest.raises(Conflict):
        begin_passkey(actor=dana, party=HERE, password=PASSWORD)


def test_beside_an_app_they_share_the_recovery_codes(dana: User) -> None:
    app = enrol(dana)
    add(dana)

    assert list_methods(dana) == ["app", "passkey", "recovery_code"]
    assert not remove_second_factor(actor=dana, proof=Proof(code_of(app.secret)), password=PASSWORD)
    assert list_methods(dana) == ["passkey", "recovery_code"]
    assert reload_user(dana).second_factor_at is not None


# --- Signing in ------------------------------------------------------------------------------------------------------


def test_a_passkey_signs_in_alone_and_remembers_when(dana: User) -> None:
    device = add(dana)

    assert sign_in(device) == dana
    passkey = Passkey.objects.get()
    assert passkey.last_used_at is not None and passkey.sign_count == 1


def test_several_sign_in_each(dana: User) -> None:
    devices = [add(dana, name) for name in ("Laptop", "Phone", "Key")]

    assert {sign_in(device) for device in devices} == {dana}


def test_a_synced_one_does_not_count(dana: User) -> None:
    device = add(dana, device=Authenticator(synced=True))

    assert sign_in(device) == sign_in(device) == dana
    assert Passkey.objects.get().is_synced


def test_alone_it_has_to_verify_its_user(dana: User) -> None:
    device = add(dana, device=Authenticator(verifies=False))

    assert refused(device, build_sign_in_options(party=HERE)) == "passkey_refused"
    options = build_second_factor_options(user=dana, party=HERE)
    assert verify_passkey(user=dana, answer=device.use(options), party=HERE) == "passkey"


def test_a_copy_that_lags_behind_is_refused(dana: User) -> None:
    device = add(dana)
    sign_in(device)
    sign_in(device)
    device.count = 1

    assert refused(device, build_sign_in_options(party=HERE)) == "passkey_refused"


def test_a_removed_one_is_refused(dana: User) -> None:
    device = add(dana)
    add(dana, "Other")
    remove_passkey(actor=dana, passkey_id=passkeys_of(dana).get(name="Laptop").pk, password=PASSWORD)

    assert refused(device, build_sign_in_options(party=HERE)) == "passkey_refused"


def test_an_answer_works_once(dana: User) -> None:
    device = add(dana, device=Authenticator(synced=True))
    answer = device.use(build_sign_in_options(party=HERE))
    authenticate_passkey(answer=answer, party=HERE)

    with pytest.raises(Unauthenticated) as refusal:
        authenticate_passkey(answer=answer, party=HERE)
    assert refusal.value.code == "passkey_expired"


def test_an_answer_is_worth_nothing_for_something_else(dana: User, bob: User) -> None:
    device = add(dana, device=Authenticator(synced=True))
    own = add(bob, device=Authenticator(synced=True))

    assert refused(device, build_second_factor_options(user=dana, party=HERE)) == "passkey_expired"
    assert refused(device, build_sign_in_options(party=HERE), dana) == "passkey_expired"
    # The key of another user, and one's own for the question that another was asked.
    assert refused(own, build_second_factor_options(user=dana, party=HERE), dana) == "passkey_refused"
    assert refused(own, build_second_factor_options(user=dana, party=HERE), bob) == "passkey_expired"


def test_an_answer_with_the_handle_of_another_user_is_refused(dana: User, bob: User) -> None:
    device = add(dana)
    device.user_handle = bob.pk.bytes

    assert refused(device, build_sign_in_options(party=HERE)) == "passkey_refused"


@pytest.mark.parametrize("changes", [{"origin": "https://evil.example"}, {"type": "webauthn.create"}])
def test_an_answer_from_elsewhere_signs_nobody_in(dana: User, changes: dict[str, str]) -> None:
    assert refused(add(dana), build_sign_in_options(party=HERE), **changes) == "passkey_refused"


def test_another_key_signs_nobody_in(dana: User) -> None:
    device = add(dana)
    forged = Authenticator(credential_id=device.credential_id, user_handle=device.user_handle, count=9)

    assert refused(forged, build_sign_in_options(party=HERE)) == "passkey_refused"


def test_a_closed_account_is_refused_alike(dana: User) -> None:
    device = add(dana)
    User.objects.filter(pk=dana.pk).update(is_active=False)

    with pytest.raises(Unauthenticated) as refusal:
        sign_in(device)
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
    device = add(dana)
    answer = device.use(build_sign_in_options(party=HERE))
    answer["response"][field] = value

    with pytest.raises(Unauthenticated):
        authenticate_passkey(answer=answer, party=HERE)


@pytest.mark.parametrize("value", ["", "AA", "_" * 400, "oA", "o2NmbXRkbm9uZQ"])
def test_a_damaged_passkey_is_refused(dana: User, value: str) -> None:
    answer = Authenticator().create(begin_passkey(actor=dana, party=HERE, password=PASSWORD))
    answer["response"]["attestationObject"] = value

    with pytest.raises(ValidationError):
        finish_passkey(actor=dana, name="Mine", credential=answer, party=HERE, keep_session=None)


# --- Renaming and removing -------------------------------------------------------------------------------------------


def test_the_owner_renames_it_and_nobody_else(dana: User, bob: User) -> None:
    add(dana)
    passkey = passkeys_of(dana).get()

    assert rename_passkey(actor=dana, passkey_id=passkey.pk, name="Ci").name == "Ci"
    with pytest.raises(ObjectDoesNotExist):
        rename_passkey(actor=bob, passkey_id=passkey.pk, name="Mine")
    with pytest.raises(ObjectDoesNotExist):
        remove_passkey(actor=bob, passkey_id=passkey.pk, password=PASSWORD)
    with pytest.raises(ValidationError):
        rename_passkey(actor=dana, passkey_id=passkey.pk, name=" ")


def test_removing_the_last_one_turns_the_second_factor_off(
    dana: User, after_commit: AfterCommit, mailoutbox: Any
) -> None:
    with after_commit():
        add(dana)
    passkey = passkeys_of(dana).get()
    with pytest.raises(ValidationError):
        remove_passkey(actor=dana, passkey_id=passkey.pk, password="wrong")

    with after_commit():
        assert remove_passkey(actor=dana, passkey_id=passkey.pk, password=PASSWORD)

    assert reload_user(dana).second_factor_at is None
    assert not RecoveryCode.objects.filter(user=dana).exists()
    added, removed = (mail.subject for mail in mailoutbox)
    assert "has been added" in added and "removed" in removed


def test_without_a_password_it_takes_a_second_factor(dana: User) -> None:
    device = add(dana)
    dana.set_unusable_password()
    dana.save()
    passkey = passkeys_of(dana).get()

    with pytest.raises(ValidationError):
        remove_passkey(actor=dana, passkey_id=passkey.pk)
    proof = Proof(passkey=device.use(build_second_factor_options(user=dana, party=HERE)), party=HERE)
    assert remove_passkey(actor=dana, passkey_id=passkey.pk, proof=proof)


def test_without_a_password_another_factor_is_proved_by_one_there_is(dana: User) -> None:
    """Else a stolen session would be enough to add one, and then to remove all others."""
    dana.set_unusable_password()
    dana.save()
    device = add(dana)
    secret = begin_enrolment(actor=dana).secret

    with pytest.raises(ValidationError):
        begin_passkey(actor=dana, party=HERE)
    with pytest.raises(ValidationError) as refusal:
        confirm_enrolment(actor=dana, otp=code_of(secret), keep_session=None)
    assert list(refusal.value.error_dict) == ["recovery_code"]

    def prove() -> Proof:
        return Proof(passkey=device.use(build_second_factor_options(user=dana, party=HERE)), party=HERE)

    assert begin_passkey(actor=dana, party=HERE, proof=prove())["challenge"]
    assert confirm_enrolment(actor=dana, otp=code_of(secret), keep_session=None, proof=prove()) == []


def test_a_wrong_first_code_uses_no_recovery_code(dana: User) -> None:
    dana.set_unusable_password()
    dana.save()
    options = begin_passkey(actor=dana, party=HERE)
    new = finish_passkey(
        actor=dana, name="Key", credential=Authenticator().create(options), party=HERE, keep_session=None
    )
    secret, proof = begin_enrolment(actor=dana).secret, Proof(new.recovery_codes[0])

    with pytest.raises(ValidationError):
        confirm_enrolment(actor=dana, otp="000 00", keep_session=None, proof=proof)
    assert confirm_enrolment(actor=dana, otp=code_of(secret), keep_session=None, proof=proof) == []


def test_an_organisation_that_requires_one_keeps_the_last(dana: User, halyard: Organisation) -> None:
    add(dana)
    Membership.objects.create(organisation=halyard, user=dana)
    Organisation.objects.filter(pk=halyard.pk).update(requires_second_factor=True)

    with pytest.raises(PermissionDenied):
        remove_passkey(actor=dana, passkey_id=passkeys_of(dana).get().pk, password=PASSWORD)
    add(dana, "Other")
    assert not remove_passkey(actor=dana, passkey_id=passkeys_of(dana).get(name="Laptop").pk, password=PASSWORD)


def test_a_passkey_satisfies_an_organisation(dana: User, halyard: Organisation) -> None:
    Organisation.objects.filter(pk=halyard.pk).update(requires_second_factor=True)
    Membership.objects.create(organisation=halyard, user=dana)
    User.objects.filter(pk=dana.pk).update(second_factor_due=True)

    add(reload_user(dana))

    assert not reload_user(dana).second_factor_due


def test_a_system_administrator_resets_them(dana: User, root: User) -> None:
    enrol(dana)
    device = add(dana)

    reset_second_factor(actor=root, user_id=dana.pk)

    assert reload_user(dana).second_factor_at is None and list_methods(dana) == []
    assert refused(device, build_sign_in_options(party=HERE)) == "passkey_refused"


def test_unknown_ones_are_missing(dana: User) -> None:
    with pytest.raises(ObjectDoesNotExist):
        rename_passkey(actor=dana, passkey_id=uuid.uuid4(), name="Mine")


@pytest.mark.django_db(transaction=True)
def test_of_the_same_answer_several_times_at_once_one_is_let_through() -> None:
    device = add(make_user("Dana", password=PASSWORD), device=Authenticator(synced=True))
    answer = device.use(build_sign_in_options(party=HERE))

    def attempt(_: int) -> str:
        try:
            return str(authenticate_passkey(answer=answer, party=HERE).pk)
        except Unauthenticated as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(attempt, range(8)))
    assert len([outcome for outcome in outcomes if outcome.startswith("passkey_")]) == 7
