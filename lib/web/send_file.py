"""Send part of a file to a client without reading it: where the server can, the kernel copies it to the socket."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import IO, Any

# In the ASGI scope: a call of an open file and a number of bytes, which it sends from where the file stands.
EXTENSION = "atrium.send_file"

SendFile = Callable[[IO[bytes], int], Awaitable[None]]


def find_file_sender(scope: dict[str, Any]) -> SendFile | None:
    """Return the call that sends part of a file as part of a body whose length was said; None where there is none."""
    sender: SendFile | None = (scope.get("extensions") or {}).get(EXTENSION)
    return sender
