"""The cast: Alice owns Halyard, Bob is a member, Robin is an agent there, Charlie is from elsewhere."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import cache
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import Organisation, User
from chat import search_index
from chat.models import Room
from lib.realtime import publisher
from lib.realtime.hub import Event
from tests import prepared
from tests.factories import make_agent, make_organisation, make_room, make_system_administrator, make_user
from tests.hashing import make_argon2_cheap
from tests.live import LiveServer
from tests.provider import LiveProvider

# Runs and workers may share one Redis: each counts its own throttles.
settings.CACHES["default"]["KEY_PREFIX"] = uuid4().hex
make_argon2_cheap()
# Where jobs send mails without storing them first; Django's own setting is changed for tests by Django.
settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# No test asks a server that it has not started.
settings.LINK_PREVIEWS = False

# No service is behind these, and the run on SQLite tries them all: their subject is text, files and the sources, or
# processes with settings of their own.
WITHOUT_SERVICES = (
    "config/static_files/", "config/test_commands.py", "config/test_data_dir.py", "config/test_secret_key.py",
    "config/test_settings.py", "config/test_translations.py", "lib/media/", "lib/test_images.py", "lib/text/",
    "tasks/recurrence/test_rules.py", "test_benchmark_report.py", "test_docs.py", "test_language.py", "test_layers.py",
    "test_mutants.py", "test_references.py", "test_scripts.py",
)  # fmt: skip


def pytest_configure() -> None:
    # Here, before workers start, so that they inherit both.
    prepared.run_folder()
    # No test pulls the plug on PostgreSQL itself, and none has to wait for its disk.
    os.environ.setdefault("PGOPTIONS", "-c synchronous_commit=off")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Leave bytes out of the names of tests: those of archives hold the time, and each worker makes its own."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on PostgreSQL what is the same without; pytest-django lets none of it ask a database."""
    if prepared.on_postgres():
        config.hook.pytest_deselected(items=[item for item in items if not _needs_services(item)])
        items[:] = filter(_needs_services, items)


def _needs_services(item: pytest.Item) -> bool:
    path = item.path.relative_to(prepared.ROOT / "tests").as_posix()
    fixtures = getattr(item, "fixturenames", ())
    asks_database = item.get_closest_marker("django_db") or "db" in fixtures or "transactional_db" in fixtures
    return bool(asks_database) or not path.startswith(WITHOUT_SERVICES)


@pytest.fixture(autouse=True)
def _index_nothing_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what one test posted be no reason to index during the next, which may count queries."""
    monkeypatch.setattr(search_index._posted, "number", 0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Copy the migrated database of the run for this worker, where pytest-django would migrate one of its own."""
    usual, worker = connection.settings_dict["NAME"], os.environ.get("PYTEST_XDIST_WORKER", "alone")
    if prepared.on_postgres():
        name = f"test_{usual}_{worker}"
        prepared.create_postgres_database(name)
    else:
        name = str(prepared.run_folder() / f"{worker}.sqlite3")
        shutil.copy(prepared.sqlite_file(), name)
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(usual, verbosity=0)


@pytest.fixture(scope="module")
def db_of_file(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around those of a file's tests, for rows that are dear to make and that each test finds as made.

    What they commit is a savepoint of it. Tests that need real commits stand in other files.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


ClientFor = Callable[[User], Client]
AfterCommit = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def alice(db: None) -> User:
    return make_user("Alice")


@pytest.fixture
def bob(db: None) -> User:
    return make_user("Bob")


@pytest.fixture
def charlie(db: None) -> User:
    """Owner of another organisation: in Halyard, a stranger."""
    charlie = make_user("Charlie")
    make_organisation("Elsewhere", owner=charlie)
    return charlie


@pytest.fixture
def robin(db: None) -> User:
    return make_agent("Robin")


@pytest.fixture
def root(db: None) -> User:
    """A system administrator, in no organisation."""
    return make_system_administrator("Root")


@pytest.fixture
def halyard(alice: User, bob: User, robin: User) -> Organisation:
    return make_organisation("Halyard", owner=alice, members=[bob, robin])


@pytest.fixture
def room(halyard: Organisation, alice: User, bob: User, robin: User) -> Room:
    """A group of Alice (its admin), Bob and Robin."""
    return make_room(halyard, admin=alice, members=[bob, robin])


@pytest.fixture
def client_for() -> ClientFor:
    """A browser that `user` is signed in with."""

    def build(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="accounts.backends.AuthenticationBackend")
        return client

    return build


class ApiClient(Client):
    """Speaks JSON to /api/v1 with a bearer token."""

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        data = {"data": orjson.dumps(body), "content_type": "application/json"} if body is not None else {}
        return self.generic(method, f"/api/v1{path}", headers=headers or None, **data)


ApiFor = Callable[[User | None], ApiClient]


@pytest.fixture
def api_for() -> ApiFor:
    """A REST client of `user`, or of nobody."""
    from accounts.tokens.services.families import issue_tokens

    def build(user: User | None) -> ApiClient:
        if user is None:
            return ApiClient()
        return ApiClient(headers={"Authorization": f"Bearer {issue_tokens(user=user).access_token}"})

    return build


@pytest.fixture(scope="session")
def operations() -> dict[str, str]:
    """All that REST can do, by name, and the method it is asked for with."""
    paths = prepared.openapi_schema()["paths"].values()
    return {described["operationId"]: method.upper() for path in paths for method, described in path.items()}


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """The events handed to delivery, in order."""
    sent: list[Event] = []
    monkeypatch.setattr(publisher, "publish", sent.extend)
    return sent


@pytest.fixture(scope="session")
def run_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], LiveServer]]:
    """Start a server of a kind, once per worker: for tests that neither stop it nor set it up otherwise."""
    with ExitStack() as servers:

        @cache
        def run(kind: str) -> LiveServer:
            return servers.enter_context(LiveServer(tmp_path_factory.mktemp(kind), server=kind))

        yield run


@pytest.fixture(scope="session")
def lighthouse() -> Iterator[LiveProvider]:
    """Somewhere that people have accounts."""
    with LiveProvider() as provider:
        yield provider


@pytest.fixture
def provider(settings: Any, lighthouse: LiveProvider) -> LiveProvider:
    """The same, offered to sign in with: as Lighthouse, and in the place of Google. Dana has an account there."""
    apps = [lighthouse.app("google", "Google"), lighthouse.app()]
    openid = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"] | {"APPS": apps}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": openid}
    settings.ACCOUNT_RATE_LIMITS = settings.THROTTLE = False
    lighthouse.know("dana", email="Dana@Halyard.example", email_verified=True, name="Dana  Duarte")
    return lighthouse
