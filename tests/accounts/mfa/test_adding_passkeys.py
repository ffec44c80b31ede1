"""Passkeys are added, to begin with and beside other factors."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.mfa.queries import list_methods, passkeys_of
from accounts.mfa.services.enrolment import begin_enrolment, confirm_enrolment, remove_second_factor
from accounts.mfa.services.factors import Proof
from accounts.mfa.services.passkeys import MAX_PASSKEYS, begin_passkey, build_second_factor_options, finish_passkey
from accounts.models import AuditEntry, Membership, Organisation, Passkey, RecoveryCode, User
from lib.web.errors import Conflict
from tests.accounts.mfa.passkeys import HERE, add_passkey
from tests.accounts.steps import code_of, enrol, reload_user
from tests.authenticator import Authenticator
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


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
    add_passkey(dana)
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
    device = add_passkey(dana)
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
    add_passkey(dana)

    assert list_methods(dana) == ["app", "passkey", "recovery_code"]
    assert not remove_second_factor(actor=dana, proof=Proof(code_of(app.secret)), password=PASSWORD)
    assert list_methods(dana) == ["passkey", "recovery_code"]
    assert reload_user(dana).second_factor_at is not None


@pytest.mark.parametrize("value", ["", "AA", "_" * 400, "oA", "o2NmbXRkbm9uZQ"])
def test_a_damaged_passkey_is_refused(dana: User, value: str) -> None:
    answer = Authenticator().create(begin_passkey(actor=dana, party=HERE, password=PASSWORD))
    answer["response"]["attestationObject"] = value

    with pytest.raises(ValidationError):
        finish_passkey(actor=dana, name="Mine", credential=answer, party=HERE, keep_session=None)


def test_without_a_password_another_factor_is_proved_by_one_there_is(dana: User) -> None:
    """Else a stolen session would be enough to add_passkey one, and then to remove all others."""
    dana.set_unusable_password()
    dana.save()
    device = add_passkey(dana)
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


def test_a_passkey_satisfies_an_organisation(dana: User, halyard: Organisation) -> None:
    Organisation.objects.filter(pk=halyard.pk).update(requires_second_factor=True)
    Membership.objects.create(organisation=halyard, user=dana)
    User.objects.filter(pk=dana.pk).update(second_factor_due=True)

    add_passkey(reload_user(dana))

    assert not reload_user(dana).second_factor_due
