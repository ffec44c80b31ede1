"""Read ES modules, and write several into one file in which each runs once and in the same order as without it.

A module becomes a function that first loads what it imports, in the order of its imports, then runs its text, and
returns its exports. That is what the language does too with modules that import in no circle, wait for nothing at their
top and change no export later. What could be any of these raises UnsupportedModule when static files are collected.
Comments that fill a line are left out, and so is what lines are indented by.

What a module loads later, by `import("lib/name")`, stays as it is written: the import map leads it to a file of its
own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Where nothing but a comment stands on a line: a fifth of what is sent. No text of several lines has such a line.
COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
IMPORT = re.compile(r'^import (?:(?P<names>[^"]+?) from )?"(?P<module>[^"\n]+)";?$\n?', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:const|class|function|async function) (\w+)\b)", re.MULTILINE)
DEFAULT_EXPORT = re.compile(r"^export default (?!function\b|class\b|async\b)", re.MULTILINE)
IMPORTED_NAMES = re.compile(r"(?:(?P<default>\w+)|\{(?P<named>[\w\s,]+)\}|\* as (?P<all>\w+))$")
RENAMED = re.compile(r"(\w+) as (\w+)")
LATER_IMPORT = re.compile(r'\bimport\("([\w/-]+)"\)')
UNSUPPORTED = re.compile(
    "|".join(
        (
            r"^(?:import\b(?!\()|export\b|await\b).*",
            r"^(?!.*\basync\b)\S.*\bawait\b.*",
            r"^.*\bimport\.meta\b.*",
            rf"^.*(?!{LATER_IMPORT.pattern})\bimport\(.*",
            r"^.*\$load\b.*",
        )
    ),
    re.MULTILINE,
)

# Each joined file begins with it: the first on a page makes the registry that all of them share.
REGISTRY = """\
const { $define, $load } = (globalThis.$modules ??= (() => {
  const bodies = new Map()
  const loaded = new Map()
  const $load = (name) => {
    if (!loaded.has(name)) loaded.set(name, bodies.get(name)())
    return loaded.get(name)
  }
  return { $define: (name, body) => bodies.set(name, body), $load }
})())
"""


class UnsupportedModule(ValueError):
    """A module is written in a way that can't be joined: `export let`, `import()`, an `await` at its top."""


@dataclass(frozen=True, slots=True)
class Module:
    """The names that an ES module imports, in order, and the body of the function that it becomes.

    `later` are the names that it imports once they are needed; `exports` is what others may import from it.
    """

    imports: tuple[str, ...]
    body: str
    later: tuple[str, ...] = ()
    exports: tuple[str, ...] = ()


def parse_module(name: str, source: str) -> Module:
    """Parse a module; `name` is for the error."""
    source = COMMENT.sub("", source)
    imports = list(IMPORT.finditer(source))
    text, exports = IMPORT.sub("", source), EXPORT.findall(source)
    text, has_default = DEFAULT_EXPORT.subn("const $default = ", EXPORT.sub(r"\1", text))
    if unsupported := UNSUPPORTED.search(text):
        raise UnsupportedModule(f"{name}: {unsupported[0].strip()}")
    if not _has_text_of_several_lines(text):
        text = INDENT.sub("", text)
    loads = "".join(_write_import(name, found["names"], found["module"]) for found in imports)
    returned = [exported for _, exported in exports] + ["default: $default"] * has_default
    return Module(
        imports=tuple(found["module"] for found in imports),
        body=f"{loads}{text.strip()}\nreturn {{ {', '.join(returned)} }}",
        later=tuple(dict.fromkeys(LATER_IMPORT.findall(text))),
        exports=tuple(exported for _, exported in exports),
    )


def _has_text_of_several_lines(source: str) -> bool:
    return any(line.count("`") % 2 or line.endswith("\\") for line in source.splitlines())


def join_modules(modules: Iterable[tuple[str, Module]], *, run: str | None) -> str:
    """Write modules into one file; `run` is the entry point that it runs once all of them are known."""
    return _write_modules(modules) + (f'$load("{run}")\n' if run else "")


def join_later_modules(modules: Iterable[tuple[str, Module]], name: str, module: Module) -> str:
    """Write modules into a file that is imported in the place of one of them, and exports what that one does."""
    return f'{_write_modules(modules)}export const {{ {", ".join(module.exports)} }} = $load("{name}")\n'


def _write_modules(modules: Iterable[tuple[str, Module]]) -> str:
    return REGISTRY + "".join(f'$define("{name}", () => {{\n{module.body}\n}})\n' for name, module in modules)


def _write_import(importer: str, names: str | None, module: str) -> str:
    """Return an import as a declaration; names in braces may be renamed by `as`."""
    load = f'$load("{module}")'
    if names is None:
        return f"{load}\n"
    found = IMPORTED_NAMES.match(names)
    if found is None:
        raise UnsupportedModule(f"{importer}: import {names}")
    if found["default"]:
        return f"const {{ default: {found['default']} }} = {load}\n"
    if found["all"]:
        return f"const {found['all']} = {load}\n"
    named = RENAMED.sub(r"\1: \2", " ".join(found["named"].split()))
    return f"const {{ {named} }} = {load}\n"
