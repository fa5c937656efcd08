"""Where the charts stand: Superset's grid of rows, twelve columns wide, from the chart's own row and width."""

from __future__ import annotations

from typing import Any


def position(wanted: dict[str, Any], identities: dict[str, str]) -> dict[str, Any]:
    """The dashboard's ``position``; ``identities`` are the charts' UUIDs by name."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for chart in wanted["chart"]:
        rows.setdefault(chart["row"], []).append(chart)
    grid: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {
            "type": "GRID",
            "id": "GRID_ID",
            "parents": ["ROOT_ID"],
            "children": [f"ROW-{row}" for row in sorted(rows)],
        },
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": wanted["title"]}},
    }
    number = 0
    for row, charts in sorted(rows.items()):
        children = []
        for chart in charts:
            number += 1
            key = f"CHART-{number}"
            children.append(key)
            grid[key] = _chart(key, number, f"ROW-{row}", chart, identities[chart["name"]])
        grid[f"ROW-{row}"] = {
            "type": "ROW",
            "id": f"ROW-{row}",
            "parents": ["ROOT_ID", "GRID_ID"],
            "children": children,
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
    return grid


def _chart(key: str, number: int, row: str, chart: dict[str, Any], identity: str) -> dict[str, Any]:
    return {
        "type": "CHART",
        "id": key,
        "parents": ["ROOT_ID", "GRID_ID", row],
        "children": [],
        "meta": {
            "chartId": number,
            "uuid": identity,
            "sliceName": chart["name"],
            "width": chart["width"],
            "height": chart["height"],
        },
    }
