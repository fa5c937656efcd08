"""Stable identifiers: functions of content, the same on any machine, in any order."""

from __future__ import annotations

from hashlib import blake2b

_SEPARATOR = b"\x1f"


def stable_id(*parts: str | int | None) -> str:
    """An id of 20 hexadecimal digits (80 bits) from the parts, in order; None differs from the empty string."""
    digest = blake2b(digest_size=10)
    for part in parts:
        digest.update(b"\x00" if part is None else b"\x01" + str(part).encode("utf-8", "surrogatepass"))
        digest.update(_SEPARATOR)
    return digest.hexdigest()
