"""The operations of REST as their document describes them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.prepared import openapi_schema

SCHEMA = openapi_schema()


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path. `body` is the shape of what it takes, `example` what the document shows of that."""

    id: str
    method: str
    path: str
    parameters: list[dict[str, Any]]
    body: dict[str, Any]
    example: Any
    is_open: bool
    scope: str | None

    @property
    def ids(self) -> list[str]:
        """The names in its path."""
        return re.findall(r"{(\w+)}", self.path)

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        """What its body holds, by name."""
        fields: dict[str, dict[str, Any]] = self.body.get("properties", {})
        return fields

    def queried(self) -> list[dict[str, Any]]:
        return [parameter for parameter in self.parameters if parameter["in"] == "query"]


def encode_body(body: Any) -> dict[str, Any]:
    """What a test client takes to send a body: as a form where it holds a file, else as JSON."""
    if body is None:
        return {}
    if isinstance(body, dict) and any(hasattr(value, "read") for value in body.values()):
        for file in body.values():
            if hasattr(file, "seek"):
                file.seek(0)
        return {"data": encode_multipart(BOUNDARY, body), "content_type": MULTIPART_CONTENT}
    return {"data": json.dumps(body).encode(), "content_type": "application/json"}


def is_id(shape: dict[str, Any]) -> bool:
    """Whether a field or parameter names a row, or several."""
    return '"uuid"' in json.dumps(shape)


def _described(path: str, method: str, described: dict[str, Any]) -> Operation:
    content = described.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    scopes = next((way["BearerAuth"] for way in described.get("security", ()) if "BearerAuth" in way), [])
    return Operation(
        id=described["operationId"],
        method=method.upper(),
        path=path.removeprefix("/api/v1"),
        parameters=described["parameters"],
        body=SCHEMA["components"]["schemas"].get(name, {}),
        example=content.get("example"),
        is_open=not described.get("security"),
        scope=scopes[0] if scopes else None,
    )


OPERATIONS = {
    described["operationId"]: _described(path, method, described)
    for path, methods in SCHEMA["paths"].items()
    for method, described in methods.items()
    # Django's test client reaches nothing beside Django: tests/assets/uploads asks these.
    if not path.startswith("/api/v1/uploads")
}
