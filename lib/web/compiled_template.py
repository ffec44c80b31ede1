"""Compile templates: render them once with placeholders, and fill in values many times."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from secrets import token_hex
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString

from lib.cache import LRUCache


class CompiledTemplate:
    """A template whose named values are filled in without rendering it again.

    It is rendered once per `key`, which names all else that it depends on. `ids` are values that the template takes for
    UUIDs, as in `{% url %}`. Values are inserted as they are: they have to be escaped already.
    """

    def __init__(self, name: str, values: Iterable[str], *, ids: Iterable[str] = (), capacity: int = 4096) -> None:
        self.name = name
        secret = token_hex(16)  # unguessable, so that no text of a user can contain a placeholder
        self._placeholders = {value: SafeString(f"{secret}-{value}-") for value in values}
        self._placeholders |= {value: SafeString(uuid4()) for value in ids}
        self._names: dict[str, str] = {placeholder: value for value, placeholder in self._placeholders.items()}
        self._pattern = re.compile("|".join(map(re.escape, self._names)))
        self._compiled: LRUCache[Hashable, str] = LRUCache(capacity)

    def fill(
        self,
        key: Hashable,
        values: Mapping[str, str],
        build_context: Callable[[dict[str, SafeString]], dict[str, Any]],
    ) -> str:
        """Return the template with `values`; `build_context` takes the placeholders when it has to be compiled."""
        compiled = self._compiled.get(key)
        if compiled is None or settings.DEBUG:
            compiled = self._compile(get_template(self.name).render(build_context(self._placeholders)).strip())
            self._compiled.put(key, compiled)
        return compiled % values

    def _compile(self, html: str) -> str:
        """Return a format string with the names of values."""
        return self._pattern.sub(lambda match: f"%({self._names[match[0]]})s", html.replace("%", "%%"))
