"""Catalogues follow the source, and their faults are named."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.core.management import CommandError, call_command
from pytest_django import Settings

from config import translations


@pytest.fixture
def catalogues(settings: Settings, tmp_path: Path) -> Path:
    """A copy of the catalogues, to be changed."""
    shutil.copytree(settings.LOCALE_PATHS[0], tmp_path / "locale")
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return tmp_path / "locale"


@pytest.mark.parametrize(
    ("text", "translation", "fault"),
    [
        ("Rooms", "", "not translated"),
        ("Hello %(name)s", "Hallo %(nam)s", "other placeholders"),
        ("At most {count}", "Höchstens", "other placeholders"),
        (("%(n)s room", "%(n)s rooms"), ("%(m)s Raum", "%(n)s Räume"), "unknown placeholder"),
        (("%(n)s room", "%(n)s rooms"), ("Ein Raum", "%(n)s Räume"), None),
        ("Rooms", "Räume", None),
    ],
)
def test_faults_of_a_translation_are_named(
    text: str | tuple[str, str], translation: str | tuple[str, str], fault: str | None
) -> None:
    catalog = Catalog(locale="de")
    catalog.add(text, translation)

    faults = list(translations.find_faults(catalog))

    assert len(faults) == (fault is not None) and all(fault in named for named in faults)


def test_texts_of_the_source_are_added_and_others_removed(catalogues: Path) -> None:
    file = catalogues / "de/LC_MESSAGES/djangojs.po"
    complete = file.read_text()
    file.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n\nmsgid "Gone"\nmsgstr "Fort"\n')

    with pytest.raises(CommandError, match="differ: run `manage.py makemessages`") as refusal:
        call_command("makemessages", check=True)
    assert "Gone" in str(refusal.value) and "Gone" in file.read_text()
    warnings = StringIO()
    call_command("makemessages", stderr=warnings)

    assert "Gone" not in file.read_text() and file.read_text().count("msgid ") == complete.count("msgid ")
    assert "is not translated" in warnings.getvalue()


def test_compiled_files_follow_their_catalogue(catalogues: Path) -> None:
    file = catalogues / "de/LC_MESSAGES/django.mo"
    compiled = file.read_bytes()
    file.write_bytes(b"broken")

    with pytest.raises(CommandError, match="compilemessages"):
        call_command("compilemessages", check=True)
    assert file.read_bytes() == b"broken"
    call_command("compilemessages")

    assert len(file.read_bytes()) == len(compiled)
    call_command("compilemessages", check=True)


def test_the_former_name_does_both_and_names_its_successors() -> None:
    notice = StringIO()

    call_command("words", check=True, stderr=notice)

    assert "makemessages" in notice.getvalue()
