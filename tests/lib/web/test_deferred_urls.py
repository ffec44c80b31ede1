"""URLs whose module is imported when one of them is first asked for; the resolver builds on internals of Django's."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, Resolver404, URLResolver, path, reverse
from django.urls.resolvers import RegexPattern, get_ns_resolver
from pytest_django import Settings

from lib.web.deferred_urls import DeferredURLs, load_deferred_urls

MODULE, PROJECT = "deferred_for_a_test", "project_for_a_test"
PATTERNS = """
from django.urls import path
urlpatterns = [path("doors/<int:number>/", print, name="door")]
"""


@pytest.fixture(params=["house/", ""])
def deferred(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings, request: pytest.FixtureRequest
) -> Iterator[DeferredURLs]:
    """URLs below `house/` or at the top, in a project that has another page too."""
    (tmp_path / f"{MODULE}.py").write_text(PATTERNS)
    (tmp_path / f"{PROJECT}.py").write_text("urlpatterns = []")
    monkeypatch.syspath_prepend(tmp_path)
    resolver = DeferredURLs(request.param, MODULE, namespace="house", app_name="house")
    __import__(PROJECT)
    sys.modules[PROJECT].urlpatterns = [path("garden/", print, name="garden"), resolver]
    settings.ROOT_URLCONF = PROJECT
    yield resolver
    get_ns_resolver.cache_clear()
    sys.modules.pop(MODULE, None)
    sys.modules.pop(PROJECT)


def test_other_paths_and_names_import_nothing(deferred: DeferredURLs) -> None:
    assert reverse("garden") == "/garden/"
    assert URLResolver(RegexPattern(r"^/"), PROJECT).resolve("/garden/").func is print
    assert MODULE not in sys.modules and not deferred.is_loaded


def test_a_path_imports_the_module(deferred: DeferredURLs) -> None:
    match = URLResolver(RegexPattern(r"^/"), PROJECT).resolve(f"/{deferred.pattern}doors/7/")

    assert (match.view_name, match.kwargs) == ("house:door", {"number": 7})
    with pytest.raises(Resolver404):
        URLResolver(RegexPattern(r"^/"), PROJECT).resolve(f"/{deferred.pattern}windows/")


def test_a_name_imports_the_module_after_other_names_too(deferred: DeferredURLs) -> None:
    reverse("garden")

    assert reverse("house:door", args=[7]) == f"/{deferred.pattern}doors/7/"
    with pytest.raises(NoReverseMatch):
        reverse("house:window")


def test_all_that_is_deferred_can_be_loaded_in_advance(deferred: DeferredURLs) -> None:
    load_deferred_urls()

    assert deferred.is_loaded
