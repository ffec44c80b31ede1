"""Sort the modules of `static/js` into as few files as pages need, without sending any page what it never runs.

The files at the top of the folder that import anything are entry points. Modules that the same entry points reach share
a file, named after them: `js/joined/app_room.de.js`. What the entry point of every page reaches is in its own alone.
Each file exists once per language, since the module `translations` is another in each.

A module that others import later, by `import("lib/name")`, has a file of its own in the folder `later` there, with all
that it needs beyond what the entry points that may ask for it have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from config.static_files.modules import (
    Module,
    UnsupportedModule,
    join_later_modules,
    join_modules,
    parse_module,
)

FOLDER = "js/joined"
LATER_FOLDER = f"{FOLDER}/later"
# Libraries that modules import later, by what they call them. They are sent as they are.
LIBRARIES = {"tus": "vendor/tus/tus.min.js"}
# base.html loads it, before any other.
EVERY_PAGE = "page"
# Entry points that never come without another one, that of the sidebar or of the settings: what that reaches runs on
# their pages anyway, and needs no files for each of them.
COMPANIONS = {
    "app": frozenset(
        {"board", "catch-up", "directory", "file", "files", "groups", "projects", "room", "search", "tasks"}
    ),
    "settings": frozenset({"jobs", "reports"}),
}
TRANSLATIONS = "translations"
# In the names of files; no entry point has it in its own.
SEPARATOR = "_"


def name_joined_file(entries: frozenset[str], language: str) -> str:
    """Return the name of the file of the modules that exactly these entry points reach."""
    return f"{FOLDER}/{SEPARATOR.join(sorted(entries))}.{language}.js"


def find_joined_files(names: Iterator[str] | Mapping[str, str], entry: str, language: str) -> list[str]:
    """Return which of the joined files an entry point needs, its own last: this one runs it."""
    found = [
        (file.name.split(".")[0].split(SEPARATOR), name)
        for name in names
        for file in [PurePosixPath(name)]
        if str(file.parent) == FOLDER and file.name.endswith(f".{language}.js")
    ]
    needed = [(-len(entries), name) for entries, name in found if entry in entries]
    return [name for _, name in sorted(needed)]


def join_scripts(sources: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each joined file; `sources` are those of modules by name: `lib/api`, `app`."""
    modules = {name: parse_module(name, source) for name, source in sources.items()}
    catalogues = {name.removeprefix("translations/"): name for name in modules if name.startswith("translations/")}
    entries = [name for name, module in modules.items() if "/" not in name and module.imports]
    for language, catalogue in catalogues.items():
        known = modules | {TRANSLATIONS: modules[catalogue]}
        for group, names in _group_modules(known, entries).items():
            run = next(iter(group)) if len(group) == 1 else None
            text = join_modules(((name, known[name]) for name in names), run=run)
            yield name_joined_file(group, language), text
        for root, names in _list_later(known, entries).items():
            text = join_later_modules(((name, known[name]) for name in names), root, known[root])
            yield f"{LATER_FOLDER}/{root}.{language}.js", text


def find_later_files(names: Iterator[str] | Mapping[str, str], language: str) -> dict[str, str]:
    """Return the joined files that are imported later, by the names of their modules."""
    ending = f".{language}.js"
    found = (name for name in names if name.startswith(f"{LATER_FOLDER}/") and name.endswith(ending))
    return {name.removeprefix(f"{LATER_FOLDER}/").removesuffix(ending): name for name in sorted(found)}


def list_modules(root: Path, entry: str) -> list[str]:
    """Return the modules of a folder that an entry point runs, in their order; `translations` is that of the page."""
    modules = {
        path.relative_to(root).with_suffix("").as_posix(): parse_module(path.name, path.read_text())
        for path in root.rglob("*.js")
    }
    return _list_in_order(modules | {TRANSLATIONS: Module((), "")}, entry)


def _group_modules(modules: Mapping[str, Module], entries: list[str]) -> dict[frozenset[str], list[str]]:
    """Group modules by the entry points that reach them, each group in the order in which modules run."""
    reached = {entry: _list_in_order(modules, entry) for entry in sorted(entries)}
    groups: dict[frozenset[str], list[str]] = {}
    for name in dict.fromkeys(name for names in reached.values() for name in names):
        users = frozenset(entry for entry in entries if name in reached[entry])
        if len(users) > 1:
            users = users.union(*(COMPANIONS[each] & reached.keys() for each in users & COMPANIONS.keys()))
        groups.setdefault(frozenset({EVERY_PAGE}) if EVERY_PAGE in users else users, []).append(name)
    return groups


def _list_later(modules: Mapping[str, Module], entries: list[str]) -> dict[str, list[str]]:
    """Return the modules that are imported later, each with those that its file has, in the order in which they run."""
    everywhere = set(_list_in_order(modules, EVERY_PAGE)) if EVERY_PAGE in modules else set()
    present: dict[str, set[str]] = {}
    for entry in entries:
        own = everywhere | set(_list_in_order(modules, entry))
        for root in _find_later(modules, own):
            present[root] = present.get(root, own) & own
    return {
        root: [name for name in _list_in_order(modules, root) if name not in known] for root, known in present.items()
    }


def _find_later(modules: Mapping[str, Module], names: set[str]) -> set[str]:
    """Return what modules import later, and what that does in turn."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        new = set(modules[waiting.pop()].later) - found - LIBRARIES.keys()
        if missing := new - modules.keys():
            raise UnsupportedModule(f"{min(missing)} is imported later, and does not exist")
        found |= new
        waiting += [each for root in new for each in _list_in_order(modules, root)]
    return found


def _list_in_order(modules: Mapping[str, Module], entry: str) -> list[str]:
    """Return the modules that an entry point runs: each after all that it imports. Refuse circles."""
    done: dict[str, None] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise UnsupportedModule(" imports ".join((*path, name)))
        if name not in modules:
            raise UnsupportedModule(f"{path[-1]} imports {name}, which does not exist")
        if name not in done:
            for imported in modules[name].imports:
                visit(imported, (*path, name))
            done[name] = None

    visit(entry, ())
    return list(done)
