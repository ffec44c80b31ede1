"""What decoders do to their process ends there."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import pytest

from lib.media import child
from lib.media.child import Child
from lib.media.errors import MediaFailed
from tests.accounts.pictures import halves
from tests.lib.media.conftest import Write


@pytest.fixture
def decoder() -> Iterator[Child]:
    decoder = Child()
    yield decoder
    decoder.stop()


def probe(decoder: Child, path: Path, seconds: int = 10) -> str:
    mime_type: str = decoder.call("probe_file", {"path": str(path), "name": "a"}, seconds=seconds)["mime_type"]
    return mime_type


def test_one_process_answers_many_requests(decoder: Child, write: Write) -> None:
    path = write("a", halves())

    assert probe(decoder, path) == "image/png"
    first = decoder.pid
    assert probe(decoder, path) == "image/png" and decoder.pid == first is not None


def test_threads_wait_for_each_other(decoder: Child, write: Write) -> None:
    paths = [write(f"{n}", halves(kind=kind)) for n, kind in enumerate(["PNG", "JPEG", "GIF", "WEBP"] * 8)]

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda path: probe(decoder, path), paths))

    assert told == ["image/png", "image/jpeg", "image/gif", "image/webp"] * 8


def test_a_process_that_was_killed_between_requests_is_started_anew(decoder: Child, write: Write) -> None:
    path = write("a", halves())
    probe(decoder, path)
    process = decoder._process
    assert process
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)

    assert probe(decoder, path) == "image/png" and decoder.pid != process.pid


def test_a_process_that_is_killed_half_way_fails_that_request_alone(
    decoder: Child, write: Write, tmp_path: Path
) -> None:
    path = write("a", halves())
    probe(decoder, path)
    threading.Timer(0.3, lambda: os.kill(decoder.pid or 0, signal.SIGKILL)).start()

    with pytest.raises(MediaFailed) as failure:
        probe(decoder, hanging(tmp_path), seconds=30)

    assert failure.value.reason == "crash"
    assert probe(decoder, path) == "image/png"


def test_what_hangs_is_ended(decoder: Child, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "GRACE_SECONDS", 0)
    started = monotonic()

    with pytest.raises(MediaFailed) as failure:
        probe(decoder, hanging(tmp_path), seconds=1)

    assert failure.value.reason == "time" and monotonic() - started < 20
    assert decoder.pid is None
    assert probe(decoder, write("a", halves())) == "image/png"


def test_what_computes_for_too_long_is_ended_by_the_system(decoder: Child, write: Write) -> None:
    """The wall clock of this process may be late; that of its own processor ends the child."""
    assert probe(decoder, write("a", b"text"))
    limits = Path(f"/proc/{decoder.pid}/limits").read_text()

    line = next(line for line in limits.splitlines() if line.startswith("Max cpu time"))
    assert int(line.split()[3]) <= 20


def test_the_process_may_take_little_and_knows_no_secret(
    decoder: Child, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "x" * 50)
    probe(decoder, write("a", b"text"))
    process = Path(f"/proc/{decoder.pid}")

    limits = {line[:25].strip(): line[26:46].strip() for line in (process / "limits").read_text().splitlines()}
    assert int(limits["Max address space"]) <= 2 * 1024**3
    assert limits["Max core file size"] == "0"
    assert b"SECRET_KEY" not in (process / "environ").read_bytes()
    assert (process / "oom_score_adj").read_text().strip() == "1000"
    descriptors = {os.readlink(link) for link in (process / "fd").iterdir()}
    assert all(name.startswith(("pipe:", "/dev/null")) for name in descriptors)
    assert os.getpriority(os.PRIO_PROCESS, decoder.pid or 0) >= 10
    assert "NoNewPrivs:\t1" in (process / "status").read_text()


def test_a_process_is_replaced_after_many_requests(
    decoder: Child, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "MAX_REQUESTS", 2)
    path = write("a", b"text")
    pids = []
    for _ in range(4):
        probe(decoder, path)
        pids.append(decoder.pid)

    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_the_process_ends_with_its_pipe(decoder: Child, write: Write) -> None:
    probe(decoder, write("a", b"text"))
    process = decoder._process
    assert process and process.stdin
    process.stdin.close()

    assert process.wait(10) == 0


def test_an_idle_process_that_has_ended_is_started_anew(decoder: Child, write: Write) -> None:
    path = write("a", b"text")
    probe(decoder, path)
    process = decoder._process
    assert process
    first = process.pid
    # As it ends after some idle minutes: by itself, with status 0.
    process.stdin.close()  # type: ignore[union-attr]
    process.wait(10)
    process.stdin = open(os.devnull, "wb")  # noqa: SIM115

    assert probe(decoder, path) == "text/plain" and decoder.pid != first


def test_a_fork_does_not_share_the_process(decoder: Child, write: Write) -> None:
    path = write("a", halves())
    probe(decoder, path)

    pid = os.fork()
    if pid == 0:
        is_own = decoder.pid is None and probe(decoder, path) == "image/png"
        decoder.stop()
        os._exit(0 if is_own else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert probe(decoder, path) == "image/png"


def hanging(folder: Path) -> Path:
    """A file that is never there to read."""
    path = folder / "hanging"
    if not path.exists():
        os.mkfifo(path)
    return path
