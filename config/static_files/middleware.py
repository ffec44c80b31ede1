"""Serve static files by WhiteNoise, which looks for them when the first one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Middleware that lists static files at the first request for one: listing them was a twentieth of the start."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._unlisted: list[tuple[str, str]] = []
        self._listing = Lock()
        super().__init__(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with a static file, or else as the next middleware does."""
        if self._unlisted and request.path_info.startswith(self.static_prefix):
            self._list_files()
        response: HttpResponse = super().__call__(request)
        return response

    def update_files_dictionary(self, root: str, prefix: str) -> None:
        """Note a folder of files."""
        self._unlisted.append((root, prefix))

    def _list_files(self) -> None:
        """List the files of the noted folders; other threads wait for it."""
        with self._listing:
            for root, prefix in self._unlisted:
                super().update_files_dictionary(root, prefix)
            self._unlisted = []
