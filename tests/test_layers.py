"""Imports point downwards, and names and docstrings say what a function does."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

APPS = ("accounts", "assets", "chat", "config", "lib", "notifications", "tasks")

# Where a file grows longer, it has two subjects.
MAX_LINES = 250

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

# One word is enough for the standard terms of a subject.
STANDARD_TERMS = {
    "encrypt", "decrypt", "rotate",  # cryptography, as in `MultiFernet`
    "publish",  # publish and subscribe
    "render",  # templates and Markdown
    "paginate",  # lists, as in Django and Ninja
    "notify",  # notifications
    "register",  # kinds, as in Django's admin
    "authenticate", "reauthorise",  # sockets and tokens
    "job", "recurring",  # decorators, as Django's `task`
}  # fmt: skip
# A view is named by its page, and a template tag by what it draws, as templates write it.
NAMED_BY_WHAT_THEY_SHOW = ("views.py", "/views/", "/templatetags/")
# With these a docstring tells what is returned, or tells a riddle, instead of what the function does.
NO_VERBS = {
    "a", "an", "the", "how", "one", "somebody", "someone", "what", "where", "whether", "who", "whoever", "whom",
}  # fmt: skip


def test_imports_point_downwards() -> None:
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or "lint-imports"

    run = subprocess.run([command, "--no-cache"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr


def test_no_file_is_longer_than_its_subject() -> None:
    sources = [path for folder in (*APPS, "tests") for path in (settings.BASE_DIR / folder).rglob("*.py")]
    lengths = {str(path): len(path.read_text().splitlines()) for path in sources if "migrations" not in path.parts}

    assert [path for path, lines in lengths.items() if lines > MAX_LINES] == []


def test_functions_are_named_by_a_verb_and_a_noun() -> None:
    unclear = [
        f"{path}:{function.lineno} {function.name}"
        for path, module in _parse_modules()
        for function in _find_one_word_functions(path, module)
    ]

    assert not unclear


def test_docstrings_of_functions_begin_with_a_verb() -> None:
    unclear = [
        f"{path}:{function.lineno} {function.name}: {ast.get_docstring(function)}"
        for path, module in _parse_modules()
        for function in _find_docstrings_without_verb(module)
    ]

    assert not unclear


@pytest.mark.parametrize(
    ("path", "name", "is_clear"),
    [
        ("chat/queries.py", "_numbered", False),
        ("chat/queries.py", "settle", False),
        ("chat/queries.py", "_assign_numbers", True),
        ("lib/crypto.py", "encrypt", True),
        ("accounts/sessions/views.py", "sessions", True),
        ("accounts/sessions/views.py", "_found", False),
        ("config/templatetags/ui.py", "icon", True),
    ],
)
def test_one_word_is_enough_for_terms_and_pages(path: str, name: str, is_clear: bool) -> None:
    module = ast.parse(f"async def {name}(): ...")

    assert list(_find_one_word_functions(path, module)) == ([] if is_clear else module.body)


@pytest.mark.parametrize(
    ("docstring", "is_clear"),
    [("The rooms of a user.", False), ("Whoever is here.", False), ("Return the rooms of a user.", True), ("", True)],
)
def test_a_noun_is_no_verb(docstring: str, is_clear: bool) -> None:
    module = ast.parse(f"class Room:\n    def list_users(self):\n        '''{docstring}'''")

    assert len(list(_find_docstrings_without_verb(module))) == (0 if is_clear else 1)


def _parse_modules() -> Iterator[tuple[str, ast.Module]]:
    for app in APPS:
        for file in sorted((settings.BASE_DIR / app).rglob("*.py")):
            path = file.relative_to(settings.BASE_DIR).as_posix()
            if "/migrations/" not in path:
                yield path, ast.parse(file.read_text())


def _find_one_word_functions(path: str, module: ast.Module) -> Iterator[FunctionNode]:
    names_pages = any(part in path for part in NAMED_BY_WHAT_THEY_SHOW)
    for node in module.body:
        if isinstance(node, FunctionNode) and "_" not in node.name.strip("_"):
            is_public = not node.name.startswith("_")
            if not (node.name in STANDARD_TERMS or (is_public and names_pages)):
                yield node


def _find_docstrings_without_verb(module: ast.Module) -> Iterator[FunctionNode]:
    for node in ast.walk(module):
        if isinstance(node, FunctionNode):
            words = (ast.get_docstring(node) or "").split()
            if words and words[0].lower().strip(",.:") in NO_VERBS:
                yield node
