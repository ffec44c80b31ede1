"""What a client says of whether a file stays though no message shows it, and is told of one that it gives up."""

import pytest

from tests.assets.uploads.conftest import Tus, encode_metadata
from tests.assets.uploads.test_protocol import GERMAN


@pytest.mark.parametrize(
    ("keep", "shown"), [("true", True), ("1", True), ("false", False), ("0", False), ("null", False)]
)
def test_metadata_says_whether_a_file_is_kept(tus: Tus, keep: str, shown: bool) -> None:
    said = encode_metadata(filename="a.bin", org="halyard", keep=keep)
    address = tus.create(10, Upload_Metadata=said).headers["Location"]

    expected = encode_metadata(filename="a.bin", **({"keep": "true"} if shown else {}))
    assert tus.ask("HEAD", address).headers["Upload-Metadata"] == expected


@pytest.mark.parametrize("keep", ["yes", "TRUE", "true\0"])
def test_any_other_word_is_refused(tus: Tus, keep: str) -> None:
    answer = tus.create(10, Upload_Metadata=encode_metadata(org="halyard", keep=keep), **GERMAN)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert [error["msg"] for error in answer.json()["errors"]] == ["Gib true oder false in Upload-Metadata an: keep."]


def test_who_terminates_a_finished_upload_is_told_its_asset(tus: Tus) -> None:
    address = tus.begin(2)
    asset_id = tus.append(address, 0, b"ok").headers["Atrium-Asset"]
    used = read_use(tus)

    answer = tus.ask("DELETE", address)

    assert (answer.status_code, answer.headers["Atrium-Asset"]) == (204, asset_id)
    assert tus.fetch(asset_id) == b"ok"
    # Its file uses them as before.
    assert read_use(tus) == used


def read_use(tus: Tus) -> int:
    """Return how many bytes the organisation uses."""
    return int(tus.person.ask("GET", "/orgs/halyard/storage")["used"])
