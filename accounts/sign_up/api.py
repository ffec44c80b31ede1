"""REST: sign up."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from ninja import Router, Status

from accounts.schemas import MeOut
from accounts.security.limits import SIGN_UPS
from accounts.sign_up import services
from accounts.sign_up.schemas import SignupIn
from lib.web.client import get_ip_address, get_network
from lib.web.openapi import ME, list_problems, show_example

router = Router(tags=["sign-in"])

CREDENTIALS = {"email": "alice@halyard.example", "password": "harbour-light-2026"}


@router.post(
    "/auth/signup",
    auth=None,
    response={201: MeOut, **list_problems(403, 409, 429)},
    openapi_extra=show_example(ME, status=201, body=CREDENTIALS | {"name": "Alice Moreau", "username": "alice"}),
)
def sign_up(request: HttpRequest, body: SignupIn) -> Status[MeOut]:
    """Create an account. Without a username, one is made from the name. Some installations ask for an `invitation`.

    The first account of an empty server is its system administrator, where addresses have to be confirmed the first
    one that is, and needs no invitation.

    Where addresses have to be confirmed before the first sign-in, an address that has an account gets the same answer,
    and its owner a mail.
    """
    SIGN_UPS.consume(get_network(get_ip_address(request)))
    if services.must_hide_account(body.email):
        simulated = services.simulate_sign_up(**body.model_dump())
        get_adapter().send_account_already_exists_mail(simulated.email)
        return Status(201, MeOut.of(simulated))
    user = services.sign_up(**body.model_dump())
    EmailAddress.objects.get(user=user, primary=True).send_confirmation(request, signup=True)
    return Status(201, MeOut.of(user))
