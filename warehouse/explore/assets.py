"""The package's own style sheet and scripts, and their addresses, which change with their content."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib import resources

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@cache
def _files() -> dict[str, bytes]:
    folder = resources.files("warehouse.explore") / "static"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name.count(".") == 1}


@cache
def address(name: str) -> str:
    """Where a file is served; KeyError where there is none of that name."""
    return f"/static/{blake2b(_files()[name], digest_size=6).hexdigest()}/{name}"


def static(request: Request) -> Response:
    """A file of this package; its address is never used for other content, so it may be kept for ever."""
    name = request.path_params["name"]
    if name not in _files() or request.url.path != address(name):
        return PlainTextResponse("there is no such file\n", 404)
    return Response(_files()[name], media_type=_TYPES[name.rsplit(".", 1)[1]], headers=FOR_EVER)
