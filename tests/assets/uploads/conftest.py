"""The real server, and users who upload to it by tus."""

import base64
from collections.abc import Iterator

import httpx
import pytest

from tests.live import LiveServer, Person

MEGABYTE = 1024 * 1024
LIMIT = 64 * MEGABYTE
PART = {"Content-Type": "application/offset+octet-stream"}


def encode_metadata(**values: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


class Tus:
    """What a client does with the uploads of one person."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.origin = f"{person.base_url.scheme}://{person.base_url.netloc.decode()}"

    def ask(
        self, method: str, address: str = "/api/v1/uploads", content: object = None, **headers: str
    ) -> httpx.Response:
        """Send a request; a header without a value is left out."""
        sent = {"Tus-Resumable": "1.0.0"} | {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in sent.items() if value}
        return self.person.request(method, httpx.URL(self.origin).join(address), content=content, headers=sent)  # type: ignore[arg-type]

    def create(self, length: int, *, content: bytes | None = None, **headers: str) -> httpx.Response:
        given = {"Upload_Length": str(length), "Upload_Metadata": encode_metadata(filename="a.bin", org="halyard")}
        if content is not None:
            given["Content_Type"] = PART["Content-Type"]
        return self.ask("POST", content=content, **given | headers)

    def begin(self, length: int) -> str:
        """The address of a new upload."""
        answer = self.create(length)
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"]

    def append(self, address: str, offset: int, content: object, **headers: str) -> httpx.Response:
        return self.ask(
            "PATCH", address, content, **{"Upload_Offset": str(offset), "Content_Type": PART["Content-Type"]} | headers
        )

    def read_offset(self, address: str) -> int:
        answer = self.ask("HEAD", address)
        assert answer.status_code == 200, answer.status_code
        return int(answer.headers["Upload-Offset"])

    def fetch(self, asset_id: str) -> bytes:
        return self.person.get(f"/assets/{asset_id}/content").content


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("uploads"), MAX_UPLOAD_BYTES=str(LIMIT)) as server:
        yield server


@pytest.fixture(scope="module")
def bob(server: LiveServer) -> Person:
    bob = server.sign_up("Bob")
    bob.found("Halyard")
    return bob


@pytest.fixture(scope="module")
def tus(bob: Person) -> Tus:
    return Tus(bob)
