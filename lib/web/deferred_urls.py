"""Import the URL patterns of a namespace when one of its paths or names is first asked for."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils.functional import cached_property

from lib.deferred import import_deferred


class DeferredURLs(URLResolver):
    """Resolver of a namespace whose module is imported when it is first needed.

    `include` imports at once. Django's resolver does not, but the first `reverse` of any name, anywhere, would.
    """

    def __init__(self, route: str, module: str, *, namespace: str, app_name: str) -> None:
        super().__init__(RoutePattern(route), module, namespace=namespace, app_name=app_name)
        self._module = module

    @cached_property
    def urlconf_module(self) -> ModuleType:
        """Import the module, or wait for the thread that does."""
        return import_deferred(self._module)

    @property
    def is_loaded(self) -> bool:
        """Tell whether the module has been imported."""
        return "urlconf_module" in self.__dict__

    @property
    def reverse_dict(self) -> Any:
        """Import the module, and return its names."""
        _ = self.url_patterns
        return super().reverse_dict

    def _populate(self) -> None:
        """Leave out the names as long as nothing has asked for them: above, only the namespace is needed."""
        if self.is_loaded:
            super()._populate()


def load_deferred_urls() -> None:
    """Import what is deferred in the URLs of the project, so that no request has to wait for it."""
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, DeferredURLs):
            _compile_patterns(resolver)


def _compile_patterns(resolver: Any) -> None:
    """Import the patterns of a resolver, and compile the regular expression of each."""
    for pattern in resolver.url_patterns:
        _ = pattern.pattern.regex
