"""The folder of this machine that stands for a home on object storage, and who works in it when.

Commands that write take turns, and bring what they did to the storage when they have ended, however that was. Commands
that read bring what is new first; while one that writes is at work here, they see the copy as it is.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from warehouse.home import HomeError
from warehouse.remote.addresses import StoreError, checked, identity
from warehouse.remote.mirror import Mirror
from warehouse.remote.stores import Store

Said = Callable[[str], None]
_LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Copy:
    """A home's address and the folder of this machine for it, below the cache."""

    address: str
    folder: Path

    @classmethod
    def of(cls, address: str, cache: Path) -> Copy:
        """The copy of an address below ``cache``. StoreError where the address is none."""
        digest = blake2b(identity(address).encode(), digest_size=8).hexdigest()
        return cls(checked(address), cache.expanduser().absolute() / digest)

    @property
    def root(self) -> Path:
        """The copy of the home."""
        return self.folder / "home"

    @property
    def _unpushed(self) -> Path:
        """Is there while the copy may hold what the storage does not."""
        return self.folder / "unpushed"

    def bring(self, *names: str) -> None:
        """Bring what is new there, or only these files and folders of it, for a command that reads."""
        self._prepare()
        with (
            _opened(self.folder / "writing.lock") as writing,
            _opened(self.folder / "reading.lock") as reading,
        ):
            if not _tried(writing, fcntl.LOCK_SH):
                return
            fcntl.flock(reading, fcntl.LOCK_EX)
            self._pull(*names)

    @contextmanager
    def working(self, *, wait_seconds: float, say: Said) -> Iterator[None]:
        """Bring everything, let a command write, and take what it did to the storage, also where it failed.

        HomeError where another command of this machine still writes after ``wait_seconds``.
        """
        self._prepare()
        with _opened(self.folder / "writing.lock") as writing:
            self._wait(writing, wait_seconds, say)
            self._pull()
            self._unpushed.touch()
            try:
                yield
            except BaseException:
                try:
                    self._push()
                except StoreError as error:
                    say(str(error))
                raise
            self._push()

    def _prepare(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / "address.txt").write_text(f"{self.address}\n", encoding="utf-8")
        except OSError as error:
            raise HomeError(
                f"cannot write to {self.folder}: {error.strerror}; set COMMUNIQUE_CACHE to a folder for copies"
            ) from error

    def _pull(self, *names: str) -> None:
        is_ahead = self._unpushed.exists()
        Mirror(Store(self.address), self.root).pull(*names, is_ahead=is_ahead)

    def _push(self) -> None:
        Mirror(Store(self.address), self.root).push()
        self._unpushed.unlink(missing_ok=True)

    def _wait(self, writing: int, wait_seconds: float, say: Said) -> None:
        deadline = time.monotonic() + wait_seconds
        is_told = False
        while not _tried(writing, fcntl.LOCK_EX):
            if time.monotonic() >= deadline:
                raise HomeError(
                    f"another command of this machine is writing to {self.address}: wait for it to end"
                )
            if not is_told:
                say(
                    f"another command of this machine is writing to {self.address}; this one goes on when it has ended"
                )
                is_told = True
            time.sleep(_LOOK_SECONDS)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _tried(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
