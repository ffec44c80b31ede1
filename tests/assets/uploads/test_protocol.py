"""Each request of tus, and each fault of one, through the real server."""

import base64
import hashlib

import pytest

from tests.assets.uploads.conftest import LIMIT, Tus, encode_metadata
from tests.live import LiveServer, Person

CONTENT = b"Low tide at six.\n"
GERMAN = {"Accept-Language": "de"}


def checksum(content: bytes, algorithm: str = "sha256") -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


def test_the_server_says_what_it_can_to_anybody(tus: Tus) -> None:
    answer = tus.ask("OPTIONS", Authorization="none", Tus_Resumable="")

    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers["Tus-Max-Size"] == str(LIMIT)
    assert answer.headers["Tus-Extension"] == "creation,creation-with-upload,termination,checksum,expiration"
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_a_file_in_two_parts(tus: Tus) -> None:
    address = tus.begin(len(CONTENT))
    assert address.startswith("http://127.0.0.1:")

    first = tus.append(address, 0, CONTENT[:5])
    assert (first.status_code, first.headers["Upload-Offset"], first.content) == (204, "5", b"")
    assert "Atrium-Asset" not in first.headers and first.headers["Upload-Expires"].endswith("GMT")
    assert tus.read_offset(address) == 5
    last = tus.append(address, 5, CONTENT[5:])
    shown = tus.ask("HEAD", address)

    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(CONTENT)))
    assert shown.headers["Atrium-Asset"] == last.headers["Atrium-Asset"]
    assert (shown.headers["Upload-Length"], shown.headers["Cache-Control"]) == (str(len(CONTENT)), "no-store")
    assert tus.fetch(last.headers["Atrium-Asset"]) == CONTENT
    assert tus.person.get(f"/assets/{last.headers['Atrium-Asset']}").json()["name"] == "a.bin"


def test_a_file_with_its_creation(tus: Tus) -> None:
    answer = tus.create(len(CONTENT), content=CONTENT)

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(CONTENT)))
    assert tus.fetch(answer.headers["Atrium-Asset"]) == CONTENT


def test_the_beginning_of_a_file_with_its_creation(tus: Tus) -> None:
    answer = tus.create(len(CONTENT), content=CONTENT[:4])
    last = tus.append(answer.headers["Location"], 4, CONTENT[4:])

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "4")
    assert tus.fetch(last.headers["Atrium-Asset"]) == CONTENT


def test_an_empty_file_is_finished_in_its_creation(tus: Tus) -> None:
    answer = tus.create(0)

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "0")
    assert tus.fetch(answer.headers["Atrium-Asset"]) == b""


def test_metadata_names_the_file(tus: Tus) -> None:
    said = "caption ," + encode_metadata(
        name="null", filename="кофе ☕/../x\u202etxt.md", org="halyard", alt_text="Low tide"
    )
    answer = tus.create(2, content=b"ok", Upload_Metadata=said)
    shown = tus.person.get(f"/assets/{answer.headers['Atrium-Asset']}").json()

    assert (shown["name"], shown["alt_text"]) == ("xtxt.md", "Low tide")


def test_a_terminated_upload_is_gone(tus: Tus, server: LiveServer) -> None:
    address = tus.begin(10)
    tus.append(address, 0, b"12345")
    assert (server.data_dir / "uploads" / address[-36:]).exists()

    assert tus.ask("DELETE", address).status_code == 204
    assert [tus.ask(method, address).status_code for method in ("HEAD", "DELETE")] == [404, 404]
    assert tus.append(address, 5, b"67890").status_code == 404
    assert not (server.data_dir / "uploads" / address[-36:]).exists()


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_right_checksum_is_accepted(tus: Tus, algorithm: str) -> None:
    address = tus.begin(len(CONTENT))

    assert tus.append(address, 0, CONTENT[:5], Upload_Checksum=checksum(CONTENT[:5], algorithm)).status_code == 204
    last = tus.append(address, 5, CONTENT[5:], Upload_Checksum=checksum(CONTENT[5:], algorithm))
    assert tus.fetch(last.headers["Atrium-Asset"]) == CONTENT


