"""Read the settings of files and their storage."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from environ import Env

FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "lib.web.upload_files.FolderUploadHandler",
]


class FileStorage(NamedTuple):
    """The folder of stored files, and that of what has not arrived yet: best on the same disk, else it is copied.

    Bytes of one file, and of all files of an organisation that has no quota of its own (0: no bound). The location
    where the web server in front serves the stored files, for itself alone; empty: we send them. The S3-compatible
    storage that keeps files instead of a folder, and whether clients read them there.
    """

    stored: Path
    arriving: Path
    max_upload_bytes: int
    quota: int
    x_accel_redirect: str
    storage_url: str
    storage_redirect: bool


def read_file_storage(env: Env, *, data_dir: Path) -> FileStorage:
    """Return MEDIA_ROOT, UPLOAD_ROOT and the settings that are named alike in the environment."""
    return FileStorage(
        data_dir / "files",
        data_dir / "uploads",
        env.int("MAX_UPLOAD_BYTES", default=2 * 1024**3),
        env.int("STORAGE_QUOTA", default=0),
        env.str("X_ACCEL_REDIRECT", default="").rstrip("/"),
        env.str("STORAGE_URL", default=""),
        env.bool("STORAGE_REDIRECT", default=True),
    )


def build_storages(storage_url: str, *, debug: bool) -> dict[str, dict[str, str]]:
    """Return the classes by which Django stores files and static files."""
    stored = "lib.s3.storage.BucketStorage" if storage_url else "django.core.files.storage.FileSystemStorage"
    static = f"config.static_files.storage.{'Separate' if debug else 'Joined'}Storage"
    return {"default": {"BACKEND": stored}, "staticfiles": {"BACKEND": static}}
