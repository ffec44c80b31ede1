"""Static files are listed when the first one is asked for."""

from pathlib import Path
from unittest.mock import Mock

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from config.static_files.middleware import StaticFilesMiddleware


@pytest.fixture
def middleware(tmp_path: Path, settings: Settings) -> StaticFilesMiddleware:
    (tmp_path / "a.css").write_text("a {}")
    settings.STATIC_ROOT, settings.DEBUG = tmp_path, False
    return StaticFilesMiddleware(Mock(return_value=HttpResponse("a page")))


def test_a_page_lists_no_files(middleware: StaticFilesMiddleware, rf: RequestFactory) -> None:
    assert middleware(rf.get("/rooms/")).content == b"a page"
    assert not middleware.files


def test_files_are_served_the_first_time_and_later(middleware: StaticFilesMiddleware, rf: RequestFactory) -> None:
    for _ in range(2):
        response = middleware(rf.get("/static/a.css"))
        assert b"".join(response) == b"a {}"
    assert middleware(rf.get("/static/b.css")).content == b"a page"
