"""Read the headers of tus 1.0.0, the protocol of resumable uploads (https://tus.io/protocols/resumable-upload)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assets.storing.errors import FileTooLarge
from assets.uploads.errors import UploadRefused

PATH = "/api/v1/uploads"
UPLOAD_PATH = re.compile(rf"{PATH}/([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})/?")
VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration"
ALGORITHMS = ("sha1", "sha256")
BODY_TYPE = "application/offset+octet-stream"
COUNT = re.compile(r"[0-9]{1,18}")
# What JavaScript makes of a value that is missing.
MISSING = frozenset(("", "null", "undefined"))
SWITCH = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Creation:
    """What a client says of a file that it is going to send. `organisation` is a slug; `length` counts bytes."""

    length: int
    name: str
    organisation: str
    alt_text: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the bytes of one request have to add up to."""

    algorithm: str
    digest: bytes

    def matches(self, body: Any) -> bool:
        """Tell whether a hash of the bytes that have arrived is the one that was said."""
        return bool(body.digest() == self.digest)


class Headers(dict[str, str]):
    """Headers of a request by their names in lower case."""

    def __init__(self, scope: dict[str, Any]) -> None:
        super().__init__((name.decode("latin-1"), value.decode("latin-1").strip()) for name, value in scope["headers"])

    @property
    def is_upload(self) -> bool:
        """Tell whether the body is a part of a file."""
        return self.get("content-type", "").partition(";")[0].strip().lower() == BODY_TYPE

    def read_count(self, name: str) -> int | None:
        """Return a number of bytes; None where it is not given. Raise UploadRefused for any other text."""
        value = self.get(name)
        if value is None:
            return None
        if not COUNT.fullmatch(value):
            raise UploadRefused(400, "bad_request", f"{name.title()}: {value[:40]}")
        return int(value)

    def require_version(self) -> None:
        """Raise UploadRefused for another version of the protocol, or none."""
        if self.get("tus-resumable") != VERSION:
            detail = _("Send the header Tus-Resumable: 1.0.0.")
            raise UploadRefused(412, "version_unsupported", detail, {"Tus-Version": VERSION})

    def read_creation(self) -> Creation:
        """Return what is created. Raise UploadRefused, FileTooLarge, and ValidationError."""
        if "upload-concat" in self:
            raise UploadRefused(400, "extension_unsupported", _("Send a file in one upload: parts are not joined."))
        if "upload-defer-length" in self:
            raise UploadRefused(400, "extension_unsupported", _("Say at once how long the file is: Upload-Length."))
        length = self.read_count("upload-length")
        if length is None:
            raise UploadRefused(400, "bad_request", _("Say how long the file is: Upload-Length."))
        if length > settings.MAX_UPLOAD_BYTES:
            raise FileTooLarge(settings.MAX_UPLOAD_BYTES)
        said = parse_metadata(self.get("upload-metadata", ""))
        name = said.get("filename") or said.get("name", "")
        keep = said.get("keep", "false")
        if keep not in SWITCH:
            raise ValidationError({"keep": _("Say true or false in Upload-Metadata: keep.")})
        return Creation(length, name, said.get("org", ""), said.get("alt_text", ""), SWITCH[keep])

    def read_checksum(self) -> Checksum | None:
        """Return the checksum of the body, if one is given. Raise UploadRefused for one that can't be checked."""
        given = self.get("upload-checksum")
        if given is None:
            return None
        algorithm, _separator, encoded = given.partition(" ")
        if algorithm not in ALGORITHMS:
            raise UploadRefused(400, "checksum_unsupported", f"{algorithm[:20]}: {', '.join(ALGORITHMS)}")
        digest = _decode_base64(encoded)
        if len(digest) != hashlib.new(algorithm).digest_size:
            raise UploadRefused(400, "bad_request", f"Upload-Checksum: {given[:80]}")
        return Checksum(algorithm, digest)


def read_method(scope: dict[str, Any]) -> str:
    """Return the method that a request means, which clients behind narrow proxies send in a header of a POST."""
    method = str(scope["method"])
    return Headers(scope).get("x-http-method-override", method).upper() if method == "POST" else method


def read_upload_id(scope: dict[str, Any]) -> UUID | None:
    """Return the id in the path of a request; None where it is that of all uploads. Raise UploadRefused for others."""
    if scope["path"].rstrip("/") == PATH:
        return None
    if found := UPLOAD_PATH.fullmatch(scope["path"]):
        return UUID(found[1])
    raise UploadRefused(404)


def parse_metadata(header: str) -> dict[str, str]:
    """Return the values of `Upload-Metadata`, those left out that stand for none. Raise UploadRefused."""
    values = {}
    for pair in filter(None, map(str.strip, header.split(","))):
        key, _separator, encoded = pair.partition(" ")
        try:
            value = _decode_base64(encoded.strip()).decode()
        except UnicodeDecodeError as error:
            raise UploadRefused(400, "bad_request", f"Upload-Metadata: {key[:40]}") from error
        if value not in MISSING:
            values[key] = value
    return values


def format_metadata(values: dict[str, str]) -> str:
    """Return values as `Upload-Metadata`."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def describe_server() -> dict[str, str]:
    """Return the headers that tell clients what this server can."""
    return {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(settings.MAX_UPLOAD_BYTES),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }


def _decode_base64(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UploadRefused(400, "bad_request", f"{encoded[:40]}: Base64") from error
