"""Object storage by its address: ``s3://``, ``gs://``, ``az://``, through Arrow's own file systems.

Credentials and endpoints come from the environment, as the storage's own tools read them (``AWS_ACCESS_KEY_ID``,
``AWS_ENDPOINT_URL``, ``GOOGLE_APPLICATION_CREDENTIALS``, ``AZURE_STORAGE_ACCOUNT_NAME``, …). Nothing here knows
what is in the objects.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from pyarrow import fs

from warehouse.remote.addresses import StoreError, checked

Result = TypeVar("Result")
_PIECE = 8 * 1024 * 1024
_SECRETS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AZURE_STORAGE_ACCOUNT_KEY",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An object: its key below the store's root, its size in bytes, and when it was written (ns since 1970)."""

    key: str
    size: int
    mtime_ns: int


class Store:
    """The objects below one address. Every method raises StoreError with one line where the storage refuses."""

    def __init__(self, address: str) -> None:
        self.address = checked(address)
        parts = urlsplit(self.address)
        self._bucket = parts.netloc
        self._root = f"{parts.netloc}{parts.path}".rstrip("/")
        self._fs: fs.FileSystem = self._told(_MAKERS[parts.scheme])

    def list(self, below: str = "") -> list[Entry]:
        """The objects whose key begins with ``below``, a folder's name or nothing, sorted by key."""
        root = f"{self._root}/{below}".rstrip("/")
        chosen = fs.FileSelector(root, recursive=True, allow_not_found=True)
        found = self._told(lambda: self._fs.get_file_info(chosen))
        return sorted(
            (
                Entry(info.path[len(self._root) + 1 :], info.size, info.mtime_ns or 0)
                for info in found
                if info.type is fs.FileType.File
            ),
            key=lambda entry: entry.key,
        )

    def itself(self) -> Entry | None:
        """The object at the address itself, with no key; None where there is a folder of them, or nothing."""
        info = self._told(lambda: self._fs.get_file_info(self._root))
        return Entry("", info.size, info.mtime_ns or 0) if info.type is fs.FileType.File else None

    def check_bucket(self) -> None:
        """StoreError where there is no such bucket: a folder that is missing and a bucket that is look alike."""
        info = self._told(lambda: self._fs.get_file_info(self._bucket))
        if info.type is fs.FileType.NotFound:
            raise StoreError(f"cannot use {self.address}: there is no bucket {self._bucket}; make it first")

    def read(self, key: str) -> bytes | None:
        """An object's bytes, for small ones; None where there is no such object."""
        path = self._path(key)
        if self._told(lambda: self._fs.get_file_info(path)).type is not fs.FileType.File:
            return None
        with self._told(lambda: self._fs.open_input_stream(path)) as stream:
            return bytes(self._told(stream.read))

    def write(self, key: str, data: bytes) -> None:
        """Put an object in place as a whole."""

        def put() -> None:
            with self._fs.open_output_stream(self._path(key)) as stream:
                stream.write(data)

        self._told(put)

    def download(self, key: str, target: str) -> None:
        """Copy an object into a file."""

        def copy() -> None:
            fs.copy_files(
                self._path(key),
                target,
                source_filesystem=self._fs,
                destination_filesystem=fs.LocalFileSystem(),
                chunk_size=_PIECE,
            )

        self._told(copy)

    def upload(self, source: str, key: str) -> None:
        """Copy a file into an object."""

        def copy() -> None:
            fs.copy_files(
                source,
                self._path(key),
                source_filesystem=fs.LocalFileSystem(),
                destination_filesystem=self._fs,
                chunk_size=_PIECE,
            )

        self._told(copy)

    def delete(self, key: str) -> None:
        """Remove an object, if it is there."""

        def remove() -> None:
            with suppress(FileNotFoundError):
                self._fs.delete_file(self._path(key))

        self._told(remove)

    def _path(self, key: str) -> str:
        return f"{self._root}/{key}".rstrip("/") if key else self._root

    def _told(self, do: Callable[[], Result]) -> Result:
        try:
            return do()
        except OSError as error:
            raise StoreError(f"cannot use {self.address}: {_said(error)}") from error


def _said(error: OSError) -> str:
    """The storage's own words in one line, without what the environment keeps secret."""
    said = " ".join(str(error).split())
    for secret in filter(None, (os.environ.get(name) for name in _SECRETS)):
        said = said.replace(secret, "…")
    return said[:300]


def _s3() -> fs.FileSystem:
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if not endpoint:
        return fs.S3FileSystem()
    parts = urlsplit(endpoint)
    return fs.S3FileSystem(endpoint_override=parts.netloc, scheme=parts.scheme)


def _gcs() -> fs.FileSystem:
    return fs.GcsFileSystem()


def _azure() -> fs.FileSystem:
    name = os.environ.get("AZURE_STORAGE_ACCOUNT_NAME")
    if not name:
        raise StoreError("az:// needs the storage account's name in AZURE_STORAGE_ACCOUNT_NAME")
    return fs.AzureFileSystem(name, account_key=os.environ.get("AZURE_STORAGE_ACCOUNT_KEY"))


_MAKERS: dict[str, Callable[[], fs.FileSystem]] = {"s3": _s3, "gs": _gcs, "az": _azure}
