"""Static files as production collects them: joined, named by their content, compressed."""

import gzip
import json
import os
import re
import time
from pathlib import Path

import brotli
import pytest
from django.conf import settings as product
from pytest_django import Settings

from config.static_files.storage import JoinedStorage, are_static_files_current
from config.static_files.styles import (
    JOINED,
    UnsupportedStyleSheet,
    join_stylesheets,
    list_stylesheets,
    strip_stylesheet,
)
from tests.prepared import static_folder

CSS = product.BASE_DIR / "static/css"


@pytest.fixture
def storage() -> JoinedStorage:
    return JoinedStorage(location=static_folder(), base_url="/static/")


def test_every_stylesheet_is_joined_in_the_order_of_its_layers(storage: JoinedStorage) -> None:
    joined = (static_folder() / storage.stored_name(JOINED)).read_text()

    rules = [strip_stylesheet((CSS.parent / sheet).read_text()) for sheet in list_stylesheets()]
    places = [joined.index(each) for each in rules]
    assert "/*" not in joined
    assert places == sorted(places)
    assert sorted(list_stylesheets()) == sorted(f"css/{path.name}" for path in CSS.glob("*.css"))
    assert joined.index("@layer reset, ") < joined.index("@layer reset {")


@pytest.mark.parametrize("rule", ['@import "b.css";', '@charset "utf-8";'])
def test_rules_that_only_begin_a_file_are_refused(rule: str) -> None:
    sheets = dict.fromkeys(list_stylesheets(), "a {}\n")

    with pytest.raises(UnsupportedStyleSheet, match="css/base.css"):
        join_stylesheets(sheets | {"css/base.css": f"{rule}\n"})


def test_files_that_style_sheets_link_to_have_their_hashed_names(tmp_path: Path) -> None:
    storage = JoinedStorage(location=tmp_path, base_url="/static/")
    sources = {"img/a.svg": "<svg/>", "js/translations/en.js": "export default {}\n"}
    sources |= dict.fromkeys(list_stylesheets(), "a { background: url(../img/a.svg#b) }\n")
    for name, text in sources.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    list(storage.post_process({name: (storage, name) for name in sources}))

    joined = (tmp_path / storage.stored_name(JOINED)).read_text()
    assert set(re.findall(r"url\(([^)]+)\)", joined)) == {f'"../{storage.stored_name("img/a.svg")}#b"'}


@pytest.mark.parametrize("entry", ["page", "app", "room", "settings"])
def test_entry_points_are_hashed_and_compressed(storage: JoinedStorage, entry: str) -> None:
    names = storage.list_scripts(entry, "de")

    assert names[-1] == f"js/joined/{entry}.de.js"
    for name in names:
        file = static_folder() / storage.stored_name(name)
        assert re.fullmatch(r"[\w-]+\.de\.[0-9a-f]{12}\.js", file.name)
        assert gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes()) == file.read_bytes()
        assert brotli.decompress(file.with_name(f"{file.name}.br").read_bytes()) == file.read_bytes()


def test_an_entry_point_without_imports_stays_as_it_is(storage: JoinedStorage) -> None:
    assert storage.list_scripts("people-picker", "en") == ["js/people-picker.js"]


def test_static_files_are_collected_anew_after_a_change(tmp_path: Path, settings: Settings) -> None:
    source = tmp_path / "static/css/a.css"
    source.parent.mkdir(parents=True)
    source.touch()
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [tmp_path / "static"], tmp_path / "collected"
    assert not are_static_files_current()

    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").write_text(json.dumps({}))
    assert are_static_files_current()

    os.utime(source, (time.time() + 9, time.time() + 9))
    assert not are_static_files_current()
