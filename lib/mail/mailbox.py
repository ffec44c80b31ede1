"""Print mail on a developer's machine and save it for a mail program. Django's backends do one or the other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from django.utils.text import slugify


class EmailBackend(ConsoleBackend):
    """Mail backend that prints each mail and saves it in `EMAIL_FILE_PATH` as `<time>-<subject>.eml`."""

    def write_message(self, message: Any) -> None:
        super().write_message(message)
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{slugify(message.subject)[:60]}.eml"
        (folder / name).write_bytes(message.message().as_bytes())
