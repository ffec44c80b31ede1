"""Complete the OpenAPI schema: add summaries, scopes, errors and examples of parameters to every operation."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from accounts.authentication import get_scope
from accounts.scopes import LEVELS, SIGN_IN, areas
from assets.scopes import WRITE_FILES
from assets.uploads.openapi import build_paths, list_operation_ids
from lib.web.openapi import AVATAR_URL, ID, INVITATION_TOKEN, OTHER_ID
from lib.web.problems import CODES, CONTENT_TYPE, DETAILS, describe_status

PROBLEM = {"$ref": "#/components/schemas/Problem"}
PARAMETERS = {
    "slug": "halyard",
    "limit": 50,
    "cursor": "AZXzonweflKbCj9sHS5KUQ",
    "token": INVITATION_TOKEN,
    "name": AVATAR_URL.rpartition("/")[2],
    "user_id": OTHER_ID,
    "account_id": 7,
    "since": 57,
    "date": "2026-11-12",
    "index": 0,
    "external_id": "JIRA-7",
}
BEARER = "BearerAuth"
TOKENS = """
An access token from `POST /auth/token`, good for an hour and for all that its owner may do. Or a personal token from
`POST /me/tokens` or the settings, good for its scopes alone. A scope is an area and a level; each level includes those
before it. Each operation names the one it asks for; without it, the answer is 403 with the code `scope_missing`. What
names none asks for a signed-in user.

"""


def complete_schema(api: NinjaAPI, schema: OpenAPISchema) -> OpenAPISchema:
    """Add to a schema what all operations have in common, and return it."""
    scopes = _list_scopes(api) | dict.fromkeys(list_operation_ids(), WRITE_FILES)
    schema["paths"] |= build_paths()
    schema["components"]["securitySchemes"][BEARER]["description"] = TOKENS.strip() + "\n\n" + _describe_scopes()
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            _add_summary(operation)
            _add_scope(operation, scopes[operation["operationId"]])
            _add_parameter_examples(operation)
            _add_problems(operation, hides="{" in path, repeatable=method == "post")
    return schema


def _add_summary(operation: dict[str, Any]) -> None:
    """Make the summary of an operation from its id; the description is the docstring."""
    operation["summary"] = operation["operationId"].replace("_", " ").capitalize()


def _list_scopes(api: NinjaAPI) -> dict[str, str]:
    """Return the scope that each operation asks of a personal token, by the operation's id."""
    return {
        api.get_openapi_operation_id(operation): get_scope(operation)
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
    }


def _describe_scopes() -> str:
    return "\n".join(
        f"- `{area.name}:{level}`: {area.descriptions[level]}"
        for area in areas
        for level in LEVELS
        if level in area.descriptions
    )


def _add_scope(operation: dict[str, Any], scope: str) -> None:
    for scheme in operation.get("security", ()):
        if BEARER in scheme:
            scheme[BEARER] = [] if scope == SIGN_IN else [scope]


def _add_parameter_examples(operation: dict[str, Any]) -> None:
    for parameter in operation["parameters"]:
        if parameter["name"] in PARAMETERS:
            parameter.setdefault("example", PARAMETERS[parameter["name"]])
        elif parameter["schema"].get("format") == "uuid":
            parameter.setdefault("example", ID)


def _add_problems(operation: dict[str, Any], *, hides: bool, repeatable: bool) -> None:
    responses = operation["responses"]
    statuses = {int(status) for status in responses if int(status) >= 400 and int(status) != 503}
    # 403: a personal token may lack the scope.
    statuses |= {401, 403} if operation.get("security") else set()
    statuses |= {404} if hides else set()
    statuses |= {422} if operation["parameters"] or "requestBody" in operation else set()
    statuses |= {413} if "requestBody" in operation else set()
    statuses |= {409} if repeatable else set()
    for status in sorted(statuses):
        responses[status] = _build_problem_response(status)
    responses["default"] = {"description": "Any other error", "content": {CONTENT_TYPE: {"schema": PROBLEM}}}


def _build_problem_response(status: int) -> dict[str, Any]:
    title = describe_status(status)
    example: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": str(DETAILS.get(status, title)),
        "code": CODES[status],
    }
    if status == 422:
        example["errors"] = [{"loc": ["body", "name"], "msg": "Field required"}]
    return {"description": title, "content": {CONTENT_TYPE: {"schema": PROBLEM, "example": example}}}
