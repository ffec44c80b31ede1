"""Define why a file is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lib.web.errors import TooLarge

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# In the language of the reader, not of this moment.
_format_size = lazy(filesizeformat, str)


class FileTooLarge(TooLarge):
    """File with more bytes than one may have (413)."""

    def __init__(self, limit: int) -> None:
        super().__init__("file", describe_limit(limit))


class QuotaExceeded(TooLarge):
    """File for whose bytes the organisation has no room (413): so many are `missing`."""

    def __init__(self, limit: int, used: int, size: int) -> None:
        self.missing = used + size - limit
        text = format_lazy(
            _(
                "The storage of this organisation has no room for {size}: {used} of {limit} are used. "
                "Delete files, or ask an administrator."
            ),
            size=_format_size(size),
            used=_format_size(used),
            limit=_format_size(limit),
        )
        ValidationError.__init__(self, {"file": ValidationError(text, code="quota_exceeded")})


def describe_limit(limit: int) -> StrOrPromise:
    """Return how large a file may be, in words."""
    return format_lazy(_("A file may have at most {size}."), size=_format_size(limit))
