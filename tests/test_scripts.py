"""The modules in static/js: the import map lists them all, and imports point downwards."""

import json
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.template import engines
from django.utils import translation

from config.static_files.scripts import LIBRARIES
from config.templatetags.files import build_import_map
from config.templatetags.ui import page_language

ROOT = Path(settings.BASE_DIR) / "static/js"
FILES = sorted(path for path in ROOT.rglob("*.js") if path.parent.name != "translations")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix()


def read_imports(path: Path) -> list[str]:
    return re.findall(r'^(?:import|export \{)(?:[^"]* from)? "([^"]+)"', path.read_text(), re.MULTILINE)


def read_later_imports(path: Path) -> list[str]:
    return re.findall(r'\bimport\("([^"]+)"\)', path.read_text())


def read_import_map() -> dict[str, str]:
    return json.loads(build_import_map(page_language()))["imports"]


def read_scripts_in_templates() -> Iterator[str]:
    for root in engines["django"].template_dirs:
        for template in root.rglob("*.html"):
            yield from re.findall(
                r'(?:<script[^>]* src="{% static "js/|{% module_scripts ")([\w-]+)(?:\.js)?" %}', template.read_text()
            )


def test_the_import_map_lists_every_module() -> None:
    modules = read_import_map()

    ours = {name_of(path) for path in FILES if path.parent != ROOT}
    assert set(modules) == ours | {"translations"} | LIBRARIES.keys()
    assert [url for url in modules.values() if find(url.removeprefix("/static/")) is None] == []


def test_in_development_modules_come_and_go_without_a_restart(settings: Any, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    folder = tmp_path / "static/js/lib"
    folder.mkdir(parents=True)

    seen = [set(read_import_map())]
    (folder / "new.js").touch()
    seen.append(set(read_import_map()))
    (folder / "new.js").unlink()
    seen.append(set(read_import_map()))

    assert [("lib/new" in modules) for modules in seen] == [False, True, False]


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_language_imports_its_own_translations(language: str) -> None:
    with translation.override(language):
        assert read_import_map()["translations"].endswith(f"/js/translations/{language}.js")


def test_every_import_names_a_module() -> None:
    known = set(read_import_map())

    found = {path: read_imports(path) + read_later_imports(path) for path in FILES}
    assert [(name_of(path), name) for path, names in found.items() for name in names if name not in known] == []


def test_every_module_is_imported_and_every_entry_point_is_loaded_by_a_template() -> None:
    imported = {name for path in FILES for name in read_imports(path) + read_later_imports(path)}

    assert {name_of(path) for path in FILES if path.parent != ROOT} - imported == set()
    assert {name_of(path) for path in FILES if path.parent == ROOT} == set(read_scripts_in_templates())


def test_the_library_imports_no_subject() -> None:
    imports = {name for path in (ROOT / "lib").glob("*.js") for name in read_imports(path)}

    assert {name for name in imports if not name.startswith("lib/")} == {"translations"}


def test_modules_import_in_no_circle() -> None:
    TopologicalSorter({name_of(path): read_imports(path) for path in FILES}).prepare()


def test_modules_are_short_and_say_first_what_they_do() -> None:
    assert [path.name for path in FILES if not path.read_text().startswith("// ")] == []
    assert [path.name for path in FILES if len(path.read_text().splitlines()) > 120] == []


def test_lines_of_modules_are_readable() -> None:
    lines = {path: path.read_text().splitlines() for path in FILES}

    assert [path.name for path, all_lines in lines.items() if max(map(len, all_lines)) > 120] == []
