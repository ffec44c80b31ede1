"""Turn the user's second factor on and off over REST."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router, Status

from accounts.authentication import AUTH_BEFORE_ENROLMENT
from accounts.mfa.api.proofs import build_proof, read_proof
from accounts.mfa.schemas import (
    ConfirmationIn,
    EnrolmentOut,
    ProofIn,
    RecoveryCodesOut,
    SecondFactorOut,
    SecondFactorRemovalIn,
)
from accounts.mfa.services import enrolment
from accounts.requests import ApiRequest, forbid_storing
from lib.web.openapi import MOMENT, list_problems, show_example

# A user who must enrol can use nothing else before.
router = Router(tags=["me"], auth=AUTH_BEFORE_ENROLMENT)

STATUS = {"enabled": True, "confirmed_at": MOMENT, "recovery_codes_left": 9, "required_by": ["Halyard"]}
STATUS |= {"methods": ["app", "recovery_code"]}
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105
ENROLMENT = {
    "secret": SECRET,
    "otpauth_url": f"otpauth://totp/Atrium%3Aalice%40halyard.example?secret={SECRET}"
    "&issuer=Atrium&algorithm=SHA1&digits=6&period=30",
}
OTP = {"otp": "492039"}
RECOVERY_CODES = {"recovery_codes": ["K7QJ-4MZT-2XWD-VN6A", "3RFB-YH5C-PLQE-7UKS"]}


@router.get("/me/two-factor", response=SecondFactorOut, openapi_extra=show_example(STATUS))
def get_second_factor(request: ApiRequest) -> enrolment.SecondFactorStatus:
    """Return the status of the user's second factor.

    It tells whether a sign-in requires a code, how many recovery codes are left, and which organisations require it.
    """
    return enrolment.get_second_factor_status(request.auth)


@router.post(
    "/me/two-factor", response={200: EnrolmentOut, **list_problems(409)}, openapi_extra=show_example(ENROLMENT)
)
def begin_second_factor(request: ApiRequest, response: HttpResponse) -> enrolment.Enrolment:
    """Create a secret for an authenticator app. It takes effect once a code from the app has confirmed it."""
    forbid_storing(response)
    return enrolment.begin_enrolment(actor=request.auth)


@router.post(
    "/me/two-factor/confirm",
    response={200: RecoveryCodesOut, **list_problems(409, 429)},
    openapi_extra=show_example(RECOVERY_CODES, body=OTP),
)
def confirm_second_factor(request: ApiRequest, response: HttpResponse, body: ConfirmationIn) -> RecoveryCodesOut:
    """Turn the authenticator app on with a first code.

    A user who has passkeys already sends their `password` too; without one, `passkey` or `recovery_code`.
    As the first factor it ends all other sessions of the user and comes with recovery codes, which are shown this once.
    """
    codes = enrolment.confirm_enrolment(
        actor=request.auth,
        otp=body.otp,
        keep_session=request.session_id,
        password=body.password,
        proof=build_proof(request, body.recovery_code, body.passkey),
    )
    if request.token is None:
        request.session.cycle_key()
    forbid_storing(response)
    return RecoveryCodesOut(recovery_codes=codes)


@router.post(
    "/me/two-factor/recovery-codes",
    response={200: RecoveryCodesOut, **list_problems(409, 429)},
    openapi_extra=show_example(RECOVERY_CODES, body=OTP),
)
def regenerate_recovery_codes(request: ApiRequest, response: HttpResponse, body: ProofIn) -> RecoveryCodesOut:
    """Replace the recovery codes by ten new ones. It requires a code or a passkey; the old codes stop working."""
    forbid_storing(response)
    return RecoveryCodesOut(
        recovery_codes=enrolment.regenerate_recovery_codes(actor=request.auth, proof=read_proof(request, body)),
    )


@router.delete(
    "/me/two-factor",
    response={204: None, **list_problems(403, 409, 429)},
    openapi_extra=show_example(body=OTP),
)
def remove_second_factor(request: ApiRequest, body: SecondFactorRemovalIn) -> Status[None]:
    """Remove the authenticator app with a code or a passkey. A `password`, where given, must be right.

    Sign-ins go on asking for a passkey where there are any. Else the second factor is off, which is refused while an
    organisation of the user requires one.
    """
    enrolment.remove_second_factor(actor=request.auth, proof=read_proof(request, body), password=body.password)
    return Status(204, None)
