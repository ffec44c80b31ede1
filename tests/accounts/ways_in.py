"""The ways in to Atrium at a browser, up to where the second factor is asked for."""

import re
from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress, Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core.context import request_context
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core import mail
from django.http import HttpRequest
from django.test import Client, RequestFactory

from accounts.models import User
from tests.accounts.steps import come_by_provider, connected
from tests.factories import PASSWORD

NEW_PASSWORD = "lighthouse-at-dusk-31"


def by_reset(client: Client, dana: User) -> Any:
    client.post("/accounts/password/reset/", {"email": dana.email})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body).group()
    form = client.get(link, follow=True).redirect_chain[-1][0]
    return client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})


def by_confirmed_address(client: Client, dana: User) -> Any:
    EmailAddress.objects.get(user=dana).send_confirmation(RequestFactory().get("/"))
    link = re.search(r"/accounts/confirm-email/\S+", mail.outbox[-1].body).group()
    return client.post(link)


def by_admin(client: Client, dana: User) -> Any:
    User.objects.filter(pk=dana.pk).update(is_staff=True, is_superuser=True)
    door = client.get("/admin/", follow=True).redirect_chain[-1][0]
    return client.post(door, {"login": dana.email, "password": PASSWORD, "next": "/admin/"})


def by_anything_else(client: Client, dana: User) -> Any:
    """What providers and whatever comes later call."""
    request = make_request(client)
    with request_context(request):
        response = perform_login(request, Login(user=dana))
    return keep_session(client, request, response)


def by_mailed_code(client: Client, dana: User) -> Any:
    """What a code by e-mail would call, once it is right: allauth can mail one, and we don't offer it."""
    request = make_request(client)
    with request_context(request):
        login = Login(user=dana, email=dana.email)
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(email=dana.email, initiated_by_user=True)
        response = LoginCodeVerificationProcess(stage).finish(None)
    return keep_session(client, request, response)


def by_sign_up(client: Client, dana: User) -> Any:
    return client.post("/accounts/signup/", {"name": "Dana", "email": dana.email, "password1": PASSWORD})


def by_provider(client: Client, dana: User) -> Any:
    connected(dana, "dana")
    return come_by_provider(client, "dana")


def make_request(client: Client) -> HttpRequest:
    """A request of this browser, for what is called without a page."""
    request = RequestFactory().get("/")
    request.session, request.user = client.session, AnonymousUser()
    request._messages = FallbackStorage(request)
    return request


def keep_session(client: Client, request: HttpRequest, response: Any) -> Any:
    """Give the browser what the request has stored."""
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return response
