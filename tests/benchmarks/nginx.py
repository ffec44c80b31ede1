"""nginx as the yardstick of bytes: one worker that stores what is put and sends what is there."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.server import cores, free_port

CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/bodies;
  client_max_body_size 0;
  sendfile on;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/files;
    location / {{ dav_methods PUT; }}
  }}
}}
"""
START_SECONDS = 10.0


def find_nginx() -> str | None:
    """Return the path of nginx with its WebDAV module, as Debian has it."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@contextmanager
def run_nginx(program: str, folder: Path) -> Iterator[int]:
    """Run nginx on the server's core, with its files in a folder; yield its port."""
    port = free_port()
    for name in ("files", "bodies"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name).chmod(0o777)  # as root it writes as another user
    (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=port))
    command = ["taskset", "-c", str(cores()[0]), program, "-p", str(folder), "-c", "nginx.conf"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _await_start(folder, process)
            yield port
        finally:
            process.terminate()


def _await_start(folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not (folder / "nginx.pid").exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"nginx does not start: {(folder / 'error.log').read_text()}")
        time.sleep(0.02)
