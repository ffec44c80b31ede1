"""Answer requests of `lib.media.child` until there are no more: `python -m lib.media.decoder`."""

from __future__ import annotations

import json
import os
import select
import struct
import sys
from typing import Any

from lib.media.decoder import operations, sandbox
from lib.media.decoder.refusals import Refusal

# Its memory is worth more than the fifth of a second that another start takes.
IDLE_SECONDS = 300
LENGTH = struct.Struct(">I")


def serve_requests(requests: int, answers: int) -> None:
    """Answer what comes by one descriptor through the other, until it ends or nothing has come for a while."""
    while select.select([requests], [], [], IDLE_SECONDS)[0]:
        try:
            (length,) = LENGTH.unpack(_read_exactly(requests, LENGTH.size))
            request = json.loads(_read_exactly(requests, length))
        except EOFError:
            return
        answer = json.dumps(_answer_request(request)).encode()
        _write_all(answers, LENGTH.pack(len(answer)) + answer)


def _answer_request(request: dict[str, Any]) -> dict[str, Any]:
    sandbox.allow_seconds(request["seconds"])
    try:
        return {"result": operations.OPERATIONS[request["operation"]](**request["arguments"])}
    except Refusal as refusal:
        return {"error": refusal.reason, "detail": refusal.detail}
    except MemoryError as error:
        return {"error": "memory", "detail": str(error)}
    except Exception as error:  # what decoders raise for broken input is anything
        return {"error": "broken", "detail": f"{type(error).__name__}: {error}"[:500]}


def _read_exactly(descriptor: int, size: int) -> bytes:
    received = b""
    while len(received) < size:
        piece = os.read(descriptor, size - len(received))
        if not piece:
            raise EOFError
        received += piece
    return received


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


if __name__ == "__main__":
    # Libraries may print: the pipes are for answers alone.
    pipes = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    sandbox.enter_sandbox()
    serve_requests(*pipes)
    sys.exit(0)
