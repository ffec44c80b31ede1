"""The schema says everything about every operation, and its page works."""

from typing import Any

import jsonschema_rs
import pytest
from django.test import Client

from tests.prepared import openapi_schema

SCHEMA = openapi_schema()
OPERATIONS = [
    pytest.param(path, operation, id=f"{method.upper()} {path}")
    for path, methods in SCHEMA["paths"].items()
    for method, operation in methods.items()
]


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_every_operation_is_described(path: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert len(operation["description"]) > 20
    assert operation["tags"]
    assert operation["operationId"].replace("_", "").isalpha()


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_every_operation_has_examples(path: str, operation: dict[str, Any]) -> None:
    bodies = list(operation.get("requestBody", {}).get("content", {}).values())
    answers = [
        content
        for status, response in operation["responses"].items()
        if str(status).startswith("2")
        for content in response.get("content", {}).values()
    ]

    assert all("example" in content for content in bodies + answers)
    assert all("example" in parameter or parameter["in"] == "query" for parameter in operation["parameters"])


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_every_operation_documents_its_problems(path: str, operation: dict[str, Any]) -> None:
    documented = {str(status): response for status, response in operation["responses"].items()}

    assert "default" in documented
    if operation.get("security"):
        assert "401" in documented
    if "{" in path:
        assert "404" in documented
    for status, response in documented.items():
        if status[0] in "45" and status != "503":
            assert list(response["content"]) == ["application/problem+json"]
            assert response["content"]["application/problem+json"]["example"]["status"] == int(status)


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_examples_are_of_the_shape_they_illustrate(path: str, operation: dict[str, Any]) -> None:
    for message in (operation.get("requestBody", {}), *operation["responses"].values()):
        for content in message.get("content", {}).values():
            if "example" in content:
                shape = content["schema"] | {"components": SCHEMA["components"]}
                jsonschema_rs.Draft202012Validator(shape).validate(content["example"])


def test_operation_ids_are_unique() -> None:
    ids = [parameter.values[1]["operationId"] for parameter in OPERATIONS]

    assert len(ids) == len(set(ids))


def test_it_is_served(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()

    assert (schema["info"]["title"], schema["openapi"][:3]) == ("Atrium", "3.1")
    assert "/api/v1/me" in schema["paths"]


def test_its_page_runs_no_inline_script(client: Client) -> None:
    response = client.get("/api/v1/docs")

    assert response.status_code == 200
    html = response.content.decode()
    assert "<script>" not in html
    assert "https://" not in html
    assert "script-src 'self'" in response["Content-Security-Policy"]
