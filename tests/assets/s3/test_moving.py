"""All files go to a bucket and back: none is lost, damaged, or sent twice, however often that is interrupted."""

import os
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from assets.moving import services
from assets.moving.journal import Journal
from assets.storage import open_store
from assets.stores.bucket import BucketStore
from assets.stores.folder import FolderStore
from tests.assets.s3.conftest import StoredPath
from tests.live import free_port
from tests.prepared import ROOT
from tests.s3_server import S3Server

COUNT = 300


@pytest.fixture
def files(tmp_path: Path, settings: Settings, storage: StoredPath) -> dict[str, bytes]:
    """The files of a folder, and what else lies there; the bucket is not configured yet."""
    settings.STORAGE_URL = ""
    files = {f"blobs/{number % 7}/{number}": b"%d" % number * 50 for number in range(COUNT)}
    files |= {"avatars/a.webp": b"WebP", "emoji/b.webp": b"", "blobs/aa/large": os.urandom(9_000_000)}
    for path, content in files.items():
        (tmp_path / "files" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "files" / path).write_bytes(content)
    return files


def move(to: str) -> str:
    call_command("move_files", to=to, stdout=(out := StringIO()))
    return out.getvalue()


def kill_half_way(to: str, data_dir: Path, storage_url: str = "") -> None:
    """Start it, and kill it once some files have been copied."""
    command = [sys.executable, "manage.py", "move_files", "--to", to]
    environment = os.environ | {"DATA_DIR": str(data_dir), "DEBUG": "on", "STORAGE_URL": storage_url}
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:  # noqa: S603  our own
        deadline = time.monotonic() + 60
        while sum(journal.stat().st_size for journal in data_dir.glob("moved_files.*")) < 200:
            assert time.monotonic() < deadline and process.poll() is None
            time.sleep(0.002)
        process.kill()


def read_all(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_they_go_there_and_back_though_killed(
    files: dict[str, bytes], tmp_path: Path, settings: Settings, s3_server: S3Server, storage: StoredPath
) -> None:
    url = s3_server.build_url("crew", "/atrium")
    kill_half_way(url, tmp_path)
    arrived = sum(1 for _ in open_store(url).list_files())
    assert 0 < arrived < len(files)

    said = move(url)

    assert f"Copied: {len(files) - arrived}." in said
    assert "set STORAGE_URL" in said and "p%2Fq" not in said
    assert "Copied: 0." in move(url)
    assert read_all(tmp_path / "files") == files

    back = tmp_path / "back"
    back.mkdir()
    kill_half_way("local", back, url)
    settings.STORAGE_URL, settings.DATA_DIR, settings.MEDIA_ROOT = url, back, back / "files"
    assert 0 < len(read_all(back / "files")) < len(files)
    assert "remove STORAGE_URL" in move("local")
    assert read_all(back / "files") == files


def test_what_is_damaged_there_is_sent_again(
    files: dict[str, bytes], s3_server: S3Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = s3_server.build_url("crew", "/atrium")
    (tmp_path / "damaged").write_bytes(b"JPEG")
    open_store(url).put_file(tmp_path / "damaged", "avatars/a.webp")

    move(url)

    with open_store(url).open_file("avatars/a.webp") as file:
        assert file.read() == b"WebP"


def test_a_copy_with_other_bytes_is_told_and_taken_back(
    files: dict[str, bytes], s3_server: S3Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def put_other(store: BucketStore, source: Path, path: str) -> None:
        put(store, tmp_path / "other" if path == "emoji/b.webp" else source, path)

    (tmp_path / "other").write_bytes(b"other")
    put = BucketStore.put_file
    monkeypatch.setattr(BucketStore, "put_file", put_other)
    monkeypatch.setattr(services, "AT_ONCE", 1000)
    url = s3_server.build_url("crew", "/atrium")

    with pytest.raises(CommandError, match=r"emoji/b\.webp has other bytes"):
        move(url)

    assert not open_store(url).has_file("emoji/b.webp")


def test_what_can_not_be_done_is_said(files: dict[str, bytes], settings: Settings, s3_server: S3Server) -> None:
    with pytest.raises(CommandError, match="That is where the files are"):
        move("local")
    with pytest.raises(CommandError, match="This names no storage"):
        move("s3://")
    with pytest.raises(CommandError, match="does not answer"):
        move(f"s3://a:b@crew?endpoint=http://127.0.0.1:{free_port()}")


def test_a_file_that_is_being_written_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files/a.part").touch()
    (tmp_path / "files/b").touch()
    (tmp_path / "to").mkdir()

    missing = services.list_missing_files(
        FolderStore(tmp_path / "files"), FolderStore(tmp_path / "to"), Journal("elsewhere")
    )

    assert [file.path for file in missing] == ["b"]
