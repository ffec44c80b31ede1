"""Modules joined into one file: what is understood, and what is refused when static files are collected."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from config.static_files.modules import UnsupportedModule, parse_module
from config.static_files.scripts import COMPANIONS, find_joined_files, find_later_files, join_scripts

CATALOGUES = {"translations/en": "export default {}\n", "translations/de": 'export default { "a": "b" }\n'}


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ('import "lib/a"\n', '$load("lib/a")\n\nreturn {  }'),
        ('import { a } from "lib/a"\na()\n', 'const { a } = $load("lib/a")\na()\nreturn {  }'),
        ('import { a, b as c } from "lib/a"\n', 'const { a, b: c } = $load("lib/a")\n\nreturn {  }'),
        ('import {\n  a,\n  b as c,\n} from "lib/a"\n', 'const { a, b: c, } = $load("lib/a")\n\nreturn {  }'),
        ('import a from "lib/a"\n', 'const { default: a } = $load("lib/a")\n\nreturn {  }'),
        ('import * as a from "lib/a"\n', 'const a = $load("lib/a")\n\nreturn {  }'),
        ("export const a = 1\n", "const a = 1\nreturn { a }"),
        ("export function a() {}\nexport class B {}\n", "function a() {}\nclass B {}\nreturn { a, B }"),
        ("export async function a() {}\n", "async function a() {}\nreturn { a }"),
        ("export default { a: 1 }\n", "const $default = { a: 1 }\nreturn { default: $default }"),
        ('const a = "import"\n// export what is known\nb()\n', 'const a = "import"\nb()\nreturn {  }'),
        ('const a = "// all"\n  // of it\n', 'const a = "// all"\nreturn {  }'),
        ("if (a) {\n  b()\n}\n", "if (a) {\nb()\n}\nreturn {  }"),
        ("const a = `b\n  c`\n", "const a = `b\n  c`\nreturn {  }"),
        ('const a = () => import("lib/a")\n', 'const a = () => import("lib/a")\nreturn {  }'),
        ("const a = async () => await b\n", "const a = async () => await b\nreturn {  }"),
    ],
)
def test_a_module_becomes_the_body_of_a_function(source: str, body: str) -> None:
    assert parse_module("lib/b", source).body == body


def test_imports_run_first_wherever_they_stand() -> None:
    module = parse_module("lib/b", 'start()\nimport { start } from "lib/a"\n')

    assert module.imports == ("lib/a",)
    assert module.body.index('$load("lib/a")') < module.body.index("start()")


@pytest.mark.parametrize(
    "source",
    [
        "export let a = 1\n",
        "export var a = 1\n",
        "export { a }\n",
        "export * from 'lib/a'\n",
        'export { a } from "lib/a"\n',
        "export const { a } = b\n",
        "export default function a() {}\n",
        "export function* a() {}\n",
        "import { a } from 'lib/a'\n",
        'import a, { b } from "lib/a"\n',
        'const a = await import("lib/a")\n',
        "const a = () => import(name)\n",
        "const a = () => import('lib/a')\n",
        "const a = import.meta.url\n",
        "const a = await b\n",
        "await start()\n",
        "const text = `\nexport nothing\n`\n",
        "const $load = 1\n",
    ],
)
def test_what_is_not_understood_is_refused(source: str) -> None:
    with pytest.raises(UnsupportedModule, match="lib/b"):
        parse_module("lib/b", source)


def test_a_module_stands_after_all_that_it_imports_and_once_per_language() -> None:
    sources = CATALOGUES | {
        "page": 'import "lib/b"\nimport "lib/a"\n',
        "lib/a": 'import "lib/b"\n',
        "lib/b": 'import texts from "translations"\n',
    }

    joined = dict(join_scripts(sources))

    assert set(joined) == {"js/joined/page.en.js", "js/joined/page.de.js"}
    german = joined["js/joined/page.de.js"]
    places = [german.index(f'$define("{name}"') for name in ("translations", "lib/b", "lib/a", "page")]
    assert places == sorted(places) and german.count("$define(") == 4
    assert german.endswith('$load("page")\n') and '"a": "b"' in german


def test_modules_are_grouped_by_the_entry_points_that_reach_them() -> None:
    sources = CATALOGUES | {
        "page": 'import "lib/everywhere"\n',
        "app": 'import "lib/everywhere"\nimport "lib/both"\n',
        "room": 'import "lib/both"\nimport "lib/one"\n',
        "theme": "start()\n",
        **dict.fromkeys(["lib/everywhere", "lib/both", "lib/one"], "start()\n"),
    }

    joined = dict(join_scripts(sources))

    assert {name: text.count("$define(") for name, text in joined.items() if ".en." in name} == {
        "js/joined/page.en.js": 2,
        "js/joined/app.en.js": 1,
        "js/joined/app_room.en.js": 1,
        "js/joined/room.en.js": 2,
    }
    assert find_joined_files(joined, "room", "de") == ["js/joined/app_room.de.js", "js/joined/room.de.js"]
    assert find_joined_files(joined, "theme", "de") == []


def test_what_every_page_with_a_sidebar_runs_is_in_one_file() -> None:
    sources = CATALOGUES | {
        "app": 'import "lib/a"\nimport "lib/b"\n',
        "room": 'import "lib/a"\n',
        "search": 'import "lib/b"\nimport "lib/c"\n',
        "offline": 'import "lib/c"\n',
        **dict.fromkeys(["lib/a", "lib/b", "lib/c"], "start()\n"),
    }

    joined = dict(join_scripts(sources))

    assert {name: text.count("$define(") for name, text in joined.items() if ".en." in name} == {
        "js/joined/app.en.js": 1,
        "js/joined/app_room_search.en.js": 2,
        "js/joined/offline_search.en.js": 1,
        "js/joined/offline.en.js": 1,
        "js/joined/room.en.js": 1,
        "js/joined/search.en.js": 1,
    }


@pytest.mark.parametrize(("entry", "frame"), [("app", "app.html"), ("settings", "accounts/settings/base.html")])
def test_entry_points_that_come_with_another_one_stand_on_its_pages_alone(entry: str, frame: str) -> None:
    folder = Path(settings.BASE_DIR) / "templates"

    def list_frames(template: Path) -> list[str]:
        extended = re.match(r'{% extends "([^"]+)" %}', template.read_text())
        # A room's page chooses between the whole page and the part that takes the place of another.
        if template.name == "room.html":
            return ["app.html"]
        return [extended[1], *list_frames(folder / extended[1])] if extended else []

    found = {
        template
        for template in folder.rglob("*.html")
        for name in re.findall(r'{% module_scripts "([^"]+)" %}', template.read_text())
        if name in COMPANIONS[entry]
    }
    assert found
    assert [template for template in found if frame not in list_frames(template)] == []


def test_what_is_imported_later_has_a_file_of_what_is_not_there_yet() -> None:
    sources = CATALOGUES | {
        "page": 'import "lib/everywhere"\n',
        "app": 'import "lib/both"\nimport "lib/app"\nexport const a = () => import("lib/later")\n',
        "room": 'import "lib/both"\nimport "lib/room"\nexport const b = () => import("lib/later")\n',
        "lib/later": "".join(f'import "lib/{name}"\n' for name in ("everywhere", "both", "app", "room", "own"))
        + 'export const c = 1\nexport async function d() {}\nconst e = () => import("lib/last")\n',
        "lib/last": 'import "lib/own"\nconst load = () => import("tus")\n',
        **dict.fromkeys(["lib/everywhere", "lib/both", "lib/app", "lib/room", "lib/own"], "start()\n"),
    }

    joined = dict(join_scripts(sources))

    files = find_later_files(joined, "de")
    later = joined[files["lib/later"]]
    assert files == {"lib/later": "js/joined/later/lib/later.de.js", "lib/last": "js/joined/later/lib/last.de.js"}
    assert re.findall(r'define\("([^"]+)"', later) == ["lib/app", "lib/room", "lib/own", "lib/later"]
    assert later.endswith('export const { c, d } = $load("lib/later")\n')
    assert not any('"lib/later", ' in joined[f"js/joined/{name}.de.js"] for name in ("page", "app", "room", "app_room"))


@pytest.mark.parametrize(
    "sources",
    [
        {"page": 'import "lib/missing"\n'},
        {"page": 'const load = () => import("lib/missing")\nimport "lib/a"\n', "lib/a": "start()\n"},
        {"page": 'import "lib/a"\n', "lib/a": 'import "lib/b"\n', "lib/b": 'import "lib/a"\n'},
    ],
)
def test_missing_modules_and_circles_are_refused(sources: dict[str, str]) -> None:
    with pytest.raises(UnsupportedModule):
        list(join_scripts(CATALOGUES | sources))


def test_our_modules_are_all_joined_with_their_whole_text() -> None:
    root = settings.BASE_DIR / "static/js"
    sources = {path.relative_to(root).with_suffix("").as_posix(): path.read_text() for path in root.rglob("*.js")}
    joined = [text for name, text in join_scripts(sources) if ".de." in name]

    for name, source in sources.items():
        is_alone = "/" not in name and "\nimport " not in source  # a script of its own, which imports nothing
        holding = [text for text in joined if f'$define("{name}"' in text]
        assert bool(holding) is not (is_alone or name.startswith("translations/")), name
        lines = [line for line in source.splitlines() if not line.startswith(("import ", "export ", "} from "))]
        lines = [line for line in lines if not line.lstrip().startswith("//")]
        assert all(line.lstrip() in holding[0] for line in lines if holding), name
