"""Tombstones: what was forgotten and must not come back. They hold digests, never the text or the address."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path

from warehouse.home import Home


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Something forgotten: ``texts`` are digests of contents, ``addresses`` of URLs; either is enough to know it by.

    ``forgotten_at`` is ISO 8601 UTC. ``is_done`` is False while its rows may still be in the home.
    """

    tombstone_id: str
    forgotten_at: str
    reason: str | None
    documents: tuple[str, ...]
    texts: tuple[str, ...]
    addresses: tuple[str, ...] = ()
    is_done: bool = False

    def sentence(self) -> str:
        """What a ledger row says of it."""
        why = f": {self.reason}" if self.reason else ""
        return f"Forgotten on {self.forgotten_at[:10]} ({self.tombstone_id}){why}"


def text_digest(text: str) -> str:
    """What a text is known by; blanks around it do not count."""
    return blake2b(text.strip().encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def address_digest(url: str) -> str:
    """What an address is known by; blanks, a fragment and a slash at its end do not count, nor does http or https."""
    plain = "".join(url.split()).split("#", 1)[0].rstrip("/")
    scheme, mark, rest = plain.partition("://")
    host, slash, path = rest.partition("/")
    known = f"{host.lower()}{slash}{path}" if mark and scheme.lower() in ("http", "https") else plain
    return blake2b(known.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def every(home: Home) -> list[Tombstone]:
    """Every tombstone, oldest first."""
    found = [_read(path) for path in _folder(home).glob("*.json")]
    return sorted(found, key=lambda one: (one.forgotten_at, one.tombstone_id))


def put(home: Home, tombstone: Tombstone) -> None:
    """Write a tombstone, or write it anew."""
    folder = _folder(home)
    folder.mkdir(exist_ok=True)
    target = folder / f"{tombstone.tombstone_id}.json"
    partial = target.with_suffix(".part")
    partial.write_text(json.dumps(asdict(tombstone), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(target)


def remove(home: Home, tombstone_id: str) -> None:
    """Take a tombstone away."""
    (_folder(home) / f"{tombstone_id}.json").unlink(missing_ok=True)


class Graveyard:
    """What is forgotten, made ready to be asked of many texts."""

    def __init__(self, tombstones: Iterable[Tombstone]) -> None:
        stones = list(tombstones)
        self._by_text = {text: stone for stone in stones for text in stone.texts}
        self._by_address = {address: stone for stone in stones for address in stone.addresses}

    def __bool__(self) -> bool:
        return bool(self._by_text or self._by_address)

    @property
    def asks_for_addresses(self) -> bool:
        """Whether an address makes a difference."""
        return bool(self._by_address)

    def of(self, text: str, url: str | None) -> Tombstone | None:
        """The tombstone of a text with an address; None where it is not forgotten."""
        found = self._by_text.get(text_digest(text))
        if found is None and url and self._by_address:
            found = self._by_address.get(address_digest(url))
        return found


def _folder(home: Home) -> Path:
    return home.root / "forgotten"


def _read(path: Path) -> Tombstone:
    stored = json.loads(path.read_text(encoding="utf-8"))
    for name in ("documents", "texts", "addresses"):
        stored[name] = tuple(stored[name])
    return Tombstone(**stored)


def done(home: Home, tombstone: Tombstone) -> Tombstone:
    """Note that nothing of what a tombstone stands for is left in the home."""
    finished = replace(tombstone, is_done=True)
    put(home, finished)
    return finished
