"""Archives of files: zip. Members are read where they are; nothing is written anywhere under any name.

What belongs here: which members there are, which of them are refused for what they are, and bounds on what
they may become. What does not: the formats of members (``opening``).
"""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from pipelines.ingest.compression import BUFFER_BYTES, Allowance, Expanded
from pipelines.ingest.limits import Limits
from pipelines.ingest.records import Rejection
from pipelines.ingest.sources import escaped, is_skipped, variants

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SEPARATOR = "//"
"""Between an archive's name and a member's: no path that was found on disk has it."""

_ENCRYPTED = 0x1 | 0x40
# The others are hardly ever used, and cannot be expanded piece by piece, which a bomb would be glad of.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DRIVE = re.compile(r"[A-Za-z]:")
_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name, unique in there, and its sizes in bytes; ``problem`` if it is refused."""

    name: str
    size: int
    packed_size: int
    info: zipfile.ZipInfo
    problem: Rejection | None


class Zip:
    """An opened zip archive. Raises Rejection where it is damaged as a whole, or a document in disguise."""

    def __init__(self, stream: io.BufferedReader, size: int, limits: Limits) -> None:
        self._limits = limits
        self.allowance = Allowance(size, limits)
        try:
            listing = cast(BinaryIO, _Guarded(stream, limits.max_listing_bytes))
            self._file = zipfile.ZipFile(listing)
        except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError):
            raise Rejection("corrupt-archive") from None
        if _OFFICE & {info.filename for info in self._file.infolist()}:
            raise Rejection("binary", finding="it is an office document or a book")

    def members(self) -> Iterator[Member]:
        """Every file in the archive, in its order, but for those whose names are passed over in folders too."""
        taken: set[str] = set()
        for info in self._file.infolist():
            parts = [part for part in info.filename.split("/") if part]
            if info.is_dir() or not parts or (any(map(is_skipped, parts)) and not _is_unsafe(info)):
                continue
            written = unicodedata.normalize("NFC", escaped("/".join(parts)))
            name = next(name for name in variants(written) if name not in taken)
            taken.add(name)
            yield Member(name, info.file_size, info.compress_size, info, _problem(info))

    def open(self, member: Member) -> io.BufferedReader:
        """The member's bytes, expanded. Raises Rejection for damage, here and when it is read."""
        try:
            inner = self._file.open(member.info)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, struct.error, ValueError):
            raise Rejection("corrupt-archive") from None
        bounds = (Allowance(member.packed_size, self._limits), self.allowance)
        return io.BufferedReader(Expanded(cast(BinaryIO, inner), "zip", bounds), BUFFER_BYTES)


def _is_unsafe(info: zipfile.ZipInfo) -> bool:
    """Whether the name would lead out of a folder that somebody unpacked the archive into."""
    written = info.orig_filename.replace("\\", "/")
    return written.startswith("/") or _DRIVE.match(written) is not None or ".." in written.split("/")


def _problem(info: zipfile.ZipInfo) -> Rejection | None:
    """Why a member is refused unread."""
    if _is_unsafe(info):
        return Rejection("unsafe-name")
    if "\0" in info.orig_filename or escaped(info.filename) != info.filename:
        return Rejection("bad-name")
    if stat.S_ISLNK(info.external_attr >> 16):
        return Rejection("archive-link")
    if info.flag_bits & _ENCRYPTED:
        return Rejection("encrypted")
    if info.compress_type not in _METHODS:
        return Rejection("archive-method", method=info.compress_type)
    return None


class _Guarded(io.RawIOBase):
    """A file that refuses to be read by more than ``limit`` bytes at once, as a huge listing would be."""

    def __init__(self, stream: io.BufferedReader, limit: int) -> None:
        self._stream = stream
        self._limit = limit

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def read(self, size: int = -1, /) -> bytes:
        if size > self._limit:
            raise Rejection("archive-listing", limit=self._limit)
        return self._stream.read(self._limit if size < 0 else size)

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        return self._stream.readinto(buffer)
