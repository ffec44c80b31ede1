"""Generate and match the codes of a second factor: TOTP (RFC 6238, six digits), and recovery codes."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
import unicodedata
from urllib.parse import quote, urlencode

from django_otp.oath import TOTP

ISSUER = "Atrium"
SECRET_BYTES = 20
STEP_SECONDS, DIGITS = 30, 6
# Steps before and after the present one: clocks of phones are inexact, and users type slowly.
TOLERANCE = 1
RECOVERY_CODE_COUNT = 10
RECOVERY_BYTES = 10
RECOVERY_LENGTH = RECOVERY_BYTES * 8 // 5
GROUP_LENGTH = 4
# Categories of what keyboards, clipboards and mail programs put between the characters of a code.
SEPARATORS = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Pd"))
MINUS = "\N{MINUS SIGN}"


def generate_secret() -> str:
    """Return a new random secret in base32, as apps read and users type it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def build_otpauth_url(secret: str, account: str) -> str:
    """Return the URL for a QR code, in the key URI format of Google Authenticator."""
    details = {"secret": secret, "issuer": ISSUER, "algorithm": "SHA1", "digits": DIGITS, "period": STEP_SECONDS}
    return f"otpauth://totp/{quote(f'{ISSUER}:{account}')}?{urlencode(details)}"


def find_matching_step(secret: str, code: str, *, after: int) -> int | None:
    """Return the time step of a code if it is within `TOLERANCE` of the present one and later than `after`."""
    if not is_app_code(code):
        return None
    clock = TOTP(base64.b32decode(secret), step=STEP_SECONDS, digits=DIGITS)
    clock.time = time.time()
    return clock.t() if clock.verify(int(code), tolerance=TOLERANCE, min_t=after + 1) else None


def normalise_code(otp: str) -> str:
    """Return a code as it is compared: in capitals and ASCII digits, without spaces, dashes and unseen characters."""
    return "".join(
        str(unicodedata.decimal(character, character))
        for character in unicodedata.normalize("NFKC", otp).upper()
        if unicodedata.category(character) not in SEPARATORS and character != MINUS
    )


def is_app_code(code: str) -> bool:
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def generate_recovery_codes() -> list[str]:
    """Return new random recovery codes, as users see them: `K7QJ-4MZT-2XWD-VN6A`."""
    return [
        _group_characters(base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode())
        for _ in range(RECOVERY_CODE_COUNT)
    ]


def hash_recovery_code(code: str) -> str:
    """Return the hash that is stored for a recovery code. It has 80 random bits, so an unsalted hash is safe."""
    return hashlib.sha256(normalise_code(code).encode(errors="replace")).hexdigest()


def _group_characters(code: str) -> str:
    return "-".join(code[start : start + GROUP_LENGTH] for start in range(0, RECOVERY_LENGTH, GROUP_LENGTH))
