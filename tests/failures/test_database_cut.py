"""PostgreSQL ends all connections, at rest and under load: the server goes on, and nothing acknowledged is lost."""

import threading
import time

import httpx
import psycopg
import pytest

from tests import prepared
from tests.live import LiveServer, Person

pytestmark = pytest.mark.skipif(not prepared.on_postgres(), reason="needs PostgreSQL")

WRITERS, READERS, CUTS = 3, 3, 3
# No request may fail later than this after a cut, and none at rest may take longer than the other.
ERROR_SECONDS, REST_SECONDS = 5.0, 0.5


def cut_connections(server: LiveServer) -> float:
    """End all connections of a server's database; return when."""
    name = server.env["DATABASE_URL"].rpartition("/")[2]
    with psycopg.connect(prepared.address_of("postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    return time.monotonic()


class Traffic:
    """Clients that write and read until they are stopped, and what they saw."""

    def __init__(self, server: LiveServer, person: Person, room: str) -> None:
        self.server, self.headers, self.room = server, person.headers, room
        self.acknowledged: dict[str, int] = {}
        self.failures: list[float] = []
        self.longest = 0.0
        self._done = threading.Event()
        work = [(self._write_messages, n) for n in range(WRITERS)] + [(self._read_pages, n) for n in range(READERS)]
        self._threads = [threading.Thread(target=target, args=(n,)) for target, n in work]

    def __enter__(self) -> "Traffic":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _write_messages(self, name: int) -> None:
        with self._client() as client:
            n = 0
            while not self._done.is_set():
                key = f"{name}-{n}"
                answer = self._ask(client, "POST", {"content": key, "client_id": key})
                if answer.is_success:
                    self.acknowledged[key] = answer.json()["seq"]
                    n += 1

    def _read_pages(self, _: int) -> None:
        with self._client() as client:
            while not self._done.is_set():
                self._ask(client, "GET")

    def _client(self) -> httpx.Client:
        return httpx.Client(base_url=f"{self.server.url}/api/v1", headers=self.headers, timeout=30)

    def _ask(self, client: httpx.Client, method: str, body: object = None) -> httpx.Response:
        since = time.monotonic()
        answer = client.request(method, f"/rooms/{self.room}/messages", json=body)
        self.longest = max(self.longest, time.monotonic() - since)
        if not answer.is_success:
            assert answer.status_code == 503, answer.text
            self.failures.append(time.monotonic())
        return answer


def test_under_load(server: LiveServer, ann: Person, room: str) -> None:
    cuts = []
    with Traffic(server, ann, room) as traffic:
        for _ in range(CUTS):
            time.sleep(1)
            cuts.append(cut_connections(server))
        before = len(traffic.acknowledged)
        time.sleep(2)
        assert len(traffic.acknowledged) > before

    assert all(any(cut <= failure < cut + ERROR_SECONDS for cut in cuts) for failure in traffic.failures)
    assert traffic.longest < ERROR_SECONDS
    stored, after = {}, 0
    while page := ann.ask("GET", f"/rooms/{room}/messages?after={after}&limit=200")["items"]:
        stored |= {item["client_id"]: item["seq"] for item in page}
        after = page[-1]["seq"]
    assert traffic.acknowledged.items() <= stored.items()
    assert sorted(stored.values()) == list(range(1, len(stored) + 1))


def test_at_rest(server: LiveServer, ann: Person, room: str) -> None:
    with Traffic(server, ann, room):
        time.sleep(1)  # the pool is full now
    for n in range(CUTS):
        cut_connections(server)
        since = time.monotonic()
        ann.ask("POST", f"/rooms/{room}/messages", {"content": f"after {n}"})
        ann.ask("GET", f"/rooms/{room}/messages")
        assert time.monotonic() - since < 2 * REST_SECONDS
