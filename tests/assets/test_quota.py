"""System administrators set how much an organisation may store."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.audit.descriptions import describe_entry
from accounts.models import AuditEntry, Organisation, User
from assets.models import Asset, StorageUse
from assets.storing.errors import QuotaExceeded
from assets.storing.services import MAX_QUOTA, set_storage_quota, store_file
from lib.text.sizes import format_exact_size, parse_size
from tests.accounts.steps import enrol
from tests.admin import address
from tests.assets.conftest import StoreFile, list_stored
from tests.assets.test_races import SIZE, UPLOADS, run_together
from tests.conftest import ApiFor, ClientFor

pytestmark = pytest.mark.django_db
GIGABYTE = 1024**3


def test_a_quota_holds_from_then_on(store: StoreFile, root: User, halyard: Organisation) -> None:
    store(b"12345")
    set_storage_quota(actor=root, organisation_id=halyard.pk, quota=8)

    with pytest.raises(QuotaExceeded) as refusal:
        store(b"1234")
    [words] = refusal.value.messages
    assert words.replace("\xa0", " ") == (
        "The storage of this organisation has no room for 4 bytes: 5 bytes of 8 bytes are used. "
        "Delete files, or ask an administrator."
    )
    store(b"123")
    assert StorageUse.objects.get().used == 8


def test_less_than_is_used_deletes_nothing(store: StoreFile, storage: Path, root: User, halyard: Organisation) -> None:
    store(b"12345")
    set_storage_quota(actor=root, organisation_id=halyard.pk, quota=2)

    with pytest.raises(QuotaExceeded):
        store(b"x")
    store(b"12345", "again.txt")
    assert (len(list_stored(storage)), Asset.objects.count(), StorageUse.objects.get().used) == (1, 2, 5)


def test_the_quota_of_the_server_comes_back(
    store: StoreFile, root: User, halyard: Organisation, settings: Settings
) -> None:
    settings.STORAGE_QUOTA = 3
    set_storage_quota(actor=root, organisation_id=halyard.pk, quota=10)
    store(b"12345")
    set_storage_quota(actor=root, organisation_id=halyard.pk, quota=None)

    with pytest.raises(QuotaExceeded):
        store(b"x")


def test_none_but_system_administrators_set_it(alice: User, bob: User, charlie: User, halyard: Organisation) -> None:
    for user in (alice, bob, charlie):
        with pytest.raises(PermissionDenied):
            set_storage_quota(actor=user, organisation_id=halyard.pk, quota=1)
    assert not StorageUse.objects.exists()


@pytest.mark.parametrize("quota", [-1, MAX_QUOTA + 1])
def test_other_numbers_are_refused(root: User, halyard: Organisation, quota: int) -> None:
    with pytest.raises(ValidationError):
        set_storage_quota(actor=root, organisation_id=halyard.pk, quota=quota)


def test_an_organisation_that_is_not_there_has_none(root: User) -> None:
    with pytest.raises(ObjectDoesNotExist):
        set_storage_quota(actor=root, organisation_id=root.pk, quota=1)


def test_it_is_recorded_once_in_words(root: User, halyard: Organisation) -> None:
    for quota in (None, 20 * GIGABYTE, 20 * GIGABYTE, None):
        set_storage_quota(actor=root, organisation_id=halyard.pk, quota=quota)

    entries = AuditEntry.objects.filter(organisation=halyard, table_name="assets_storageuse").order_by("pk")
    assert [describe_entry(entry) for entry in entries] == [
        "changed how much may be stored from nothing to 20 GB",
        "changed how much may be stored from 20 GB to nothing",
    ]


def test_owners_see_it(
    api_for: ApiFor, client_for: ClientFor, root: User, alice: User, bob: User, store: StoreFile
) -> None:
    asset = store(b"x" * 3 * 1024)
    set_storage_quota(actor=root, organisation_id=asset.organisation_id, quota=6 * 1024)

    assert api_for(alice).call("GET", "/orgs/halyard/storage").json()["quota"] == 6 * 1024
    for page in ("/o/halyard/settings/", "/o/halyard/files/", "/o/halyard/files/storage/"):
        shown = client_for(alice).get(page).text
        assert 'max="6144" value="3072"' in shown, page
        assert "3.0\xa0KB of 6.0\xa0KB used" in shown, page
    for page in ("/o/halyard/settings/", "/o/halyard/files/"):
        assert "KB used" not in client_for(bob).get(page).text and 'max="6144"' not in client_for(bob).get(page).text


def test_the_admin_sets_it_with_units(client_for: ClientFor, root: User, alice: User, halyard: Organisation) -> None:
    enrol(root)
    browser = client_for(root)
    fields = {"organisation": str(halyard.pk), "quota": "1.5 GB"}

    answer = browser.post(address(StorageUse, "add"), fields)
    assert answer.status_code == 302 and answer["Location"] == address(StorageUse, "changelist")
    use = StorageUse.objects.get()
    assert use.quota == 1536 * 1024**2
    page = address(StorageUse, "change", use.pk)
    assert 'value="1536 MB"' in browser.get(page).text
    for wrong in ("much", "-1", "99999999 PB"):
        assert browser.post(page, {"quota": wrong}).status_code == 200
    assert browser.post(address(StorageUse, "add"), fields).status_code == 200  # it has one
    assert browser.post(page, {"quota": ""}).status_code == 302
    use.refresh_from_db()
    assert use.quota is None
    assert AuditEntry.objects.filter(user=root, table_name="assets_storageuse").count() == 2
    assert client_for(alice).post(page, {"quota": "1"}).status_code in (302, 403)
    use.refresh_from_db()
    assert use.quota is None


def test_staff_without_the_role_only_look(client_for: ClientFor, alice: User, halyard: Organisation) -> None:
    User.objects.filter(pk=alice.pk).update(is_staff=True, is_superuser=True)
    enrol(alice)
    use = StorageUse.objects.create(organisation=halyard)
    browser = client_for(alice)

    assert browser.post(address(StorageUse, "change", use.pk), {"quota": "1"}).status_code == 403
    assert browser.get(address(StorageUse, "add")).status_code == 403
    use.refresh_from_db()
    assert use.quota is None


def test_the_command_line_sets_it(halyard: Organisation) -> None:
    told = StringIO()
    call_command("set_quota", "halyard", "20GB", stdout=told)
    assert StorageUse.objects.get().quota == 20 * GIGABYTE
    assert "Halyard may store 20.0\xa0GB, and stores 0\xa0bytes." in told.getvalue()

    call_command("set_quota", "halyard", "default", stdout=told)
    assert StorageUse.objects.get().quota is None
    for arguments in (("nowhere", "1"), ("halyard", "much"), ("halyard", "99999999PB")):
        with pytest.raises(CommandError):
            call_command("set_quota", *arguments)


@pytest.mark.django_db(transaction=True)
def test_twenty_uploads_stay_below_a_quota_that_is_set_meanwhile(
    root: User, bob: User, halyard: Organisation, storage: Path, tmp_path: Path
) -> None:
    """Those before it count; behind it nothing goes over it."""
    before: list[int] = []

    def work(number: int) -> bool:
        if number == 0:
            before.append(set_storage_quota(actor=root, organisation_id=halyard.pk, quota=5 * SIZE).used)
            return False
        path = tmp_path / str(number)
        path.write_bytes(os.urandom(SIZE))
        try:
            store_file(actor=bob, organisation_id=halyard.pk, path=path, name=f"{number}.bin")
        except QuotaExceeded:
            return False
        return True

    stored = sum(run_together(work))

    assert stored == max(5, before[0] // SIZE) < UPLOADS
    assert StorageUse.objects.get().used == stored * SIZE == sum(path.stat().st_size for path in list_stored(storage))


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("4096", 4096),
        ("20 GB", 20 * GIGABYTE),
        ("1.5g", 1536 * 1024**2),
        ("1,5 MiB", 1536 * 1024),
        (" 0 b ", 0),
        ("3k", 3072),
    ],
)
def test_sizes_are_read(text: str, size: int) -> None:
    assert parse_size(text) == size
    assert parse_size(format_exact_size(size)) == size


@pytest.mark.parametrize("text", ["", "GB", "-1", "1 e9", "1 XB", "1..5 GB", "٣", "1" * 40])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=None):
        parse_size(text)
