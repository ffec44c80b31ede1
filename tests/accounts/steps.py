"""What tests of pages look at, and an authenticator app."""

import base64
import re
from typing import NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django_otp.oath import totp

from accounts.models import Organisation, SecondFactor, User
from accounts.services.second_factor import begin_enrolment, confirm_enrolment


class Enrolled(NamedTuple):
    secret: str
    recovery_codes: list[str]


def settings_of(organisation: Organisation) -> str:
    return reverse("accounts:organisation", args=[organisation.slug])


def labelled_error(response: HttpResponse, field: str) -> str:
    """The words that `aria-describedby` ties to the input."""
    page = response.content.decode()
    tag = re.search(rf'<input[^>]*name="{field}"[^>]*>', page).group()
    assert 'aria-invalid="true"' in tag
    target = re.search(r'aria-describedby="([^"]*)"', tag).group(1).split()[-1]
    return re.search(rf'id="{target}".*?<span>(.*?)</span></p>', page, re.S).group(1)


def enrol(user: User) -> Enrolled:
    """Turn a second factor on, long enough ago that the code of this moment is a new one."""
    secret = begin_enrolment(actor=user).secret
    codes = confirm_enrolment(actor=user, otp=code_of(secret), keep_session=None)
    SecondFactor.objects.filter(user=user).update(last_t=-1)
    return Enrolled(secret, codes)


def code_of(secret: str, *, steps: int = 0) -> str:
    """What an authenticator app shows now, or so many half minutes later."""
    return f"{totp(base64.b32decode(secret), drift=steps):06}"


def wrong_code(secret: str) -> str:
    """Six digits that the app doesn't show around now."""
    near = {code_of(secret, steps=steps) for steps in range(-3, 4)}
    return next(code for code in ("000000", "111111", *map(str, range(222222, 222230))) if code not in near)
