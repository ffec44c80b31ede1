"""`manage.py words`: what people read, gathered from the source into `locale/`, and compiled."""

from __future__ import annotations

import re
import struct
from argparse import ArgumentParser
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

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
# Both ways to name a place for a value: %(name)s and {name}.
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
PYTHON = ("accounts", "assets", "chat", "config", "lib", "notifications", "tasks")
# What says when and by which tool a catalogue was written changes without its words.
HEADERS = re.compile(
    rb'"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team'
    rb"|Generated-By):.*\n"
)
NOT_SHOWN = ("management", "migrations", "sample", "admin")


class Command(BaseCommand):
    help = "Gathers what people read into locale/, and compiles the translations. --check only says what is amiss."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; fail when anything is amiss.")

    def handle(self, *, check: bool = False, **_: Any) -> None:
        faults: list[str] = []
        for language in languages():
            for domain in ("django", "djangojs"):
                faults += complete(language, domain, check)
        faults += keep_own(check)
        if faults:
            raise CommandError("\n".join(faults))


def languages() -> list[str]:
    """Those that something is translated to; the source itself is in the other one."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def complete(language: str, domain: str, check: bool = False) -> Iterator[str]:
    """Bring one catalogue up to date. Yields what only a person can do: what is missing or wrong in it."""
    source = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / f"{domain}.po"
    kept = read_po(BytesIO(source.read_bytes()), locale=language, domain=domain)
    catalog = read_po(BytesIO(source.read_bytes()), locale=language, domain=domain)
    catalog.update(gathered(domain), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    if not check:
        written = BytesIO()
        write_po(written, catalog, width=120, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
        source.write_bytes(HEADERS.sub(b"", written.getvalue()))
    elif known(kept) != known(catalog):
        changed = {message[0] for message in known(kept) ^ known(catalog)}
        yield f"{source.name} ({language}) and the source differ: run `manage.py words`. {changed}"
    yield from (f"{source.name} ({language}): {fault}" for message in catalog if (fault := fault_of(message)))
    target, compiled = compiled_form(catalog, source, language, domain)
    yield from _compiled(target, compiled, source.name, check)


def keep_own(check: bool) -> Iterator[str]:
    """The source's own words as a catalogue of themselves: Django looks for what is in none of them in one after the
    other, which takes twenty times as long.
    """
    catalog = gathered("django")
    for message in catalog:
        message.string = message.id
    catalog.locale = "en_GB"
    yield from _compiled(settings.LOCALE_PATHS[0] / "en_GB/LC_MESSAGES/django.mo", _mo(catalog), "the source", check)


def gathered(domain: str) -> Catalog:
    """What the source says now."""
    catalog = Catalog(domain=domain)
    for path, text in sources(domain):
        method = "javascript" if domain == "djangojs" else "python"
        found = extract(method, BytesIO(text.encode()), KEYWORDS, options={"parse_template_string": True})
        for _, words, _, context in found:
            catalog.add(words, locations=[(str(path.relative_to(settings.BASE_DIR)), 1)], context=context)
    return catalog


def sources(domain: str) -> Iterator[tuple[Path, str]]:
    """Files with words, as something that can be read as Python or JavaScript."""
    if domain == "djangojs":
        yield from ((path, path.read_text()) for path in sorted((settings.BASE_DIR / "static/js").rglob("*.js")))
        return
    for folder in PYTHON:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            if not set(NOT_SHOWN) & set(path.relative_to(settings.BASE_DIR).parts):
                yield path, path.read_text()
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.*")):
        # What surrounds the words comes out as X's, indented as it was, which is no Python.
        yield path, "\n".join(line.strip() for line in templatize(path.read_text()).splitlines())


def known(catalog: Catalog) -> set[Any]:
    """Its words. What has a plural is a tuple in one kind of catalogue and a list in another."""
    return {
        (plain(message.id), message.context or None, plain(message.string)) for message in catalog if any(message.id)
    }


def plain(words: Any) -> Any:
    return words if isinstance(words, str) else tuple(words or ())


def fault_of(message: Message) -> str:
    """What is wrong with a translation, or nothing."""
    if not message.id:
        return ""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if message.fuzzy or not all(strings):
        return f"“{ids[0]}” is not translated."
    wanted = set(PLACES.findall(ids[-1]))
    if any(set(PLACES.findall(string)) != wanted for string in strings[-1:]):
        return f"“{ids[0]}” has other places for values than its translation."
    if any(set(PLACES.findall(string)) - wanted for string in strings):
        return f"“{ids[0]}” is translated with a place for a value that there is not."
    return ""


def compiled_form(catalog: Catalog, source: Path, language: str, domain: str) -> tuple[Path, bytes]:
    """What Django reads, or what a browser imports."""
    if domain == "djangojs":
        words = {key_of(message): message.string for message in catalog if message.id}
        lines = orjson.dumps(words, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode()
        text = f"// Made by `manage.py words` from {source.name}.\nexport default {lines}\n"
        return settings.BASE_DIR / "static/js/translations" / f"{language}.js", text.encode()
    return source.with_suffix(".mo"), _mo(catalog)


def _mo(catalog: Catalog) -> bytes:
    written = BytesIO()
    write_mo(written, catalog)
    return written.getvalue()


def _compiled(target: Path, compiled: bytes, source: str, check: bool) -> Iterator[str]:
    if target.is_file() and same(target.read_bytes(), compiled):
        return
    if not check:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(compiled)
    else:
        yield f"{target} is not what {source} compiles to: run `manage.py words`."


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def same(there: bytes, made: bytes) -> bool:
    """Whether they say the same: the heads of compiled catalogues tell which tool has made them."""
    if there == made:
        return True
    try:
        return known(read_mo(BytesIO(there))) == known(read_mo(BytesIO(made)))
    except (OSError, ValueError, struct.error):  # it is broken
        return False
