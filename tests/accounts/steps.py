"""What tests of pages look at, and an authenticator app."""

import base64
import hashlib
import html
import re
from typing import Any, NamedTuple

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp

from accounts.mfa.services.enrolment import begin_enrolment, confirm_enrolment
from accounts.mfa.services.verification import verify_second_factor
from accounts.models import LoginAttempt, Organisation, SecondFactor, User
from lib.web.errors import Unauthenticated
from tests.factories import PASSWORD
from tests.provider import agree

CODE = "/accounts/code/"
# What opens only inside, by each of the doors there are.
CLOSED = ("/api/v1/me", "/api/v1/orgs", "/settings/", "/admin/", "/")


class Enrolled(NamedTuple):
    secret: str
    recovery_codes: list[str]


def settings_of(organisation: Organisation) -> str:
    return reverse("accounts:organisation", args=[organisation.slug])


def labelled_error(response: HttpResponse, field: str) -> str:
    """The words that `aria-describedby` ties to the input, those of several errors on lines of their own."""
    page = response.content.decode()
    tag = re.search(rf'<(?:input|textarea)[^>]*name="{field}"[^>]*>', page).group()
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


def refused(user: User, otp: str) -> str:
    """The code of the refusal that these digits get."""
    with pytest.raises(Unauthenticated) as refusal:
        verify_second_factor(user=user, otp=otp)
    return refusal.value.code


def attempts_kept() -> list[tuple[str, str, str]]:
    """Every try to sign in: how, with which outcome, why."""
    return list(LoginAttempt.objects.order_by("pk").values_list("method", "outcome", "reason"))


def is_signed_in(client: Client) -> bool:
    return client.get("/api/v1/me").status_code == 200


def go_to_provider(client: Client, start: str = "/accounts/oidc/login/", **form: str) -> str:
    """Press the button; the address that the page it leads to goes on to."""
    page = client.post(start, form)
    assert page.status_code == 200, page.get("Location", page.content)
    return html.unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode()).group(1))


def come_by_provider(client: Client, sub: str, start: str = "/accounts/oidc/login/", **form: str) -> HttpResponse:
    """Press the button, sign in there as `sub`, and come back."""
    return client.get(agree(go_to_provider(client, start, **form), sub))


def connected(user: User, sub: str, provider_id: str = "oidc") -> SocialAccount:
    """An account that the offered provider knows as `sub`, connected."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    issuer = "".join({app["settings"]["server_url"] for app in apps})
    uid = hashlib.sha256(f"{issuer} {sub}".encode()).hexdigest()
    told = {"email": f"{sub}@lighthouse.example"}
    return SocialAccount.objects.create(user=user, provider=provider_id, uid=uid, extra_data=told)


def by_password(client: Client, user: User, **more: str) -> HttpResponse:
    return client.post("/accounts/login/", {"login": user.email, "password": PASSWORD} | more)


def by_token(client: Client, user: User, **more: object) -> HttpResponse:
    body = {"email": user.email, "password": PASSWORD} | more
    return client.post("/api/v1/auth/token", body, "application/json")


def is_outside(client: Client) -> bool:
    """Whether nothing that asks for a person opens to this browser."""
    answers = [client.get(path) for path in CLOSED]
    return SESSION_KEY not in client.session and all(
        answer.status_code == 401 or answer.get("Location", "").startswith(("/accounts/login/", "/admin/login/"))
        for answer in answers
    )


def confirmation_link(message: EmailMessage) -> str:
    """The path of the link that a mail asks to follow."""
    return re.search(r"http://testserver(/accounts/confirm-email/\S+)", message.body).group(1)


def read_page(response: Any) -> str:
    return response.content.decode()


def reload_user(user: User) -> User:
    """Load a user anew, with nothing cached on the instance."""
    return User.objects.get(pk=user.pk)
