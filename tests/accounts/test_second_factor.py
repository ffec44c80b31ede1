"""A second factor: enrolling, its codes, recovery codes, turning it off, and who is asked for one."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import connection

from accounts.errors import Conflict, TooManyAttempts, Unauthenticated
from accounts.models import Membership, RecoveryCode, SecondFactor, User
from accounts.services.administration import take_second_factor_away
from accounts.services.organisations import (
    add_member,
    delete_organisation,
    remove_member,
    require_second_factor,
)
from accounts.services.second_factor import (
    begin_enrolment,
    confirm_enrolment,
    pending_enrolment,
    regenerate_recovery_codes,
    remove_second_factor,
    reseal_second_factors,
    second_factor_of,
    verify_second_factor,
)
from accounts.services.sessions import identify_session
from accounts.services.tokens import authenticate_token, issue_tokens
from tests.accounts.steps import code_of, enrol, wrong_code
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(db):
    return make_user("Dana", password=PASSWORD)


@pytest.fixture
def app(dana):
    return enrol(dana)


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """The subjects of what an action sends."""

    def sent_by(act):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return [(message.to, message.subject) for message in mail.outbox]

    return sent_by


def refused(user, otp):
    with pytest.raises(Unauthenticated) as refusal:
        verify_second_factor(user=user, otp=otp)
    return refusal.value.code


# Enrolling


def test_a_secret_counts_once_a_code_has_confirmed_it(dana):
    enrolment = begin_enrolment(actor=dana)
    assert not second_factor_of(dana).enabled

    codes = confirm_enrolment(actor=dana, otp=code_of(enrolment.secret), keep_session=None)

    status = second_factor_of(dana)
    assert (status.enabled, status.recovery_codes_left, status.required_by) == (True, 10, [])
    assert status.confirmed_at == User.objects.get(pk=dana.pk).second_factor_at
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", code) for code in codes)


def test_the_secret_is_what_apps_read(dana):
    enrolment = begin_enrolment(actor=dana)

    assert re.fullmatch(r"[A-Z2-7]{32}", enrolment.secret)
    assert enrolment.otpauth_url == (
        f"otpauth://totp/Atrium%3Adana%40halyard.example?secret={enrolment.secret}"
        "&issuer=Atrium&algorithm=SHA1&digits=6&period=30"
    )


def test_a_wrong_code_confirms_nothing_and_the_secret_stays(dana):
    secret = begin_enrolment(actor=dana).secret

    with pytest.raises(ValidationError) as refusal:
        confirm_enrolment(actor=dana, otp=wrong_code(secret), keep_session=None)

    assert list(refusal.value.error_dict) == ["otp"]
    assert not second_factor_of(dana).enabled
    assert pending_enrolment(dana).secret == secret


def test_beginning_again_forgets_the_first_secret(dana):
    first, second = begin_enrolment(actor=dana).secret, begin_enrolment(actor=dana).secret

    with pytest.raises(ValidationError):
        confirm_enrolment(actor=dana, otp=code_of(first), keep_session=None)
    assert confirm_enrolment(actor=dana, otp=code_of(second), keep_session=None)


def test_nothing_is_begun_twice_or_confirmed_unbegun(dana):
    with pytest.raises(Conflict):
        confirm_enrolment(actor=dana, otp="123456", keep_session=None)
    enrol(dana)

    with pytest.raises(Conflict):
        begin_enrolment(actor=dana)
    with pytest.raises(Conflict):
        confirm_enrolment(actor=dana, otp="123456", keep_session=None)
    assert pending_enrolment(dana) is None


def test_the_code_that_confirmed_signs_nobody_in(dana):
    secret = begin_enrolment(actor=dana).secret
    code = code_of(secret)
    confirm_enrolment(actor=dana, otp=code, keep_session=None)

    assert refused(dana, code) == "otp_invalid"


def test_enrolling_signs_out_everywhere_else_and_says_so_by_mail(dana, client_for, mails):
    here, elsewhere, pair = client_for(dana).session, client_for(dana).session, issue_tokens(user=dana)
    secret = begin_enrolment(actor=dana).secret

    sent = mails(lambda: confirm_enrolment(actor=dana, otp=code_of(secret), keep_session=here.public_id))

    assert sent == [([dana.email], "Your second factor is on")]
    assert identify_session(here.session_key).user == dana
    assert identify_session(elsewhere.session_key) is None
    assert authenticate_token(pair.access_token) is None


# Codes


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_clocks_may_differ_by_half_a_minute(dana, app, steps):
    assert verify_second_factor(user=dana, otp=code_of(app.secret, steps=steps)) == "second_factor"


@pytest.mark.parametrize("steps", [-3, 3])
def test_old_and_future_codes_are_wrong(dana, app, steps):
    assert refused(dana, code_of(app.secret, steps=steps)) == "otp_invalid"


def test_a_code_works_once_and_none_before_it_does_any_more(dana, app):
    code = code_of(app.secret)
    verify_second_factor(user=dana, otp=f" {code[:3]} {code[3:]} ")

    assert refused(dana, code) == "otp_invalid"
    assert refused(dana, code_of(app.secret, steps=-1)) == "otp_invalid"
    assert verify_second_factor(user=dana, otp=code_of(app.secret, steps=1))


def test_a_recovery_code_works_once_however_it_is_typed(dana, app):
    first, second, third, *_ = app.recovery_codes

    assert verify_second_factor(user=dana, otp=first) == "recovery_code"
    assert verify_second_factor(user=dana, otp=f" {second.replace('-', '').lower()} ") == "recovery_code"
    assert verify_second_factor(user=dana, otp=third.replace("-", " ")) == "recovery_code"

    assert [refused(dana, code) for code in (first, second.lower(), third)] == ["otp_invalid"] * 3
    assert second_factor_of(dana).recovery_codes_left == 7


def test_nothing_typed_asks_for_a_code(dana, app):
    assert [refused(dana, otp) for otp in ("", "  ")] == ["otp_required"] * 2


@pytest.mark.parametrize(
    "otp", ["12345", "1234567", "١٢٣٤٥٦", "-", "\0", "\ud800", "AAAA-AAAA-AAAA-AAAA", "x" * 10_000]
)
def test_what_is_no_code_is_wrong(dana, app, otp):
    assert refused(dana, otp) == "otp_invalid"


def test_codes_are_their_owners_alone(bob, app):
    other = enrol(bob)

    assert refused(bob, code_of(app.secret)) == "otp_invalid"
    assert refused(bob, app.recovery_codes[0]) == "otp_invalid"
    assert verify_second_factor(user=bob, otp=other.recovery_codes[0])


def test_an_unconfirmed_secret_opens_nothing(dana):
    secret = begin_enrolment(actor=dana).secret

    assert refused(dana, code_of(secret)) == "otp_invalid"


# Guessing


def test_ten_wrong_codes_shut_the_door_and_the_owner_hears_of_it(dana, app, mails):
    sent = mails(lambda: [refused(dana, wrong_code(app.secret)) for _ in range(10)])

    assert sent == [([dana.email], "Somebody is guessing your sign-in codes")]
    for otp in (code_of(app.secret), app.recovery_codes[0]):
        with pytest.raises(TooManyAttempts) as refusal:
            verify_second_factor(user=dana, otp=otp)
        assert 14 * 60 < refusal.value.retry_after <= 15 * 60


def test_a_right_code_gives_the_guesser_no_new_tries(dana, app):
    for _ in range(9):
        refused(dana, wrong_code(app.secret))
    verify_second_factor(user=dana, otp=app.recovery_codes[0])
    refused(dana, wrong_code(app.secret))

    with pytest.raises(TooManyAttempts):
        verify_second_factor(user=dana, otp=app.recovery_codes[1])


def test_right_codes_are_free(dana, app):
    for code in app.recovery_codes:
        verify_second_factor(user=dana, otp=code)
    assert verify_second_factor(user=dana, otp=code_of(app.secret))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("throttle", [True, False])
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_a_hundred_at_once_one_is_let_in(dana, settings, throttle, kind):
    settings.THROTTLE = throttle
    app = enrol(dana)
    otp = code_of(app.secret) if kind == "app" else app.recovery_codes[0]

    def try_it(_):
        try:
            return verify_second_factor(user=dana, otp=otp)
        except (Unauthenticated, TooManyAttempts):
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        let_in = [method for method in threads.map(try_it, range(100)) if method]

    assert len(let_in) == 1


# Recovery codes and turning it off


def test_new_recovery_codes_take_the_place_of_the_old(dana, app, mails):
    codes = []

    sent = mails(lambda: codes.extend(regenerate_recovery_codes(actor=dana, otp=code_of(app.secret))))

    assert sent == [([dana.email], "You have new recovery codes")]
    assert refused(dana, app.recovery_codes[0]) == "otp_invalid"
    assert verify_second_factor(user=dana, otp=codes[0]) == "recovery_code"


@pytest.mark.parametrize("otp", ["", "000"])
def test_new_recovery_codes_take_a_code(dana, app, otp):
    with pytest.raises(ValidationError) as refusal:
        regenerate_recovery_codes(actor=dana, otp=otp)

    assert list(refusal.value.error_dict) == ["otp"]
    assert verify_second_factor(user=dana, otp=app.recovery_codes[0])


def test_turning_it_off_takes_password_and_code(dana, app, mails):
    for password, otp, field in ((PASSWORD, wrong_code(app.secret), "otp"), ("wrong", code_of(app.secret), "password")):
        with pytest.raises(ValidationError) as refusal:
            remove_second_factor(actor=dana, password=password, otp=otp)
        assert list(refusal.value.error_dict) == [field]

    sent = mails(lambda: remove_second_factor(actor=dana, password=PASSWORD, otp=code_of(app.secret)))

    assert sent == [([dana.email], "Your second factor is off")]
    assert User.objects.get(pk=dana.pk).second_factor_at is None
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()
    with pytest.raises(Conflict):
        remove_second_factor(actor=dana, password=PASSWORD, otp="123456")


def test_who_has_no_password_needs_none_to_turn_it_off(dana, app):
    dana.set_unusable_password()
    dana.save()

    remove_second_factor(actor=dana, password="", otp=app.recovery_codes[0])

    assert not second_factor_of(dana).enabled


def test_it_stays_on_while_an_organisation_asks_for_it(alice, bob, halyard):
    app = enrol(bob)
    require_second_factor(actor=alice, slug=halyard.slug, required=True)
    bob.set_password(PASSWORD)

    with pytest.raises(PermissionDenied):
        remove_second_factor(actor=bob, password=PASSWORD, otp=app.recovery_codes[0])

    assert second_factor_of(bob).required_by == ["Halyard"]
    assert verify_second_factor(user=bob, otp=app.recovery_codes[0])


def test_an_administrator_takes_it_away_from_who_lost_everything(alice, dana, app, client_for, mails):
    session = client_for(dana).session
    with pytest.raises(PermissionDenied):
        take_second_factor_away(actor=alice, user_id=dana.pk)
    alice.role = User.Role.ADMIN
    with pytest.raises(PermissionDenied):
        take_second_factor_away(actor=alice, user_id=alice.pk)

    sent = mails(lambda: take_second_factor_away(actor=alice, user_id=dana.pk))

    assert sent == [([dana.email], "Your second factor has been removed")]
    assert User.objects.get(pk=dana.pk).second_factor_at is None
    assert identify_session(session.session_key) is None


# Organisations that ask for one


def due():
    return set(User.objects.filter(second_factor_due=True).values_list("name", flat=True))


def test_asking_members_for_one_makes_it_due_for_those_without(alice, bob, charlie, halyard):
    enrol(alice)

    require_second_factor(actor=alice, slug=halyard.slug, required=True)
    assert due() == {"Bob"}

    require_second_factor(actor=alice, slug=halyard.slug, required=False)
    assert due() == set()


def test_only_administrators_ask_for_one(bob, charlie, halyard):
    with pytest.raises(PermissionDenied):
        require_second_factor(actor=bob, slug=halyard.slug, required=True)
    with pytest.raises(ObjectDoesNotExist):
        require_second_factor(actor=charlie, slug=halyard.slug, required=True)


def test_joining_and_leaving_change_what_is_due(alice, bob, dana, halyard):
    enrol(alice)
    require_second_factor(actor=alice, slug=halyard.slug, required=True)

    add_member(organisation=halyard, user=dana, role=Membership.Role.GUEST)
    assert due() == {"Bob"} | {"Dana"}

    remove_member(actor=dana, slug=halyard.slug, user_id=dana.pk)
    assert due() == {"Bob"}


def test_enrolling_settles_it_and_losing_it_makes_it_due_again(alice, bob, halyard):
    enrol(alice)
    require_second_factor(actor=alice, slug=halyard.slug, required=True)

    enrol(bob)
    assert (due(), bob.second_factor_due) == (set(), False)

    alice.role = User.Role.ADMIN
    take_second_factor_away(actor=alice, user_id=bob.pk)
    assert due() == {"Bob"}


def test_a_deleted_organisation_asks_for_nothing(alice, bob, halyard):
    require_second_factor(actor=alice, slug=halyard.slug, required=True)
    assert due() == {"Alice", "Bob"}

    delete_organisation(actor=alice, slug=halyard.slug)

    assert due() == set()


# Keys


def test_secrets_outlive_a_change_of_keys(dana, settings):
    app = enrol(dana)
    settings.DATA_KEYS = ["a first key"]
    assert verify_second_factor(user=dana, otp=code_of(app.secret, steps=-1))

    assert reseal_second_factors() == 1
    settings.SECRET_KEY = "another one"
    assert verify_second_factor(user=dana, otp=code_of(app.secret))

    settings.DATA_KEYS = ["a second key", "a first key"]
    assert reseal_second_factors() == 1
    settings.DATA_KEYS = ["a second key"]
    assert verify_second_factor(user=dana, otp=code_of(app.secret, steps=1))


def test_without_its_key_recovery_codes_still_work(dana, app, settings):
    settings.SECRET_KEY = "another one"

    assert refused(dana, code_of(app.secret)) == "otp_invalid"
    assert verify_second_factor(user=dana, otp=app.recovery_codes[0])


def test_a_dump_of_the_database_lets_nobody_in(dana, app):
    pair = issue_tokens(user=dana)
    begin_enrolment(actor=make_user("Erin"))
    secrets = [app.secret, pair.access_token, pair.refresh_token, PASSWORD]
    for code in app.recovery_codes:
        secrets += [code, code.replace("-", "")]

    dump = "\n".join(map(str, everything())).lower()

    assert dana.email in dump
    assert [secret for secret in secrets if secret.lower() in dump] == []


def everything():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from cursor.fetchall()
