"""Send requests to a server, and read its answers."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Mapping, Optional

TIMEOUT = 30


class Problem(Exception):
    """What a server refuses, as RFC 9457 has it; status 0: it could not be reached."""

    def __init__(self, status: int, code: str, detail: str, errors: Optional[list] = None) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors or []


class _RefuseRedirects(urllib.request.HTTPRedirectHandler):
    """Follow none: the token would be sent along, to wherever the answer says."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Transport:
    """A server and a token for it."""

    def __init__(self, url: str, token: str, *, timeout: float = TIMEOUT) -> None:
        if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
            raise ValueError("The address begins with https:// or http://.")
        self._base = url.rstrip("/") + "/api/v1"
        self._token = token
        self._timeout = timeout
        self._opener = urllib.request.build_opener(_RefuseRedirects)

    def call(self, method: str, path: str, *, query: Optional[Mapping[str, Any]] = None, body: Any = None) -> Any:
        """Return the answer to a request: JSON as it is read, None for nothing, else bytes. Raise Problem."""
        given = {name: _write_value(value) for name, value in (query or {}).items() if value is not None}
        address = self._base + path + ("?" + urllib.parse.urlencode(given, doseq=True) if given else "")
        headers = {"Accept": "application/json, */*", "Authorization": f"Bearer {self._token}"}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(address, data=data, headers=headers, method=method)
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                raw = answer.read()
                kind = answer.headers.get_content_type()
        except urllib.error.HTTPError as error:
            raise _read_problem(error) from None
        except (urllib.error.URLError, TimeoutError) as error:
            reason = getattr(error, "reason", error)
            raise Problem(0, "unreachable", f"{self._base} can't be reached: {reason}") from None
        if not raw:
            return None
        return json.loads(raw) if kind == "application/json" else raw


def quote(value: Any) -> str:
    """Return a value as a part of a path."""
    return urllib.parse.quote(str(value), safe="")


def _write_value(value: Any) -> Any:
    """Return a value of a query as text, of a list each."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return [_write_value(each) for each in value] if isinstance(value, (list, tuple)) else str(value)


def _read_problem(error: urllib.error.HTTPError) -> Problem:
    try:
        given = json.loads(error.read())
        return Problem(error.code, given["code"], given["detail"], given.get("errors"))
    except (ValueError, KeyError, TypeError):
        return Problem(error.code, "unknown", f"The server answered {error.code} {error.reason}.")
