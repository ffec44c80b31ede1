"""What every operation has in common, added to the OpenAPI schema: summaries, errors, examples of parameters."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from ninja.openapi.schema import OpenAPISchema

from accounts.openapi import ID, INVITATION_TOKEN, OTHER_ID
from config.problems import CODES, CONTENT_TYPE, DETAILS

PROBLEM = {"$ref": "#/components/schemas/Problem"}
PARAMETERS = {
    "slug": "halyard",
    "limit": 50,
    "cursor": "AZXzonweflKbCj9sHS5KUQ",
    "token": INVITATION_TOKEN,
    "user_id": OTHER_ID,
    "since": 57,
}


def complete(schema: OpenAPISchema) -> OpenAPISchema:
    """The schema with all that no operation should have to repeat."""
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            _describe(operation)
            _add_parameter_examples(operation)
            _add_problems(operation, hides="{" in path, repeatable=method == "post")
    return schema


def _describe(operation: dict[str, Any]) -> None:
    """The summary says the operation's name, the description its promise."""
    operation["summary"] = operation["operationId"].replace("_", " ").capitalize()


def _add_parameter_examples(operation: dict[str, Any]) -> None:
    for parameter in operation["parameters"]:
        if parameter["name"] in PARAMETERS:
            parameter.setdefault("example", PARAMETERS[parameter["name"]])
        elif parameter["schema"].get("format") == "uuid":
            parameter.setdefault("example", ID)


def _add_problems(operation: dict[str, Any], *, hides: bool, repeatable: bool) -> None:
    responses = operation["responses"]
    statuses = {int(status) for status in responses if int(status) >= 400 and int(status) != 503}
    statuses |= {401} if operation.get("security") else set()
    statuses |= {404} if hides else set()
    statuses |= {422} if operation["parameters"] or "requestBody" in operation else set()
    statuses |= {413} if "requestBody" in operation else set()
    statuses |= {409} if repeatable else set()
    for status in sorted(statuses):
        responses[status] = _problem(status)
    responses["default"] = {"description": "Any other error", "content": {CONTENT_TYPE: {"schema": PROBLEM}}}


def _problem(status: int) -> dict[str, Any]:
    title = HTTPStatus(status).phrase
    shown: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": DETAILS.get(status, title),
        "code": CODES[status],
    }
    if status == 422:
        shown["errors"] = [{"loc": ["body", "name"], "msg": "Field required"}]
    return {"description": title, "content": {CONTENT_TYPE: {"schema": PROBLEM, "example": shown}}}
