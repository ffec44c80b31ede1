"""A second factor: enrolling, and turning it off again."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from pytest_django import Settings

from accounts.mfa.services.enrolment import (
    begin_enrolment,
    confirm_enrolment,
    get_pending_enrolment,
    get_second_factor_status,
    regenerate_recovery_codes,
    remove_second_factor,
    reset_second_factor,
)
from accounts.mfa.services.factors import Proof
from accounts.mfa.services.verification import rotate_second_factor_keys, verify_second_factor
from accounts.models import Organisation, RecoveryCode, SecondFactor, User
from accounts.organisations.services.organisations import require_second_factor
from accounts.sessions.services import identify_session
from accounts.tokens.services.families import authenticate_token, issue_tokens
from lib.web.errors import Conflict
from tests.accounts.steps import Enrolled, code_of, enrol, refused, wrong_code
from tests.conftest import ClientFor
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_secret_counts_once_a_code_has_confirmed_it(dana: User) -> None:
    enrolment = begin_enrolment(actor=dana)
    assert not get_second_factor_status(dana).enabled

    codes = confirm_enrolment(actor=dana, otp=code_of(enrolment.secret), keep_session=None)

    status = get_second_factor_status(dana)
    assert (status.enabled, status.recovery_codes_left, status.required_by) == (True, 10, [])
    assert status.confirmed_at == User.objects.get(pk=dana.pk).second_factor_at
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", code) for code in codes)


def test_the_secret_is_what_apps_read(dana: User) -> None:
    enrolment = begin_enrolment(actor=dana)

    assert re.fullmatch(r"[A-Z2-7]{32}", enrolment.secret)
    assert enrolment.otpauth_url == (
        f"otpauth://totp/Atrium%3Adana%40halyard.example?secret={enrolment.secret}"
        "&issuer=Atrium&algorithm=SHA1&digits=6&period=30"
    )


def test_a_wrong_code_confirms_nothing_and_the_secret_stays(dana: User) -> None:
    secret = begin_enrolment(actor=dana).secret

    with pytest.raises(ValidationError) as refusal:
        confirm_enrolment(actor=dana, otp=wrong_code(secret), keep_session=None)

    assert list(refusal.value.error_dict) == ["otp"]
    assert not get_second_factor_status(dana).enabled
    assert get_pending_enrolment(dana).secret == secret


def test_beginning_again_forgets_the_first_secret(dana: User) -> None:
    first, second = begin_enrolment(actor=dana).secret, begin_enrolment(actor=dana).secret

    with pytest.raises(ValidationError):
        confirm_enrolment(actor=dana, otp=code_of(first), keep_session=None)
    assert confirm_enrolment(actor=dana, otp=code_of(second), keep_session=None)


def test_nothing_is_begun_twice_or_confirmed_unbegun(dana: User) -> None:
    with pytest.raises(Conflict):
        confirm_enrolment(actor=dana, otp="123456", keep_session=None)
    enrol(dana)

    with pytest.raises(Conflict):
        begin_enrolment(actor=dana)
    with pytest.raises(Conflict):
        confirm_enrolment(actor=dana, otp="123456", keep_session=None)
    assert get_pending_enrolment(dana) is None


def test_the_code_that_confirmed_signs_nobody_in(dana: User) -> None:
    secret = begin_enrolment(actor=dana).secret
    code = code_of(secret)
    confirm_enrolment(actor=dana, otp=code, keep_session=None)

    assert refused(dana, code) == "otp_invalid"


def test_enrolling_signs_out_everywhere_else_and_says_so_by_mail(
    dana: User, client_for: ClientFor, mails: Callable[..., Any]
) -> None:
    here, elsewhere, pair = client_for(dana).session, client_for(dana).session, issue_tokens(user=dana)
    secret = begin_enrolment(actor=dana).secret

    sent = mails(lambda: confirm_enrolment(actor=dana, otp=code_of(secret), keep_session=here.public_id))

    assert sent == [([dana.email], "Two-factor authentication is on")]
    assert identify_session(here.session_key).user == dana
    assert identify_session(elsewhere.session_key) is None
    assert authenticate_token(pair.access_token) is None


# Recovery codes and turning it off


def test_new_recovery_codes_take_the_place_of_the_old(dana: User, app: Enrolled, mails: Callable[..., Any]) -> None:
    codes = []

    sent = mails(lambda: codes.extend(regenerate_recovery_codes(actor=dana, proof=Proof(code_of(app.secret)))))

    assert sent == [([dana.email], "You have new recovery codes")]
    assert refused(dana, app.recovery_codes[0]) == "otp_invalid"
    assert verify_second_factor(user=dana, otp=codes[0]) == "recovery_code"


@pytest.mark.parametrize("otp", ["", "000"])
def test_new_recovery_codes_take_a_code(dana: User, app: Enrolled, otp: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        regenerate_recovery_codes(actor=dana, proof=Proof(otp))

    assert list(refusal.value.error_dict) == ["otp"]
    assert verify_second_factor(user=dana, otp=app.recovery_codes[0])


def test_turning_it_off_takes_password_and_code(dana: User, app: Enrolled, mails: Callable[..., Any]) -> None:
    for password, otp, field in ((PASSWORD, wrong_code(app.secret), "otp"), ("wrong", code_of(app.secret), "password")):
        with pytest.raises(ValidationError) as refusal:
            remove_second_factor(actor=dana, password=password, proof=Proof(otp))
        assert list(refusal.value.error_dict) == [field]

    sent = mails(lambda: remove_second_factor(actor=dana, password=PASSWORD, proof=Proof(code_of(app.secret))))

    assert sent == [([dana.email], "Two-factor authentication is off")]
    assert User.objects.get(pk=dana.pk).second_factor_at is None
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()
    with pytest.raises(Conflict):
        remove_second_factor(actor=dana, password=PASSWORD, proof=Proof("123456"))


def test_who_has_no_password_needs_none_to_turn_it_off(dana: User, app: Enrolled) -> None:
    dana.set_unusable_password()
    dana.save()

    remove_second_factor(actor=dana, password="", proof=Proof(app.recovery_codes[0]))

    assert not get_second_factor_status(dana).enabled


def test_it_stays_on_while_an_organisation_asks_for_it(alice: User, bob: User, halyard: Organisation) -> None:
    app = enrol(bob)
    require_second_factor(actor=alice, slug=halyard.slug, required=True)
    bob.set_password(PASSWORD)

    with pytest.raises(PermissionDenied):
        remove_second_factor(actor=bob, password=PASSWORD, proof=Proof(app.recovery_codes[0]))

    assert get_second_factor_status(bob).required_by == ["Halyard"]
    assert verify_second_factor(user=bob, otp=app.recovery_codes[0])


def test_an_administrator_takes_it_away_from_who_lost_everything(
    root: User, alice: User, dana: User, app: Enrolled, client_for: ClientFor, mails: Callable[..., Any]
) -> None:
    session = client_for(dana).session
    with pytest.raises(ObjectDoesNotExist):
        reset_second_factor(actor=alice, user_id=dana.pk)
    with pytest.raises(PermissionDenied):
        reset_second_factor(actor=root, user_id=root.pk)

    sent = mails(lambda: reset_second_factor(actor=root, user_id=dana.pk))

    assert sent == [([dana.email], "Your two-factor authentication has been reset")]
    assert User.objects.get(pk=dana.pk).second_factor_at is None
    assert identify_session(session.session_key) is None


# Keys


def test_secrets_outlive_a_change_of_keys(dana: User, settings: Settings) -> None:
    app = enrol(dana)
    settings.DATA_KEYS = ["a first key"]
    assert verify_second_factor(user=dana, otp=code_of(app.secret, steps=-1))

    assert rotate_second_factor_keys() == 1
    settings.SECRET_KEY = "another one"
    assert verify_second_factor(user=dana, otp=code_of(app.secret))

    settings.DATA_KEYS = ["a second key", "a first key"]
    assert rotate_second_factor_keys() == 1
    settings.DATA_KEYS = ["a second key"]
    assert verify_second_factor(user=dana, otp=code_of(app.secret, steps=1))


def test_without_its_key_recovery_codes_still_work(dana: User, app: Enrolled, settings: Settings) -> None:
    settings.SECRET_KEY = "another one"

    assert refused(dana, code_of(app.secret)) == "otp_invalid"
    assert verify_second_factor(user=dana, otp=app.recovery_codes[0])