def test_bytes_with_a_wrong_checksum_are_dropped(tus: Tus) -> None:
    address = tus.begin(len(CONTENT))
    tus.append(address, 0, CONTENT[:5])

    answer = tus.append(address, 5, CONTENT[5:], Upload_Checksum=checksum(b"other"))

    assert (answer.status_code, answer.json()["code"]) == (460, "checksum_mismatch")
    assert tus.read_offset(address) == 5
    assert tus.append(address, 5, CONTENT[5:]).headers["Atrium-Asset"]


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Tus_Resumable": ""}, 412, "version_unsupported"),
        ({"Tus_Resumable": "0.2.2"}, 412, "version_unsupported"),
        ({"Upload_Length": ""}, 400, "bad_request"),
        ({"Upload_Length": "-1"}, 400, "bad_request"),
        ({"Upload_Length": "1e3"}, 400, "bad_request"),
        ({"Upload_Length": "9" * 30}, 400, "bad_request"),
        ({"Upload_Length": str(LIMIT + 1)}, 413, "too_large"),
        ({"Upload_Length": "", "Upload_Defer_Length": "1"}, 400, "extension_unsupported"),
        ({"Upload_Concat": "partial"}, 400, "extension_unsupported"),
        ({"Upload_Metadata": "filename !!!"}, 400, "bad_request"),
        ({"Upload_Metadata": "filename /w=="}, 400, "bad_request"),
        ({"Upload_Metadata": ""}, 422, "invalid"),
        ({"Upload_Metadata": encode_metadata(org="elsewhere")}, 404, "not_found"),
        ({"Upload_Metadata": encode_metadata(org="hal\0yard")}, 404, "not_found"),
        ({"Upload_Metadata": encode_metadata(org="halyard\n")}, 404, "not_found"),
        ({"Upload_Metadata": encode_metadata(org="../halyard")}, 404, "not_found"),
        ({"Upload_Metadata": encode_metadata(org="x" * 5000)}, 404, "not_found"),
        (
            {"Upload_Metadata": encode_metadata(org="halyard") + ",org " + base64.b64encode(b"\0").decode()},
            404,
            "not_found",
        ),
        ({"Upload_Metadata": encode_metadata(org="halyard", alt_text="low\0tide")}, 422, "invalid"),
        ({"Upload_Metadata": encode_metadata(org="halyard", alt_text="x" * 1001)}, 422, "invalid"),
        ({"Upload_Checksum": "md5 xx"}, 400, "checksum_unsupported"),
        ({"Upload_Checksum": "sha1 xx"}, 400, "bad_request"),
        ({"Authorization": "Bearer made-up"}, 401, "token_invalid"),
        ({"Host": "evil.example"}, 400, "bad_request"),
    ],
)
def test_a_creation_is_refused(tus: Tus, headers: dict[str, str], status: int, code: str) -> None:
    answer = tus.create(10, **headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Upload_Offset": "4"}, 409, "wrong_offset"),
        ({"Upload_Offset": "6"}, 409, "wrong_offset"),
        ({"Upload_Offset": ""}, 400, "bad_request"),
        ({"Upload_Offset": "five"}, 400, "bad_request"),
        ({"Content_Type": "text/plain"}, 415, "unsupported_type"),
        ({"Tus_Resumable": "2.0"}, 412, "version_unsupported"),
        ({"Upload_Checksum": "crc32 xx"}, 400, "checksum_unsupported"),
    ],
)
def test_a_part_is_refused(tus: Tus, headers: dict[str, str], status: int, code: str) -> None:
    address = tus.begin(10)
    tus.append(address, 0, b"12345")

    answer = tus.append(address, 5, b"67890", **headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert tus.read_offset(address) == 5


@pytest.mark.parametrize("chunked", [False, True])
def test_more_than_was_said_is_refused_and_dropped(tus: Tus, chunked: bool) -> None:
    address = tus.begin(10)
    tus.append(address, 0, b"12345")

    answer = tus.append(address, 5, iter([b"6789", b"01"]) if chunked else b"678901")

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert tus.read_offset(address) == 5


def test_other_methods_and_paths(tus: Tus) -> None:
    address = tus.begin(1)

    assert tus.ask("GET").headers["Allow"] == "OPTIONS, POST"
    assert (tus.ask("GET", address).status_code, tus.ask("PUT", address).status_code) == (405, 405)
    assert [tus.ask("HEAD", f"/api/v1/uploads/{name}").status_code for name in ("x", "%00")] == [404, 404]
    assert tus.ask("POST", "/api/v1/uploads/", Upload_Length="x").status_code == 400


def test_a_method_in_a_header_of_a_post(tus: Tus) -> None:
    address = tus.begin(2)

    answer = tus.ask(
        "POST",
        address,
        b"ok",
        Upload_Offset="0",
        X_HTTP_Method_Override="PATCH",
        Content_Type="application/offset+octet-stream",
    )

    assert answer.status_code == 204 and answer.headers["Atrium-Asset"]


def test_a_part_after_the_last_is_refused(tus: Tus) -> None:
    address = tus.begin(2)
    asset_id = tus.append(address, 0, b"ok").headers["Atrium-Asset"]

    assert tus.append(address, 0, b"ok").status_code == 409
    assert tus.append(address, 2, b"more").status_code == 413
    assert tus.append(address, 2, b"").headers["Atrium-Asset"] == asset_id


def test_answers_are_in_the_language_of_the_client(tus: Tus) -> None:
    assert "Upload-Length" in tus.create(1, Upload_Length="", **GERMAN).json()["detail"]


def test_the_upload_of_another_user_does_not_exist(tus: Tus, server: LiveServer, bob: Person) -> None:
    alice, charlie = server.sign_up("Alice"), server.sign_up("Charlie")
    bob.invite("halyard", alice)
    address = tus.begin(10)

    for other in (Tus(alice), Tus(charlie)):
        statuses = [other.ask("HEAD", address), other.append(address, 0, b"12345"), other.ask("DELETE", address)]
        assert [answer.status_code for answer in statuses] == [404, 404, 404]
    assert Tus(charlie).create(10).status_code == 404
    assert tus.read_offset(address) == 0


def test_a_removed_member_goes_no_further(tus: Tus, server: LiveServer, bob: Person) -> None:
    dana = server.sign_up("Dana")
    bob.invite("halyard", dana)
    hers = Tus(dana)
    address = hers.begin(10)
    hers.append(address, 0, b"12345")

    bob.ask("DELETE", f"/orgs/halyard/members/{dana.id}")

    assert hers.append(address, 5, b"67890").status_code == 404
    assert hers.ask("HEAD", address).status_code == 404


def test_a_token_needs_the_scope(tus: Tus, bob: Person) -> None:
    def use(scope: str) -> int:
        token = bob.ask("POST", "/me/tokens", {"name": "Script", "scopes": [scope]})["token"]
        return tus.create(1, Authorization=f"Bearer {token}").status_code

    assert (use("files:write"), use("files:read")) == (201, 403)
