"""Comments and docstrings name files that are there."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

FOLDERS = ("accounts", "assets", "chat", "config", "lib", "notifications", "static", "tasks", "templates", "tests")
PATH = re.compile(rf"\b(?:{'|'.join(FOLDERS)})/[\w/.-]+\.(?:py|html|js|css)\b")
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}")
SCRIPT_COMMENT = re.compile(r"^\s*(?://|/\*).*$", re.MULTILINE)


def test_comments_name_files_that_are_there() -> None:
    missing = [
        f"{file.relative_to(settings.BASE_DIR)}: {path}"
        for file in _list_files()
        for comment in _find_comments(file.suffix, file.read_text())
        for path in PATH.findall(comment)
        if not (settings.BASE_DIR / path).exists()
    ]

    assert not missing


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".py", "x = 1  # see chat/gone.py"),
        (".py", '"""See chat/gone.py."""'),
        (".html", "<p>{# see chat/gone.py #}</p>"),
        (".js", "  // see chat/gone.py"),
        (".css", "/* see chat/gone.py */"),
    ],
)
def test_a_file_named_in_a_comment_is_found(suffix: str, text: str) -> None:
    assert [PATH.findall(comment) for comment in _find_comments(suffix, text)] == [["chat/gone.py"]]


def _list_files() -> Iterator[Path]:
    for folder in FOLDERS:
        for suffix in (".py", ".html", ".js", ".css"):
            yield from sorted((settings.BASE_DIR / folder).rglob(f"*{suffix}"))


def _find_comments(suffix: str, text: str) -> Iterator[str]:
    if suffix != ".py":
        yield from (TEMPLATE_COMMENT if suffix == ".html" else SCRIPT_COMMENT).findall(text)
        return
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    yield from (token.string for token in tokens if token.type == tokenize.COMMENT)
    for node in ast.walk(ast.parse(text)):
        is_documented = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if is_documented and (docstring := ast.get_docstring(node)):
            yield docstring
