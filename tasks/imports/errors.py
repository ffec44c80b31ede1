"""Define why a file can't be imported at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lib.web.errors import TooLarge
from tasks.imports.source import MAX_BYTES, MAX_TASKS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class WrongFile(ValidationError):
    """File that is not of the format that it was said to be."""

    def __init__(self, message: StrOrPromise, **values: object) -> None:
        super().__init__({"file": format_lazy(message, **values) if values else message})


class FileTooLong(TooLarge):
    """File with more tasks than one may have, or with more bytes (413)."""

    def __init__(self, *, of_bytes: bool = False) -> None:
        if of_bytes:
            text = format_lazy(_("A file may have at most {count} MB. Split it."), count=MAX_BYTES // 1024**2)
        else:
            text = format_lazy(_("A file may have at most {count} tasks. Split it."), count=f"{MAX_TASKS:,}")
        super().__init__("file", text)
