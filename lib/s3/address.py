"""Read the setting that names an S3-compatible storage: `s3://KEY:SECRET@bucket/prefix?endpoint=https://…&region=…`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

OPTIONS = ("addressing", "endpoint", "region")
DEFAULT_REGION = "us-east-1"
ADDRESSING = ("auto", "path", "virtual")
NOT_ENCODED = "It is no URL that we can read: encode special characters of the secret, / as %2F."


class BadStorageUrl(ValueError):
    """Setting that names no storage. The text says why, and never repeats a secret."""


@dataclass(frozen=True, slots=True)
class StorageAddress:
    """A bucket, by which server, and who we are there. Empty keys: those of the machine, as boto3 finds them.

    `prefix` is a folder in the bucket. An empty `endpoint` is Amazon's of the region.
    """

    bucket: str
    prefix: str
    key: str
    secret: str
    endpoint: str
    region: str
    addressing: str

    @property
    def origins(self) -> list[str]:
        """Return the origins of signed addresses, as Content-Security-Policy names them."""
        if not self.endpoint:
            # No certificate covers a bucket with dots: it is a part of the path.
            bucket = "" if "." in self.bucket else f"{self.bucket}."
            return [f"https://{bucket}s3.{self.region}.amazonaws.com", f"https://{bucket}s3.amazonaws.com"]
        scheme, netloc = urlsplit(self.endpoint)[:2]
        hosts = {"path": [netloc], "virtual": [f"{self.bucket}.{netloc}"], "auto": [netloc, f"{self.bucket}.{netloc}"]}
        return [f"{scheme}://{host}" for host in hosts[self.addressing]]


def parse_storage_url(url: str) -> StorageAddress:
    """Return what a setting says, each part of it decoded from percent signs. Raise BadStorageUrl."""
    try:
        parts = urlsplit(url)
        options = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        bucket, is_cut = unquote(parts.hostname or ""), bool(parts.port or parts.fragment)
    except ValueError:  # a port that is no number, too
        raise BadStorageUrl(NOT_ENCODED) from None
    if parts.scheme != "s3":
        raise BadStorageUrl("It has to begin with s3://")
    if is_cut:
        raise BadStorageUrl(NOT_ENCODED)
    if not bucket:
        raise BadStorageUrl("It lacks the bucket: s3://KEY:SECRET@bucket.")
    if bool(parts.username) != bool(parts.password):
        raise BadStorageUrl("It has a key without a secret, or a secret without a key.")
    given = {name: options.get(name, [""])[-1] for name in OPTIONS}
    _check_options(options.keys(), given)
    return StorageAddress(
        bucket=bucket,
        prefix=unquote(parts.path).strip("/"),
        key=unquote(parts.username or ""),
        secret=unquote(parts.password or ""),
        endpoint=given["endpoint"].rstrip("/"),
        region=given["region"] or DEFAULT_REGION,
        addressing=given["addressing"] or ("path" if given["endpoint"] else "auto"),
    )


def _check_options(names: Iterable[str], given: dict[str, str]) -> None:
    if unknown := sorted(set(names) - set(OPTIONS)):
        raise BadStorageUrl(f"It has an option that nothing reads: {', '.join(unknown)}. Known: {', '.join(OPTIONS)}.")
    endpoint = urlsplit(given["endpoint"])
    if given["endpoint"] and (endpoint.scheme not in ("http", "https") or not endpoint.hostname):
        raise BadStorageUrl("Its endpoint has to be an address as https://s3.example.com.")
    if given["addressing"] not in ("", *ADDRESSING):
        raise BadStorageUrl(f"Its addressing has to be one of {', '.join(ADDRESSING)}.")
