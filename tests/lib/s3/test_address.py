"""The setting of a storage is read to the letter, and what is wrong with it is said without its secret."""

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from lib.s3.address import BadStorageUrl, StorageAddress, parse_storage_url


def test_each_part_is_decoded() -> None:
    url = "s3://K%2B1:a%2Fb%40c%3Ad@crew/at%20rium/?endpoint=https%3A%2F%2Fs3.example%3A9000/&region=eu-1"
    address = parse_storage_url(url)

    assert address == StorageAddress("crew", "at rium", "K+1", "a/b@c:d", "https://s3.example:9000", "eu-1", "path")
    assert address.origins == ["https://s3.example:9000"]


@pytest.mark.parametrize(
    ("url", "origins"),
    [
        ("s3://crew?region=eu-1", ["https://crew.s3.eu-1.amazonaws.com", "https://crew.s3.amazonaws.com"]),
        ("s3://crew.files", ["https://s3.us-east-1.amazonaws.com", "https://s3.amazonaws.com"]),
        ("s3://crew?endpoint=https://s3.example&addressing=virtual", ["https://crew.s3.example"]),
        ("s3://crew?endpoint=https://s3.example&addressing=auto", ["https://s3.example", "https://crew.s3.example"]),
    ],
)
def test_browsers_are_led_to_the_bucket_alone_where_it_has_a_name(url: str, origins: list[str]) -> None:
    assert parse_storage_url(url).origins == origins


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("crew", "begin with s3://"),
        ("https://crew", "begin with s3://"),
        ("s3://", "lacks the bucket"),
        ("s3://key:sec#ret@crew", "secret"),
        ("s3://key:sec/ret@crew", "secret"),
        ("s3://key:[ret@crew", "encode special characters"),
        ("s3://key@crew", "a key without a secret"),
        ("s3://crew?endpoint=s3.example", "endpoint"),
        ("s3://crew?endpoint=ftp://s3.example", "endpoint"),
        ("s3://crew?regoin=eu", "regoin"),
        ("s3://crew?region", "no URL"),
        ("s3://crew:9000", "no URL"),
        ("s3://crew?addressing=dns", "addressing"),
    ],
)
def test_what_names_no_storage_is_refused(url: str, why: str) -> None:
    with pytest.raises(BadStorageUrl, match=why) as raised:
        parse_storage_url(url)

    assert "ret@" not in str(raised.value)


def test_check_says_it(settings: Settings) -> None:
    settings.STORAGE_URL = "s3://key:hush@?region=eu"

    with pytest.raises(CommandError, match=r"\(assets\.E001\) STORAGE_URL names no storage\. It lacks") as raised:
        call_command("check")

    assert "hush" not in str(raised.value)
    settings.STORAGE_URL = "s3://key:hush@crew"
    call_command("check")
