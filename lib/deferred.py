"""Import modules when they are first needed, so that no start has to wait for them."""

from __future__ import annotations

from importlib import import_module
from threading import RLock
from types import ModuleType
from typing import Any

# Threads that import at once what imports each other could get a module that is half imported.
_importing = RLock()


def import_deferred(name: str) -> ModuleType:
    """Import a module, or wait for the thread that does."""
    with _importing:
        return import_module(name)


class DeferredModule:
    """Stands for a module, which is imported when one of its attributes is first asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(import_deferred(self._name), attribute)
        setattr(self, attribute, value)  # the next time nothing is imported
        return value
