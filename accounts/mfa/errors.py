"""Define the refusals of second factors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lib.web.errors import Unauthenticated

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SecondFactorNeeded(Unauthenticated):
    """Sign-in without its second factor (401). `methods` are those that the user has; passkeys need a browser."""

    def __init__(self, methods: Sequence[str]) -> None:
        super().__init__("otp_required", _describe_need(methods))
        self.methods = list(methods)


def _describe_need(methods: Sequence[str]) -> StrOrPromise:
    if "app" in methods or "passkey" not in methods:
        return _("Type the code from your authenticator app.")
    return _("This account has passkeys and no authenticator app: sign in with a browser, or type a recovery code.")
