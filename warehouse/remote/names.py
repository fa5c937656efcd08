"""Names of objects as names of files: whoever fills a bucket must not choose where on this disk they land."""

from __future__ import annotations

from pathlib import PurePosixPath

from warehouse.remote.addresses import StoreError


def safe(key: str) -> str:
    """The key, if it is a plain relative path; StoreError otherwise."""
    parts = PurePosixPath(key).parts
    if not parts or key.startswith("/") or ".." in parts or "\0" in key or "/".join(parts) != key:
        raise StoreError(
            f"the storage holds an object with the name {key!r}, which cannot be a file's: remove it"
        )
    return key
