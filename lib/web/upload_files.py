"""Write the large files of forms to a folder of ours: that of the system may be kept in memory, or be another disk."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

# What a process that was killed leaves behind begins so.
PREFIX = "form-"


class FolderUploadHandler(TemporaryFileUploadHandler):
    """Django's handler of large files, with a folder below DATA_DIR."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the next file of a form."""
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
        self.file = FolderUploadedFile(self.file_name or "", self.content_type or "")


class FolderUploadedFile(TemporaryUploadedFile):
    """File of a form in a folder below DATA_DIR."""

    def __init__(self, name: str, content_type: str) -> None:
        folder = Path(settings.UPLOAD_ROOT)
        folder.mkdir(parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(prefix=PREFIX, dir=folder)  # noqa: SIM115  closed by the form
        super(TemporaryUploadedFile, self).__init__(file, name, content_type, 0, None)
