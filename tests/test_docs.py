"""What the documents name exists: the files that they link to and mention, targets of make, commands of manage.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted(ROOT.glob("docs/**/*.md"))]
# Folders that only a working copy has.
UNTRACKED = ("data/", ".venv/")
# Files that the worked example of docs/add-a-feature.md would add.
EXAMPLE = {"tests/chat/rooms/test_mute.py", "tests/browser/test_muting.py"}

LINK = re.compile(r"\]\(([^)#\s]+)")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
PATH = re.compile(r"(?<![^\s`(])[\w.-]+(?:/[\w.-]+)+/?(?![^\s`),])")
MAKE = re.compile(r"\bmake ([a-z-]+)")
MANAGE = re.compile(r"manage\.py ([a-z_]+)")

for_each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())


@for_each_document
def test_links_lead_to_files(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text()) if "://" not in link]

    assert [link for link in links if not (document.parent / link).exists()] == []


@for_each_document
def test_paths_name_files(document: Path) -> None:
    paths = set(find_paths(read_code(document.read_text())))

    assert sorted(path for path in paths - EXAMPLE if not exists(path)) == []


@for_each_document
def test_commands_exist(document: Path) -> None:
    code = read_code(document.read_text())
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert set(MAKE.findall(code)) - set(targets) == set()
    assert set(MANAGE.findall(code)) - get_commands().keys() == set()


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("`chat/gone.py` and `tests/chat/`", ["chat/gone.py", "tests/chat/"]),
        ("```sh\npytest tests/gone -q\n```", ["tests/gone"]),
        ("chat/gone.py", []),
        ("`/rooms/7`, `data/mail`, `api/`, `https://example.org/a/b`, `<app>/models/x.py`", []),
    ],
)
def test_paths_are_found_in_code(text: str, paths: list[str]) -> None:
    assert list(find_paths(read_code(text))) == paths


def read_code(text: str) -> str:
    """Return the code spans and code blocks of a document, a line each."""
    return "\n".join(CODE.findall(text))


def find_paths(code: str) -> Iterator[str]:
    """Return the words that are paths of at least two parts in the repository."""
    return (path for path in PATH.findall(code) if not path.startswith(UNTRACKED))


def exists(path: str) -> bool:
    """Tell whether a path leads to a file, a folder, a module without its ending, or a script as imports name it."""
    return any((ROOT / name).exists() for name in (path, f"{path}.py", f"static/js/{path}.js"))
