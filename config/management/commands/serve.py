"""`manage.py serve`: run the whole product in one process."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from config.static_files.storage import are_static_files_current
from lib.db.migrations import list_pending_migrations
from lib.jobs.worker import stop_workers

EVERYWHERE = ("", "0.0.0.0", "::", "[::]")  # noqa: S104  compared with, not bound to


class Command(BaseCommand):
    """Server of pages, REST and sockets."""

    help = "Applies migrations, gathers static files, then serves pages, REST and sockets until it is stopped."

    # They look for mistakes in the code, which do not come with a start: `make lint` runs them.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the address, the server and `--no-migrate`."""
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--server", choices=["uvicorn", "daphne"], default="uvicorn")
        parser.add_argument("--no-migrate", action="store_true", help="Leave the database as it is.")

    def handle(self, *, host: str, port: int, server: str, no_migrate: bool, **options: Any) -> None:
        """Prepare the database and the static files, then serve until a signal stops it."""
        if not no_migrate and list_pending_migrations():
            call_command("migrate", verbosity=1, interactive=False)
        if not settings.DEBUG and not are_static_files_current():
            call_command("collectstatic", verbosity=0, interactive=False)
        connection.close()
        for line in describe_address(host, port):
            self.stdout.write(line)
        self.stdout.flush()
        try:
            if server == "daphne":
                _serve_with_daphne(host, port)
            else:
                _serve_with_uvicorn(host, port)
        finally:
            stop_workers(0)  # where the server was stopped in haste


def describe_address(host: str, port: int) -> Iterator[str]:
    """Yield the address to open, and how to allow further host names."""
    name = "localhost" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    yield f"Atrium is at http://{name}:{port}/ (Ctrl+C stops it)"
    allowed = [allowed_host for allowed_host in settings.ALLOWED_HOSTS if allowed_host not in EVERYWHERE]
    if host in EVERYWHERE and "*" not in allowed:
        yield f"Every address of this machine leads here, and these are answered: {', '.join(allowed)}."
        yield f"To allow more, name all: ALLOWED_HOSTS={','.join(allowed)},<name or address of this machine>"


def _serve_with_uvicorn(host: str, port: int) -> None:

    from config.asgi import application
    from config.server.protocols import build_config, tune_interpreter
    from config.server.stopping import HastyServer

    tune_interpreter()
    server = HastyServer(build_config(application, host=host, port=port, proxies=settings.TRUSTED_PROXIES))
    with suppress(KeyboardInterrupt):  # uvicorn passes it on once everything has ended
        server.run()
    if not server.started:
        sys.exit(3)


def _serve_with_daphne(host: str, port: int) -> None:
    from daphne.endpoints import build_endpoint_description_strings
    from daphne.server import Server

    from config.asgi import application
    from lib.jobs.worker import start_workers

    start_workers(threads=settings.JOBS)  # Daphne has no lifespan
    Server(
        application=application,
        endpoints=build_endpoint_description_strings(host=host, port=port),
        websocket_handshake_timeout=10,
    ).run()
    stop_workers()
