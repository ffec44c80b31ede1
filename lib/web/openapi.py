"""Describe examples and errors of operations in the OpenAPI schema."""

from __future__ import annotations

from typing import Any

from lib.web.schemas import Problem

JSON = "application/json"
ID = "0195f3a2-7c1e-7d52-9b0a-3f6c1d2e4a51"
OTHER_ID = "0195f3a2-8f40-7a11-8c3d-52b7e0c9d614"
MOMENT = "2026-03-01T09:30:00.000Z"

AVATAR_URL = "/api/v1/avatars/0195f3a27c1e7d529b0a3f6c1d2e4a51e0c9d61452b7a11c8c3d8f40f3a20195.webp"

ALICE = {
    "id": ID,
    "email": None,
    "username": "alice",
    "name": "Alice Moreau",
    "kind": "human",
    "avatar_url": AVATAR_URL,
    "presence": "online",
    "status": {"emoji": "🌴", "text": "Back on Monday", "expires_at": None},
}
ME = ALICE | {
    "email": "alice@halyard.example",
    "role": "user",
    "theme": "dark",
    "language": "en",
    "time_zone": "Europe/Lisbon",
    "availability": "auto",
    "metadata": {"pronouns": "she/her"},
    "email_verified": True,
    "created_at": MOMENT,
}
INVITATION_TOKEN = "0195f3a27c1e7d529b0a3f6c1d2e4a51Vb3k2mC0Zq8uH1yTz5RrWw9sX4nLdJpE7gFaQoKiMhU"  # noqa: S105


def show_example(
    answer: Any = None, *, body: Any = None, status: int = 200, also: dict[int, Any] | None = None, csv: str = ""
) -> dict[str, Any]:
    """Return `openapi_extra` of an operation: examples of its answer, its body and its answers of other statuses.

    `csv` is an example of the same answer as CSV, or of the only one.
    """
    extra: dict[str, Any] = {}
    answers = ({} if answer is None else {status: answer}) | (also or {})
    if answers:
        extra["responses"] = {code: {"content": {JSON: {"example": value}}} for code, value in answers.items()}
    if csv:
        described = extra.setdefault("responses", {}).setdefault(status, {"content": {}})
        described["content"]["text/csv"] = {"schema": {"type": "string"}, "example": csv}
    if body is not None:
        extra["requestBody"] = {"content": {JSON: {"example": body}}}
    return extra


def list_problems(*statuses: int) -> dict[int, type[Problem]]:
    """Return the error responses of an operation: `response={200: RoomOut, **list_problems(403, 404)}`."""
    return dict.fromkeys(statuses, Problem)


def wrap_page(*items: Any) -> dict[str, Any]:
    """Return an example of the last page of a list."""
    return {"items": list(items), "next_cursor": None}
