"""REST: confirm or change the e-mail address."""

from __future__ import annotations

from ninja import Router, Status

from accounts.authentication import AUTH_BEFORE_ENROLMENT
from accounts.email_addresses import services as email_addresses_services
from accounts.email_addresses.schemas import AddressIn
from accounts.requests import ApiRequest
from accounts.security.limits import count_verification_mail
from accounts.security.lockout import LOGIN_LOCKOUT
from lib.web.client import get_origin
from lib.web.openapi import list_problems, show_example

router = Router(tags=["me"])


@router.post("/me/verification", auth=AUTH_BEFORE_ENROLMENT, response={204: None, **list_problems(429)})
def send_verification(request: ApiRequest) -> Status[None]:
    """Mail the link again that confirms your address, or the new address that you asked for."""
    count_verification_mail(request.auth)
    email_addresses_services.send_verification(actor=request.auth, origin=get_origin(request))
    return Status(204, None)


@router.put(
    "/me/email",
    response={204: None, **list_problems(409, 429)},
    openapi_extra=show_example(body={"email": "alice@moreau.example", "current_password": "harbour-light-2026"}),
)
def change_address(request: ApiRequest, body: AddressIn) -> Status[None]:
    """Ask for another e-mail address. It replaces the present one once you follow the link that is mailed to it."""
    with LOGIN_LOCKOUT.attempt("password", str(request.auth.pk)):
        count_verification_mail(request.auth)
        email_addresses_services.change_address(actor=request.auth, **body.model_dump(), origin=get_origin(request))
    return Status(204, None)
