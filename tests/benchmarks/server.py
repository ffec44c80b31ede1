"""A server as a process of its own, on a core of its own."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 30.0
STOP_SECONDS = 15.0
TICKS = os.sysconf("SC_CLK_TCK")


USABLE = sorted(os.sched_getaffinity(0))


def cores() -> tuple[int, int]:
    """The server's core and the load generator's; the same one where there is no other."""
    return USABLE[0], USABLE[-1]


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def read_cpu_seconds(pid: int) -> float:
    """Return the time on a core so far of the threads that a process has now, to the nanosecond."""
    threads = [Path(task, "schedstat").read_text().split() for task in Path(f"/proc/{pid}/task").iterdir()]
    return sum(int(values[0]) for values in threads) / 1e9


class Server:
    """A started server. As a context manager it waits for the first answer, and stops the process at the end."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        root: Path,
        env: Mapping[str, str],
        port: int,
        core: int,
        health: str,
        log: Path,
    ) -> None:
        self.port = port
        self._health, self._log = health, log
        self._started = time.perf_counter()
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                ["taskset", "-c", str(core), *command],
                cwd=root,
                env={**os.environ, **env},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def __enter__(self) -> Server:
        try:
            self.seconds_to_answer = self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _wait(self) -> float:
        while (passed := time.perf_counter() - self._started) < START_SECONDS:
            if self._process.poll() is not None:
                break
            if self._answers():
                return time.perf_counter() - self._started
            time.sleep(0.005)
        raise RuntimeError(f"No answer after {passed:.0f} s:\n{self._log.read_text()[-3000:]}")

    def _answers(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            connection.request("GET", self._health)
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def memory(self) -> int:
        """Resident bytes."""
        for line in Path(f"/proc/{self._process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise RuntimeError("The server is gone")

    @property
    def cpu_seconds(self) -> float:
        """Time on the core so far, of all its threads."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def exact_cpu_seconds(self) -> float:
        """The same for little work, of the threads that run now. Ticks are ten milliseconds."""
        return read_cpu_seconds(self._process.pid)


class CoreWatch:
    """Who has had the server's core since the watch began."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._before = self._now()

    def shares(self) -> tuple[float, float]:
        """The server's share of the time, and that of everything else, kernel work for the server included."""
        wall, server, busy = (now - then for now, then in zip(self._now(), self._before, strict=True))
        return server / wall, max(0.0, busy - server) / wall

    def _now(self) -> tuple[float, float, float]:
        prefix = f"cpu{cores()[0]} "
        with open("/proc/stat") as lines:
            line = next(line for line in lines if line.startswith(prefix))
        user, nice, system, _, _, *interrupts = (int(field) for field in line.split()[1:9])
        return time.perf_counter(), self._server.cpu_seconds, (user + nice + system + sum(interrupts)) / TICKS
