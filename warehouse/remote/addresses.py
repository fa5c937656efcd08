"""Addresses on object storage, told from paths; nothing here speaks to a storage or imports what does."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

SCHEMES = ("s3", "gs", "az")
NO_ADDRESS = (
    "Dagster's page and daemon work in a folder, not at {address}: give another --home, "
    "or have a timer say `communique run` for the address"
)
_ELSEWHERE = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AZURE_STORAGE_ACCOUNT_NAME")


class StoreError(Exception):
    """The storage cannot be used as asked; the message says what, where and what to do, in one line."""


def is_address(text: str) -> bool:
    """Whether this names a place on object storage rather than a path."""
    scheme, sign, _ = text.partition("://")
    return bool(sign) and scheme in SCHEMES


def checked(address: str) -> str:
    """The address without a slash at its end; StoreError for one that is none, or that holds a secret."""
    parts = urlsplit(address)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise StoreError(
            f"an address on {parts.scheme}:// is a bucket and a folder; credentials are set in the environment"
        )
    if not parts.netloc:
        raise StoreError(f"{address} names no bucket: write it as {parts.scheme}://bucket/folder")
    if parts.path.strip("/") and {"", ".", ".."} & set(parts.path.removeprefix("/").rstrip("/").split("/")):
        raise StoreError(f"{address} is no plain address: write it as {parts.scheme}://bucket/folder")
    return address.rstrip("/")


def identity(address: str) -> str:
    """What tells the place from all others: the address, and the service that the environment names."""
    return "\n".join([checked(address), *(os.environ.get(name, "") for name in _ELSEWHERE)])
