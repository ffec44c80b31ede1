"""The codes of a second factor: each works once, for its owner, and only so often may one guess."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.mfa.services.enrolment import begin_enrolment, get_second_factor_status
from accounts.mfa.services.verification import verify_second_factor
from accounts.models import User
from lib.web.errors import TooManyAttempts, Unauthenticated
from tests.accounts.steps import Enrolled, code_of, enrol, refused, wrong_code

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_clocks_may_differ_by_half_a_minute(dana: User, app: Enrolled, steps: int) -> None:
    assert verify_second_factor(user=dana, otp=code_of(app.secret, steps=steps)) == "second_factor"


@pytest.mark.parametrize("steps", [-3, 3])
def test_old_and_future_codes_are_wrong(dana: User, app: Enrolled, steps: int) -> None:
    assert refused(dana, code_of(app.secret, steps=steps)) == "otp_invalid"


def test_a_code_works_once_and_none_before_it_does_any_more(dana: User, app: Enrolled) -> None:
    code = code_of(app.secret)
    verify_second_factor(user=dana, otp=f" {code[:3]} {code[3:]} ")

    assert refused(dana, code) == "otp_invalid"
    assert refused(dana, code_of(app.secret, steps=-1)) == "otp_invalid"
    assert verify_second_factor(user=dana, otp=code_of(app.secret, steps=1))


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.translate({ord(digit): 0xFF10 + int(digit) for digit in "0123456789"}),
        lambda code: code.translate({ord(digit): 0x0660 + int(digit) for digit in "0123456789"}),
        lambda code: f"{code[:3]}\N{EN DASH}{code[3:]}",
        lambda code: f"\ufeff{code[:3]}\N{NO-BREAK SPACE}{code[3:]}\u200b\r\n",
        lambda code: f"{code[:2]}\N{MINUS SIGN}{code[2:4]}\N{IDEOGRAPHIC SPACE}{code[4:]}",
    ],
    ids=["full width", "Arabic", "en dash", "unseen", "minus"],
)
def test_keyboards_write_digits_and_dashes_in_their_ways(
    dana: User, app: Enrolled, typed: Callable[[str], str]
) -> None:
    assert verify_second_factor(user=dana, otp=typed(code_of(app.secret))) == "second_factor"


def test_a_recovery_code_is_known_in_full_width_and_with_long_dashes(dana: User, app: Enrolled) -> None:
    wide = {ord(letter): ord(letter) + 0xFEE0 for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"}
    code = app.recovery_codes[0].replace("-", "\N{EM DASH}").translate(wide)

    assert verify_second_factor(user=dana, otp=code.lower()) == "recovery_code"


def test_a_recovery_code_works_once_however_it_is_typed(dana: User, app: Enrolled) -> None:
    first, second, third, *_ = app.recovery_codes

    assert verify_second_factor(user=dana, otp=first) == "recovery_code"
    assert verify_second_factor(user=dana, otp=f" {second.replace('-', '').lower()} ") == "recovery_code"
    assert verify_second_factor(user=dana, otp=third.replace("-", " ")) == "recovery_code"

    assert [refused(dana, code) for code in (first, second.lower(), third)] == ["otp_invalid"] * 3
    assert get_second_factor_status(dana).recovery_codes_left == 7


def test_a_recovery_code_that_is_used_is_told_by_mail(
    dana: User, app: Enrolled, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        for code in app.recovery_codes[:2]:
            verify_second_factor(user=dana, otp=code)
        refused(dana, app.recovery_codes[0])

    first, second = mail.outbox
    assert first.to == [dana.email] and first.subject == "A recovery code of yours was used"
    assert "left: 9." in first.body and "left: 8." in second.body


def test_nothing_typed_asks_for_a_code(dana: User, app: Enrolled) -> None:
    assert [refused(dana, otp) for otp in ("", "  ")] == ["otp_required"] * 2


@pytest.mark.parametrize(
    "otp", ["12345", "1234567", "١٢٣٤٥٦", "-", "\0", "\ud800", "AAAA-AAAA-AAAA-AAAA", "x" * 10_000]
)
def test_what_is_no_code_is_wrong(dana: User, app: Enrolled, otp: str) -> None:
    assert refused(dana, otp) == "otp_invalid"


def test_codes_are_their_owners_alone(bob: User, app: Enrolled) -> None:
    other = enrol(bob)

    assert refused(bob, code_of(app.secret)) == "otp_invalid"
    assert refused(bob, app.recovery_codes[0]) == "otp_invalid"
    assert verify_second_factor(user=bob, otp=other.recovery_codes[0])


def test_an_unconfirmed_secret_opens_nothing(dana: User) -> None:
    secret = begin_enrolment(actor=dana).secret

    assert refused(dana, code_of(secret)) == "otp_invalid"


# Guessing


def test_ten_wrong_codes_shut_the_door_and_the_owner_hears_of_it(
    dana: User, app: Enrolled, mails: Callable[..., Any]
) -> None:
    sent = mails(lambda: [refused(dana, wrong_code(app.secret)) for _ in range(10)])

    assert sent == [([dana.email], "Somebody is guessing your sign-in codes")]
    for otp in (code_of(app.secret), app.recovery_codes[0]):
        with pytest.raises(TooManyAttempts) as refusal:
            verify_second_factor(user=dana, otp=otp)
        assert 14 * 60 < refusal.value.retry_after <= 15 * 60


def test_a_right_code_gives_the_guesser_no_new_tries(dana: User, app: Enrolled) -> None:
    for _ in range(9):
        refused(dana, wrong_code(app.secret))
    verify_second_factor(user=dana, otp=app.recovery_codes[0])
    refused(dana, wrong_code(app.secret))

    with pytest.raises(TooManyAttempts):
        verify_second_factor(user=dana, otp=app.recovery_codes[1])


def test_right_codes_are_free(dana: User, app: Enrolled) -> None:
    for code in app.recovery_codes:
        verify_second_factor(user=dana, otp=code)
    assert verify_second_factor(user=dana, otp=code_of(app.secret))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("throttle", [True, False])
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_a_hundred_at_once_one_is_let_in(dana: User, settings: Settings, throttle: bool, kind: str) -> None:
    settings.THROTTLE = throttle
    app = enrol(dana)
    otp = code_of(app.secret) if kind == "app" else app.recovery_codes[0]

    def try_it(_: int) -> Any:
        try:
            return verify_second_factor(user=dana, otp=otp)
        except (Unauthenticated, TooManyAttempts):
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        let_in = [method for method in threads.map(try_it, range(100)) if method]

    assert len(let_in) == 1
