"""Gather the texts of the source into catalogues, find faults in translations, and compile catalogues.

Babel does it, so that no gettext tools need to be installed.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

DOMAINS = ("django", "djangojs")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Both kinds of placeholders: %(name)s and {name}.
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
APPS = ("accounts", "assets", "chat", "config", "lib", "notifications", "tasks")
UNTRANSLATED_FOLDERS = frozenset({"management", "migrations"})
# These headers change with every run, without a change of any text.
VOLATILE_HEADERS = re.compile(
    rb'"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team'
    rb"|Generated-By):.*\n"
)


class CompiledCatalog(NamedTuple):
    """File that is compiled from `source`, and its content."""

    file: Path
    content: bytes
    source: str

    def is_current(self) -> bool:
        """Tell whether the file holds these messages; headers of `.mo` files may differ by the tool that made them."""
        if not self.file.is_file():
            return False
        present = self.file.read_bytes()
        return present == self.content or (self.file.suffix == ".mo" and _holds_same_messages(present, self.content))


def list_languages() -> list[str]:
    """Return the languages with translations: all but that of the source."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def locate_catalog(language: str, domain: str) -> Path:
    """Return the path of a catalogue of translations."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / f"{domain}.po"


def read_catalog(language: str, domain: str) -> Catalog:
    """Read the translations of one language; raise FileNotFoundError where there is no catalogue."""
    return read_po(BytesIO(locate_catalog(language, domain).read_bytes()), locale=language, domain=domain)


def update_catalog(catalog: Catalog) -> set[str]:
    """Add the texts of the source to a catalogue and remove all others; return the texts that differed."""
    before = _list_messages(catalog)
    catalog.update(gather_messages(str(catalog.domain)), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    return {message[0] for message in before ^ _list_messages(catalog)}


def format_catalog(catalog: Catalog) -> bytes:
    """Return the content of a `.po` file, without headers that change with every run."""
    written = BytesIO()
    write_po(written, catalog, width=120, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    return VOLATILE_HEADERS.sub(b"", written.getvalue())


def gather_messages(domain: str) -> Catalog:
    """Return a catalogue of all texts in the source: `django` of Python and templates, `djangojs` of scripts."""
    catalog = Catalog(domain=domain)
    method = "javascript" if domain == "djangojs" else "python"
    for path, text in _read_scripts() if domain == "djangojs" else _read_python_and_templates():
        extracted = extract(method, BytesIO(text.encode()), KEYWORDS, options={"parse_template_string": True})
        for _, message, _, context in extracted:
            catalog.add(message, locations=[(str(path.relative_to(settings.BASE_DIR)), 1)], context=context)
    return catalog


def find_faults(catalog: Catalog) -> Iterator[str]:
    """Yield a sentence for each missing or wrong translation."""
    for message in catalog:
        if fault := _find_fault(message):
            yield fault


def compile_catalogs() -> Iterator[CompiledCatalog]:
    """Compile all translations for Django and for browsers, and the catalogue of the source language."""
    for language in list_languages():
        yield CompiledCatalog(
            locate_catalog(language, "django").with_suffix(".mo"),
            _compile_mo(read_catalog(language, "django")),
            f"locale/{language}/LC_MESSAGES/django.po",
        )
        yield CompiledCatalog(
            settings.BASE_DIR / f"static/js/translations/{language}.js",
            _compile_js(read_catalog(language, "djangojs")),
            f"locale/{language}/LC_MESSAGES/djangojs.po",
        )
    yield CompiledCatalog(
        locate_catalog("en_GB", "django").with_suffix(".mo"), _compile_source_language(), "the source"
    )


def _compile_source_language() -> bytes:
    """Compile the texts of the source as their own translations.

    Django searches all catalogues in turn for a text that is in none, which takes twenty times as long.
    """
    catalog = gather_messages("django")
    for message in catalog:
        message.string = message.id
    catalog.locale = "en_GB"
    return _compile_mo(catalog)


def _compile_mo(catalog: Catalog) -> bytes:
    written = BytesIO()
    write_mo(written, catalog)
    return written.getvalue()


def _compile_js(catalog: Catalog) -> bytes:
    translations = {_list_forms(message.id)[0]: message.string for message in catalog if message.id}
    lines = orjson.dumps(translations, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode()
    return f"// Made by `manage.py compilemessages` from djangojs.po.\nexport default {lines}\n".encode()


def _read_scripts() -> Iterator[tuple[Path, str]]:
    for path in sorted((settings.BASE_DIR / "static/js").rglob("*.js")):
        yield path, path.read_text()


def _read_python_and_templates() -> Iterator[tuple[Path, str]]:
    """Yield Python as it is, and templates as something that can be read as Python."""
    for app in APPS:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            if UNTRANSLATED_FOLDERS.isdisjoint(path.relative_to(settings.BASE_DIR).parts):
                yield path, path.read_text()
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.*")):
        # `templatize` replaces all else by X's, indented as in the template, which would be no valid Python.
        yield path, "\n".join(line.strip() for line in templatize(path.read_text()).splitlines())


def _find_fault(message: Message) -> str:
    if not message.id:
        return ""
    ids, strings = _list_forms(message.id), _list_forms(message.string or "")
    if message.fuzzy or not all(strings):
        return f"“{ids[0]}” is not translated."
    wanted = set(PLACEHOLDERS.findall(ids[-1]))
    if set(PLACEHOLDERS.findall(strings[-1])) != wanted:
        return f"“{ids[0]}” has other placeholders than its translation."
    if any(set(PLACEHOLDERS.findall(string)) - wanted for string in strings):
        return f"“{ids[0]}” is translated with an unknown placeholder."
    return ""


def _list_messages(catalog: Catalog) -> set[Any]:
    return {
        (_list_forms(message.id), message.context or None, _list_forms(message.string or ""))
        for message in catalog
        if any(message.id)
    }


def _list_forms(text: Any) -> tuple[str, ...]:
    """Return the forms of a text: one, or as many as its plural has. Catalogues hold those as tuple or list."""
    return (text,) if isinstance(text, str) else tuple(text)


def _holds_same_messages(present: bytes, compiled: bytes) -> bool:
    try:
        return _list_messages(read_mo(BytesIO(present))) == _list_messages(read_mo(BytesIO(compiled)))
    except (OSError, ValueError, struct.error):  # the present file is broken
        return False
