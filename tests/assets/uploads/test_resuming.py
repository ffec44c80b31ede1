"""What has arrived stays: over cut connections, killed servers, and requests that meet."""

import os
import resource
import socket
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.assets.uploads.conftest import MEGABYTE, Tus, encode_metadata
from tests.assets.uploads.test_protocol import checksum
from tests.live import LiveServer, Person

WAIT_SECONDS = 20
FIND = "from assets.models import Asset"


def begin_part(tus: Tus, address: str, offset: int, length: int, content: bytes, *headers: str) -> socket.socket:
    """A connection that has sent the head of a part, and the beginning of its bytes."""
    url = urlsplit(address)
    connection = socket.create_connection((url.hostname, url.port), timeout=WAIT_SECONDS)
    lines = [f"PATCH {url.path} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {tus.person.token}", *headers]
    lines += ["Tus-Resumable: 1.0.0", f"Upload-Offset: {offset}", f"Content-Length: {length}"]
    lines += ["Content-Type: application/offset+octet-stream", "", ""]
    connection.sendall("\r\n".join(lines).encode() + content)
    return connection


def wait_for_offset(tus: Tus, address: str, least: int) -> int:
    deadline = time.monotonic() + WAIT_SECONDS
    while (offset := tus.read_offset(address)) < least:
        assert time.monotonic() < deadline, f"Only {offset} bytes have arrived."
        time.sleep(0.02)
    return offset


