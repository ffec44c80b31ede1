"""Define what goes wrong with files that are looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lib.web.errors import TooLarge

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class MediaRefused(TooLarge):
    """Picture that would take too much memory; told by its head, before anything of it is decoded (413)."""

    def __init__(self, message: StrOrPromise) -> None:
        super().__init__("file", message)


class MediaFailed(Exception):
    """File of which nothing can be made.

    `reason` is broken, unsupported, too_large, password, crop, or memory, time, crash of the child process.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


TOO_MANY_PIXELS = _("At most 100 megapixels, 250 as JPEG.")
