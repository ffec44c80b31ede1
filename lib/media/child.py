"""Run decoders in a child process with limits: what they do to their memory, time or process ends there.

A child is started on first use, answers one request at a time, and ends itself when it is idle. Requests and answers
are JSON behind four bytes of length; what they speak of are paths of local files.
"""

from __future__ import annotations

import json
import os
import select
import struct
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import IO, Any, cast

from lib.media.errors import MediaFailed

ROOT = Path(__file__).resolve().parents[2]
# Libraries keep a little of what they decode. A new process takes a fifth of a second.
MAX_REQUESTS = 200
# Beyond what the request may take of the processor, which ends it earlier.
GRACE_SECONDS = 2
PASSED_ON = ("PATH", "HOME", "TMPDIR", "PYTHONDONTWRITEBYTECODE")
LENGTH = struct.Struct(">I")
# As `lib.media.decoder` ends when it is idle, and by nothing else.
IDLE_STATUS = 0


class Child:
    """Process that decodes for this one. Threads wait for each other, and a fork gets its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._requests = 0
        os.register_at_fork(after_in_child=self._forget_process)

    @property
    def pid(self) -> int | None:
        """Id of the process, None where there is none."""
        return self._process.pid if self._process else None

    def call(self, operation: str, arguments: Mapping[str, Any], *, seconds: int) -> dict[str, Any]:
        """Return what an operation of `lib.media.decoder` answers.

        Raise MediaFailed for what the child refuses, and for one that took more than `seconds` or died of it.
        """
        request = json.dumps({"operation": operation, "arguments": arguments, "seconds": seconds}).encode()
        with self._lock:
            answer = self._ask_decoder(request, seconds)
            if answer is None:  # it was idle, and ended while it was asked
                answer = self._ask_decoder(request, seconds)
        if answer is None:
            raise MediaFailed("crash", "The child process can't be started.")
        if "error" in answer:
            raise MediaFailed(answer["error"], answer.get("detail", ""))
        return cast("dict[str, Any]", answer["result"])

    def stop(self) -> None:
        """End the process. The next call starts another."""
        with self._lock:
            self._end_process()

    def _ask_decoder(self, request: bytes, seconds: int) -> dict[str, Any] | None:
        """Return the answer to a request, None where the process had ended before it came."""
        process = self._start_process()
        try:
            requests, answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
            requests.write(LENGTH.pack(len(request)) + request)
            requests.flush()
            deadline = monotonic() + seconds + GRACE_SECONDS
            (length,) = LENGTH.unpack(_read_exactly(answers.fileno(), LENGTH.size, deadline))
            return cast("dict[str, Any]", json.loads(_read_exactly(answers.fileno(), length, deadline)))
        except TimeoutError as error:
            self._end_process()
            raise MediaFailed("time", f"More than {seconds} seconds.") from error
        except (BrokenPipeError, EOFError) as error:
            status = self._end_process(kill=False)
            if status == IDLE_STATUS:
                return None
            raise MediaFailed("crash", f"Status {status}.") from error
        except BaseException:
            # The answer that is still to come would be taken for that to the next request.
            self._end_process()
            raise

    def _start_process(self) -> subprocess.Popen[bytes]:
        self._requests += 1
        if self._process and (self._requests > MAX_REQUESTS or self._process.poll() is not None):
            self._end_process()
        if self._process is None:
            self._requests = 1
            environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
            self._process = subprocess.Popen(  # noqa: S603  our own module
                [sys.executable, "-m", "lib.media.decoder"],
                cwd=ROOT,
                env=environment | {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                process_group=0,  # what ends the server by the terminal lets it answer first
            )
        return self._process

    def _end_process(self, *, kill: bool = True) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        if kill:
            process.kill()
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe:
                    pipe.close()
            except OSError:  # what is left to write has no reader
                pass
        return process.wait()

    def _forget_process(self) -> None:
        self._process, self._lock = None, Lock()


def _read_exactly(descriptor: int, size: int, deadline: float) -> bytes:
    """Return `size` bytes of a pipe. Raise TimeoutError after the deadline, EOFError where it ends earlier."""
    received = bytearray()
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    while len(received) < size:
        if not poll.poll(max(0.0, deadline - monotonic()) * 1000):
            raise TimeoutError
        piece = os.read(descriptor, size - len(received))
        if not piece:
            raise EOFError
        received += piece
    return bytes(received)


# For what a request waits for: it does not stand behind the poster of a long video.
foreground = Child()
background = Child()