def finish(tus: Tus, address: str, content: bytes) -> bytes:
    """Send the rest, as clients do after a fault; return what is stored."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        offset = tus.read_offset(address)
        answer = tus.append(address, offset, content[offset:])
        if answer.status_code == 204:
            return tus.fetch(answer.headers["Atrium-Asset"])
        assert answer.status_code in (409, 423), answer.text
        assert time.monotonic() < deadline, "The other request has not given way."
        time.sleep(0.1)


def test_what_came_before_a_cut_counts(tus: Tus) -> None:
    content = os.urandom(3 * MEGABYTE)
    address = tus.begin(len(content))

    begin_part(tus, address, 0, len(content), content[:1_500_000]).close()

    assert wait_for_offset(tus, address, MEGABYTE) <= 1_500_000
    assert finish(tus, address, content) == content


def test_what_a_checksum_has_not_proved_does_not_count(tus: Tus) -> None:
    content = os.urandom(3 * MEGABYTE)
    address = tus.begin(len(content))
    tus.append(address, 0, content[:10])

    sent = begin_part(
        tus, address, 10, len(content) - 10, content[10:2_500_000], f"Upload-Checksum: {checksum(content[10:])}"
    )
    sent.close()

    assert finish(tus, address, content) == content


def test_a_killed_server_goes_on_where_its_file_ends(tus: Tus, server: LiveServer) -> None:
    content = os.urandom(4 * MEGABYTE)
    address = tus.begin(len(content))
    sent = begin_part(tus, address, 0, len(content), content[:2_500_000])
    wait_for_offset(tus, address, MEGABYTE)

    server.kill()
    sent.close()
    server.start()

    assert tus.read_offset(address) == (server.data_dir / "uploads" / address[-36:]).stat().st_size >= MEGABYTE
    assert finish(tus, address, content) == content
    assert list((server.data_dir / "uploads").glob(f"{address[-36:]}*")) == []


def test_a_killed_server_keeps_what_is_to_stay(tus: Tus, server: LiveServer) -> None:
    content = os.urandom(3 * MEGABYTE)
    said = encode_metadata(filename="quay.bin", org="halyard", keep="true")
    address = tus.create(len(content), Upload_Metadata=said).headers["Location"]
    sent = begin_part(tus, address, 0, len(content), content[:2_500_000])
    wait_for_offset(tus, address, MEGABYTE)

    server.kill()
    sent.close()
    server.start()

    assert tus.ask("HEAD", address).headers["Upload-Metadata"] == encode_metadata(filename="quay.bin", keep="true")
    assert finish(tus, address, content) == content
    asset_id = tus.ask("HEAD", address).headers["Atrium-Asset"]
    found = server.manage("shell", "-v0", "-c", f"{FIND}; print(Asset.objects.get(pk='{asset_id}').is_kept)")
    assert found.strip() == "True"


def test_a_killed_server_forgets_what_no_checksum_has_proved(tus: Tus, server: LiveServer) -> None:
    content = os.urandom(4 * MEGABYTE)
    address = tus.begin(len(content))
    tus.append(address, 0, content[:10])
    proof = f"Upload-Checksum: {checksum(content[10:])}"
    sent = begin_part(tus, address, 10, len(content) - 10, content[10:2_500_000], proof)
    file = server.data_dir / "uploads" / address[-36:]
    deadline = time.monotonic() + WAIT_SECONDS
    while file.stat().st_size < MEGABYTE:
        assert time.monotonic() < deadline
        time.sleep(0.02)

    server.kill()
    sent.close()
    server.start()

    assert tus.read_offset(address) == 10
    assert finish(tus, address, content) == content


def test_what_arrived_whole_is_stored_when_it_is_asked_for(tus: Tus, server: LiveServer) -> None:
    """The server was killed between the last byte and the rows."""
    address = tus.begin(10)
    tus.append(address, 0, b"12345")
    with (server.data_dir / "uploads" / address[-36:]).open("ab") as file:
        file.write(b"67890")

    answer = tus.ask("HEAD", address)

    assert answer.headers["Upload-Offset"] == "10"
    assert tus.fetch(answer.headers["Atrium-Asset"]) == b"1234567890"


def test_one_request_writes_at_a_time(tus: Tus) -> None:
    content = os.urandom(2 * MEGABYTE)
    address = tus.begin(len(content))
    first = begin_part(tus, address, 0, len(content), content[:MEGABYTE])
    wait_for_offset(tus, address, MEGABYTE)
    first.sendall(content[MEGABYTE : MEGABYTE + 10])

    refused = tus.append(address, MEGABYTE, content[MEGABYTE:])
    assert (refused.status_code, refused.json()["code"]) == (423, "upload_locked")

    first.sendall(content[MEGABYTE + 10 :])
    assert first.recv(4096).startswith(b"HTTP/1.1 204")
    assert tus.fetch(tus.ask("HEAD", address).headers["Atrium-Asset"]) == content


def test_parallel_requests_store_one_file(tus: Tus, bob: Person) -> None:
    content = os.urandom(MEGABYTE)
    address = tus.begin(len(content))
    statuses: list[int] = []

    def send() -> None:
        with Person(base_url=bob.base_url, headers=bob.headers, timeout=60) as person:
            person.token = bob.token
            statuses.append(Tus(person).append(address, 0, content).status_code)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses.count(204) == 1 and set(statuses) <= {204, 409, 423}
    assert tus.fetch(tus.ask("HEAD", address).headers["Atrium-Asset"]) == content


def test_a_request_that_has_stalled_gives_way(tus: Tus) -> None:
    """As one does whose client is in another network by now: we would notice half a minute later."""
    content = os.urandom(2 * MEGABYTE)
    address = tus.begin(len(content))
    stalled = begin_part(tus, address, 0, len(content), content[:1_500_000])

    assert finish(tus, address, content) == content
    assert stalled.recv(4096).startswith(b"HTTP/1.1 423")


def test_an_upload_is_terminated_under_a_request_that_waits(tus: Tus, server: LiveServer) -> None:
    address = tus.begin(2 * MEGABYTE)
    waiting = begin_part(tus, address, 0, 2 * MEGABYTE, bytes(MEGABYTE))
    wait_for_offset(tus, address, MEGABYTE)

    assert tus.ask("DELETE", address).status_code == 204
    assert waiting.recv(4096).startswith(b"HTTP/1.1 423")
    assert tus.ask("HEAD", address).status_code == 404
    assert not (server.data_dir / "uploads" / address[-36:]).exists()


def test_a_body_of_nobody_is_not_waited_for(tus: Tus) -> None:
    address = tus.begin(MEGABYTE)
    url = urlsplit(address)
    with socket.create_connection((url.hostname, url.port), timeout=WAIT_SECONDS) as connection:
        connection.sendall(f"PATCH {url.path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n".encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 401")
    assert tus.read_offset(address) == 0


def test_a_full_disk_is_told_and_goes_on_later(tus: Tus, server: LiveServer) -> None:
    assert server.process is not None
    old = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    # Room for the database and its log, where they are files of this process, and for a part of the file.
    database = max((Path(each).stat().st_size for each in server.data_dir.glob("atrium.sqlite3*")), default=0)
    limit = max(MEGABYTE, database + 512 * 1024)
    content = os.urandom(limit + 2 * MEGABYTE)
    address = tus.begin(len(content))
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (limit, old[1]))
    try:
        answer = tus.append(address, 0, content)
    finally:
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, old)

    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    assert tus.read_offset(address) == limit
    assert finish(tus, address, content) == content
