"""Take files out of forms."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from assets.storage import get_upload_folder
from assets.storing.errors import FileTooLarge
from lib.web.upload_files import PREFIX


def take_file(file: UploadedFile) -> Path:
    """Return the path of a file of a form, which belongs to the caller then. Raise FileTooLarge."""
    if (file.size or 0) > settings.MAX_UPLOAD_BYTES:
        raise FileTooLarge(settings.MAX_UPLOAD_BYTES)
    if isinstance(file, TemporaryUploadedFile):
        # Under a name of its own: the form deletes the one that it knows.
        path = Path(file.temporary_file_path())
        taken = path.with_suffix(".taken")
        os.replace(path, taken)
        return taken
    with NamedTemporaryFile(dir=get_upload_folder(), prefix=PREFIX, delete=False) as copy:
        shutil.copyfileobj(file, copy)
    return Path(copy.name)
