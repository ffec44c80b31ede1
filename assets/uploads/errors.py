"""Define why a request of a resumable upload is refused, beyond what REST refuses elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class UploadRefused(Exception):
    """Request that the protocol refuses with a status of its own. Its answer has the `headers`."""

    def __init__(
        self, status: int, code: str = "", detail: StrOrPromise = "", headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers or {}


class BodyTooLong(UploadRefused):
    """Body with more bytes than its file lacks."""

    def __init__(self) -> None:
        super().__init__(413, "too_large", _("This is longer than the file was said to be."))


class ClientGone(Exception):
    """Connection that has ended before its request has: nobody waits for an answer."""
