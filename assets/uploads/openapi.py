"""Describe the operations of resumable uploads, which no router serves, for the document of REST."""

from __future__ import annotations

from typing import Any

PATH = "/api/v1/uploads"
BODY_TYPE = "application/offset+octet-stream"
SECURITY: list[dict[str, list[str]]] = [{"BearerAuth": []}, {"SessionAuth": []}]
TAGS = ["files"]
BYTES = {"type": "integer", "minimum": 0}
TEXT = {"type": "string"}
METADATA = "filename aGFyYm91ci5qcGc=,org aGFseWFyZA=="

CREATE = """
Begin a resumable upload by [tus 1.0.0](https://tus.io/protocols/resumable-upload), which public clients speak: give
them this address. `Upload-Metadata` names `filename` (or `name`) and `org`, the slug of the organisation, and perhaps
`alt_text` and `keep`, each value in Base64. A file that stands in no message goes after a day, unless `keep` is `true`
(or `1`). The answer's `Location` is the upload, which keeps what arrives for a day. A body of
the type `application/offset+octet-stream` is its first part. Extensions: creation, creation-with-upload, termination,
checksum (sha1, sha256) and expiration. Browsers send their CSRF token as the header `X-CSRFToken`.
"""
SHOW = """
Tell how far an upload is: `Upload-Offset` of `Upload-Length`. `Atrium-Asset` is the id of the file, once it is
stored.
"""
DELETE = "Delete an upload. The file of one that was finished stays: `Atrium-Asset` names it."
APPEND = """
Append to an upload at its offset. What has arrived before a connection ends is kept, unless a checksum was to prove
it. With the last byte the file is stored, and the answer has its id as `Atrium-Asset`. 423: another request is at
work on the upload. 460: `Upload-Checksum` is that of other bytes, which are dropped. 507: the disk is full; go on
when there is room.
"""


def build_paths() -> dict[str, Any]:
    """Return the paths of OpenAPI."""
    upload_id = {"in": "path", "name": "upload_id", "required": True, "schema": {"type": "string", "format": "uuid"}}
    version = _describe_header("Tus-Resumable", TEXT, "1.0.0")
    checksum = _describe_header("Upload-Checksum", TEXT, "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=", required=False)
    length = _describe_header("Upload-Length", BYTES, 2481213)
    offset = _describe_header("Upload-Offset", BYTES, 0)
    metadata = _describe_header("Upload-Metadata", TEXT, METADATA)
    one = f"{PATH}/{{upload_id}}"
    return {
        PATH: {
            "post": _describe_operation(
                "create_upload",
                CREATE,
                [version, length, metadata, checksum],
                201,
                ["Location", "Upload-Offset", "Upload-Expires", "Atrium-Asset"],
                (400, 412, 413, 415, 429, 460, 507),
                body=False,
            )
        },
        one: {
            "head": _describe_operation(
                "show_upload",
                SHOW,
                [upload_id, version],
                200,
                ["Upload-Offset", "Upload-Length", "Upload-Metadata", "Upload-Expires", "Atrium-Asset"],
                (412, 423),
            ),
            "patch": _describe_operation(
                "append_to_upload",
                APPEND,
                [upload_id, version, offset, checksum],
                204,
                ["Upload-Offset", "Upload-Expires", "Atrium-Asset"],
                (400, 409, 412, 413, 415, 423, 460, 507),
                body=True,
            ),
            "delete": _describe_operation(
                "delete_upload", DELETE, [upload_id, version], 204, ["Atrium-Asset"], (412, 423)
            ),
        },
    }


def list_operation_ids() -> list[str]:
    """Return the ids of all operations."""
    return [operation["operationId"] for methods in build_paths().values() for operation in methods.values()]


def _describe_operation(
    name: str,
    description: str,
    parameters: list[dict[str, Any]],
    status: int,
    headers: list[str],
    problems: tuple[int, ...],
    body: bool | None = None,
) -> dict[str, Any]:
    """Describe an operation; `body`: whether its body is needed, None where it has none."""
    answer: dict[str, Any] = {"description": "OK"}
    if headers:
        answer["headers"] = {each: {"schema": TEXT} for each in headers}
    operation: dict[str, Any] = {
        "operationId": name,
        "description": description.strip(),
        "parameters": parameters,
        "responses": {status: answer} | {each: {"description": ""} for each in problems},
        "security": [dict(each) for each in SECURITY],
        "tags": TAGS,
    }
    if body is not None:
        content = {BODY_TYPE: {"schema": {"type": "string", "format": "binary"}, "example": "a part of the file"}}
        operation["requestBody"] = {"required": body, "content": content}
    return operation


def _describe_header(name: str, schema: dict[str, Any], example: Any, *, required: bool = True) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": required, "schema": schema, "example": example}
