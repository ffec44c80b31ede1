"""How fast a large file comes and goes beside nginx, and 20 photos get their thumbnails beside `vipsthumbnail`."""

from __future__ import annotations

import http.client
import io
import json
import random
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from tests.benchmarks.nginx import find_nginx, run_nginx
from tests.benchmarks.products import Atrium, Product
from tests.benchmarks.rounds import Effort, Figures
from tests.benchmarks.server import cores
from tests.benchmarks.uploader import describe_file

LARGE = 100 * 1024 * 1024
TURNS = 5
BLOCK = 256 * 1024
PHOTOS = 20
PHOTO = (4032, 3024)
# As large as the pictures that Atrium makes of each.
SIDES = (360, 1600)
PATIENCE = 300.0


def measure_large_files(product: Product, effort: Effort) -> Figures:
    """Rates of 100 MB up and down, as shares of nginx's on the same disk, and what memory that takes, in MB."""
    program = find_nginx()
    if not isinstance(product, Atrium) or program is None:
        return {}
    content = random.randbytes(LARGE)
    folder = product.folder / f"nginx-{uuid4().hex}"
    with product.start() as server, run_nginx(program, folder) as nginx:
        client = Client(server.port, product.world.people[0])
        asset = client.upload(_vary_content(content))
        client.download(asset)
        before, up, down = server.memory, [], []
        for _ in range(TURNS):
            body = _vary_content(content)
            theirs = _time_work(_send_request, nginx, "PUT", "/a.bin", body)
            up.append(theirs / _time_work(client.upload, body))
            theirs = _time_work(_send_request, nginx, "GET", "/a.bin")
            down.append(theirs / _time_work(client.download, asset))
        grown = (server.memory - before) / 1e6
    shutil.rmtree(folder)
    return {"files-up": median(up), "files-down": median(down), "files-memory": grown}


def measure_thumbnails(product: Product, effort: Effort) -> Figures:
    """Seconds from the first of 20 photos until all have their two pictures, × what vipsthumbnail takes for as many."""
    program = shutil.which("vipsthumbnail")
    if not isinstance(product, Atrium) or program is None:
        return {}
    folder = product.folder / f"photos-{uuid4().hex}"
    folder.mkdir()
    photos = [folder / f"{number}.jpg" for number in range(PHOTOS)]
    for photo in photos:
        photo.write_bytes(_take_photo())
    theirs = _time_work(_run_vips, program, photos)
    with product.start() as server:
        client = Client(server.port, product.world.people[0])
        ours = _time_work(
            lambda: client.await_thumbnails([client.upload(photo.read_bytes(), ".jpg") for photo in photos])
        )
    shutil.rmtree(folder)
    return {"thumbnails": ours / theirs, "thumbnails-seconds": ours}


@dataclass(frozen=True, slots=True)
class Answer:
    """The headers of an answer, and its body where that is JSON."""

    headers: http.client.HTTPMessage
    body: bytes


class Client:
    """A client of the REST API with one token. A request takes a connection of its own, as nginx gets them."""

    def __init__(self, port: int, header: str) -> None:
        self._port = port
        self._headers = dict([header.split(": ", 1)])

    def upload(self, content: bytes, suffix: str = ".bin") -> str:
        """Upload a file by one request; return the id of the asset."""
        headers = {
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(content)),
            "Upload-Metadata": describe_file(f"a{suffix}"),
            "Content-Type": "application/offset+octet-stream",
        }
        asset = self._send_request("POST", "/api/v1/uploads", body=content, headers=headers).headers["Atrium-Asset"]
        return str(asset)

    def download(self, asset: str) -> None:
        self._send_request("GET", f"/api/v1/assets/{asset}/content")

    def await_thumbnails(self, assets: list[str]) -> None:
        """Wait until all are ready."""
        deadline = time.monotonic() + PATIENCE
        for asset in assets:
            while (state := self._show_asset(asset)["state"]) != "ready":
                if state == "failed" or time.monotonic() > deadline:
                    raise RuntimeError(f"No thumbnail: {state}")
                time.sleep(0.05)

    def _show_asset(self, asset: str) -> Any:
        return json.loads(self._send_request("GET", f"/api/v1/assets/{asset}").body)

    def _send_request(
        self, method: str, path: str, *, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        return _send_request(self._port, method, path, body=body, headers=self._headers | (headers or {}))


def _send_request(
    port: int, method: str, path: str, body: bytes = b"", *, headers: dict[str, str] | None = None
) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE, blocksize=BLOCK)
    try:
        connection.request(method, path, body or None, headers or {})
        response = connection.getresponse()
        if response.status >= 300:
            raise RuntimeError(f"{method} {path}: {response.status} {response.read(500)!r}")
        if response.headers.get_content_subtype() == "json":
            return Answer(response.headers, response.read())
        block = bytearray(BLOCK)
        while response.readinto(block):
            pass
        return Answer(response.headers, b"")
    finally:
        connection.close()


def _time_work(work: Callable[..., object], *arguments: object) -> float:
    started = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - started


def _vary_content(content: bytes) -> bytes:
    """Return other bytes each time: equal ones are stored once."""
    return uuid4().bytes + content[16:]


def _take_photo() -> bytes:
    """Return a JPEG as large as that of a phone, with as much in it."""
    from PIL import Image

    coarse = Image.frombytes("RGB", (252, 189), random.randbytes(252 * 189 * 3)).resize(PHOTO, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(PHOTO, 12).convert("RGB")
    Image.blend(coarse, grain, 0.25).save(photo := io.BytesIO(), "JPEG", quality=90)
    return photo.getvalue()


def _run_vips(program: str, photos: list[Path]) -> None:
    for side in SIDES:
        named = [str(photo) for photo in photos]
        command = ["taskset", "-c", str(cores()[0]), program, "--size", str(side), "-o", f"%s-{side}.webp", *named]
        subprocess.run(command, check=True)
