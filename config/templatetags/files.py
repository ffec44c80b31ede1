"""Link style sheets and scripts: each file of the sources in development, joined ones where they were collected."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.static_files.scripts import LIBRARIES
from config.static_files.storage import JoinedStorage, get_storage
from config.static_files.styles import JOINED
from config.templatetags.ui import page_language

register = template.Library()


@register.simple_tag
def stylesheets() -> SafeString:
    """Link the style sheets of all pages."""
    if get_storage().is_joined:
        return format_html('<link rel="stylesheet" href="{}">', static(JOINED))
    return render_to_string("_styles.html")


@register.simple_tag
def module_scripts(entry: str) -> SafeString:
    """Run an entry point, a file at the top of `static/js`: {% module_scripts "room" %}.

    Files that several entry points of a page share may be named twice; a browser runs a module script once.
    """
    return _link_scripts(entry, page_language())


@register.simple_tag
def import_map(nonce: Any) -> SafeString:
    """Draw the import map, an inline script: of all modules, or of those that joined ones import later."""
    return format_html(
        '<script type="importmap" nonce="{}">{}</script>', nonce, SafeString(build_import_map(page_language()))
    )


@register.simple_tag
def static_version() -> str:
    """Return what names the static files of a page: their hash where they were collected, else nothing."""
    storage = get_storage()
    return getattr(storage, "manifest_hash", "")


def build_import_map(language: str) -> str:
    """Return the JSON of the import map: bare module name to URL.

    It lists each file in a folder of `static/js`; where they were joined, those that are imported later. Files at the
    top of `static/js` are entry points, which pages load by their URL. `translations` is the catalogue of the page's
    language.
    """
    if get_storage().is_joined:
        return _build_joined_map(language)
    folders = (path for path in (settings.BASE_DIR / "static/js").iterdir() if path.is_dir())
    # A file that comes or goes changes the time of its folder.
    return _build_separate_map(language, tuple((folder, folder.stat().st_mtime_ns) for folder in sorted(folders)))


@cache
def _build_joined_map(language: str) -> str:
    return _write_map(cast("JoinedStorage", get_storage()).list_later_scripts(language))


@lru_cache(maxsize=8)
def _build_separate_map(language: str, folders: tuple[tuple[Path, int], ...]) -> str:
    root = settings.BASE_DIR / "static/js"
    files = [
        path.relative_to(root)
        for folder, _ in folders
        for path in sorted(folder.glob("*.js"))
        if folder.name != "translations"
    ]
    modules = {path.with_suffix("").as_posix(): f"js/{path.as_posix()}" for path in files}
    return _write_map(modules | {"translations": f"js/translations/{language}.js"})


def _write_map(files: dict[str, str]) -> str:
    return json.dumps({"imports": {name: static(file) for name, file in (files | LIBRARIES).items()}})


@cache
def _link_scripts(entry: str, language: str) -> SafeString:
    names = get_storage().list_scripts(entry, language)
    return format_html_join("\n", '<script type="module" src="{}"></script>', ((static(name),) for name in names))
