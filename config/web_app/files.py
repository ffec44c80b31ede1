"""List the files that the page without network needs."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.templatetags.static import static

from config.static_files.scripts import list_modules
from config.static_files.storage import get_storage
from config.static_files.styles import JOINED, list_stylesheets

ENTRY = "offline"
PLAIN_FILES = ("js/theme.js", "js/offline-user.js", "img/icons.svg", "img/mark.svg")


@cache
def list_offline_files(language: str) -> list[str]:
    """Return the URLs of all files of the page in a language: a few joined ones, in development each by itself."""
    if get_storage().is_joined:
        scripts = [name for entry in ("page", ENTRY) for name in get_storage().list_scripts(entry, language)]
        names = [JOINED, *scripts]
    else:
        root = settings.BASE_DIR / "static/js"
        modules = [name for entry in ("page", ENTRY) for name in list_modules(root, entry)]
        translated = [f"translations/{language}" if name == "translations" else name for name in modules]
        names = [*list_stylesheets(), *(f"js/{name}.js" for name in translated)]
    return [static(name) for name in dict.fromkeys((*PLAIN_FILES, *names))]
