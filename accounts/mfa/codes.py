"""The codes of a second factor: six digits from an app (TOTP, RFC 6238), and recovery codes for when it is lost."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from urllib.parse import quote, urlencode

from django_otp.oath import TOTP

ISSUER = "Atrium"
SECRET_BYTES = 20
STEP, DIGITS = 30, 6
# Clocks of phones go wrong, and people type slowly.
TOLERANCE = 1
RECOVERY_CODE_COUNT = 10
RECOVERY_BYTES = 10
RECOVERY_LENGTH = RECOVERY_BYTES * 8 // 5
GROUP_LENGTH = 4


def generate_secret() -> str:
    """In base32, as apps take it and people type it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def build_otpauth_url(secret: str, account: str) -> str:
    """What the QR code says."""
    details = {"secret": secret, "issuer": ISSUER, "algorithm": "SHA1", "digits": DIGITS, "period": STEP}
    return f"otpauth://totp/{quote(f'{ISSUER}:{account}')}?{urlencode(details)}"


def find_matching_step(secret: str, code: str, *, after: int) -> int | None:
    """Which time step a code is of, should it be one of now and later than `after`."""
    if not is_app_code(code):
        return None
    clock = TOTP(base64.b32decode(secret), step=STEP, digits=DIGITS)
    clock.time = time.time()
    return clock.t() if clock.verify(int(code), tolerance=TOLERANCE, min_t=after + 1) else None


def normalise_code(otp: str) -> str:
    """A code without what people put between its groups."""
    return "".join(otp.split()).replace("-", "").upper()


def is_app_code(code: str) -> bool:
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def generate_recovery_codes() -> list[str]:
    """As people see them: `K7QJ-4MZT-2XWD-VN6A`."""
    return [
        _group_characters(base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode())
        for _ in range(RECOVERY_CODE_COUNT)
    ]


def hash_recovery_code(code: str) -> str:
    """It has 80 random bits, so a plain hash can't be guessed back."""
    return hashlib.sha256(normalise_code(code).encode(errors="replace")).hexdigest()


def _group_characters(code: str) -> str:
    return "-".join(code[start : start + GROUP_LENGTH] for start in range(0, RECOVERY_LENGTH, GROUP_LENGTH))
