"""A client of Atrium's REST API."""

from atrium_client.operations import Operations as Client
from atrium_client.transport import Problem

__all__ = ["Client", "Problem"]
