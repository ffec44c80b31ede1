"""Let the body of a request take as long as it moves. The server ends others after a while."""

from __future__ import annotations

from typing import Any

# In the ASGI scope: a call without arguments.
EXTENSION = "atrium.long_body"


def allow_long_body(scope: dict[str, Any]) -> None:
    """Lift the bound of how long the body of a request may take in all. Pauses stay bounded. For known users only."""
    if lift := (scope.get("extensions") or {}).get(EXTENSION):
        lift()
