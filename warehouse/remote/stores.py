"""Object storage by its address: ``s3://``, ``gs://``, ``az://``, through Arrow's own file systems.

Credentials and endpoints come from the environment, as the storage's own tools read them (``AWS_ACCESS_KEY_ID``,
``AWS_ENDPOINT_URL``, ``GOOGLE_APPLICATION_CREDENTIALS``, ``AZURE_STORAGE_ACCOUNT_NAME``, …). Nothing here knows
what is in the objects.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from pyarrow import fs

Result = TypeVar("Result")
_PIECE = 8 * 1024 * 1024


class StoreError(Exception):
    """The storage cannot be used as asked; the message says what, where and what to do, in one line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An object: its key below the store's root, its size in bytes, and when it was written (ns since 1970)."""

    key: str
    size: int
    mtime_ns: int


def is_address(text: str) -> bool:
    """Whether this names a place on object storage rather than a path."""
    return text.partition("://")[0] in _MAKERS and "://" in text


class Store:
    """The objects below one address. Every method raises StoreError with one line where the storage refuses."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if not parts.netloc:
            raise StoreError(f"{address} names no bucket: write it as {parts.scheme}://bucket/folder")
        self.address = address.rstrip("/")
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

    def is_object(self) -> bool:
        """Whether the address itself is an object rather than a folder of them."""
        info = self._told(lambda: self._fs.get_file_info(self._root))
        return bool(info.type is fs.FileType.File)

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
        """Remove an object."""
        self._told(lambda: self._fs.delete_file(self._path(key)))

    def _path(self, key: str) -> str:
        return f"{self._root}/{key}".rstrip("/") if key else self._root

    def _told(self, do: Callable[[], Result]) -> Result:
        try:
            return do()
        except OSError as error:
            said = " ".join(str(error).split())[:300]
            raise StoreError(f"cannot use {self.address}: {said}") from error


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
