"""Lists as CSV: no cell runs as a formula, and no export needs more memory or longer transactions for more rows."""

import asyncio
import csv
import io
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.tokens.services.issue import issue_tokens
from config.server.handler import PooledHandler
from lib.web import csv_export
from lib.web.csv_export import escape_formula
from tests.conftest import ApiFor
from tests.factories import make_user


def table(answer: Any) -> list[dict[str, str]]:
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\u00a0=1",
        "\u3000=1",
        '"=1',
        "'=1",
        "\ufeff=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
    ],
)
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Alice", "a=b", "3 - 2", "O'Hara", "", "→ =1"])
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert escape_formula(text) == text


@pytest.mark.django_db
def test_accounts_leave_as_csv_in_pieces(
    api_for: ApiFor,
    root: User,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(csv_export, "ROWS_PER_CHUNK", 2)
    User.objects.filter(pk=make_user("Dora").pk).update(name='=cmd|"/c calc"!A1, "Ltd"\n')
    make_user("Érik")
    api = api_for(root)

    with django_assert_num_queries(4):  # the token, and a query per piece
        answer = api.call("GET", "/admin/users?format=csv&kind=human")
        rows = table(answer)

    assert answer.streaming and answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="users-')
    assert [row["Name"] for row in rows] == ["Root", '\'=cmd|"/c calc"!A1, "Ltd"\n', "Érik"]
    assert rows[0]["Role"] == "admin" and rows[0]["Active"] == "yes"


@pytest.mark.django_db
def test_an_export_ends_once_the_right_to_it_is_gone(
    api_for: ApiFor, root: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_export, "ROWS_PER_CHUNK", 1)
    make_user("Dora")
    make_user("Erik")
    pieces = iter(api_for(root).call("GET", "/admin/users?format=csv").streaming_content)
    next(pieces), next(pieces)

    User.objects.filter(pk=root.pk).update(role="user")

    assert list(pieces) == []


@pytest.mark.django_db(transaction=True)
def test_the_server_sends_it_in_pieces(root: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_export, "ROWS_PER_CHUNK", 2)
    for number in range(4):
        make_user(f"Person {number}")
    token, sent = issue_tokens(user=root).access_token, []

    async def run() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b""}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": "GET", "path": "/api/v1/admin/users", "query_string": b"format=csv",
            "root_path": "", "http_version": "1.1", "scheme": "http", "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8000),
            "headers": [(b"host", b"localhost"), (b"authorization", f"Bearer {token}".encode())],
        }  # fmt: skip
        await PooledHandler()(scope, receive, send)

    asyncio.run(run())

    start, *pieces = sent
    assert start["status"] == 200
    assert [piece["body"].count(b"\r\n") for piece in pieces] == [1, 2, 2, 1, 0]
