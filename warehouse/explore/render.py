"""Filling templates. Everything is escaped on its way into HTML: titles, names and sentences come from the web."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from warehouse.explore import words
from warehouse.explore.assets import address


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("warehouse.explore", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "label": words.label,
        "country": words.country,
        "country_list": words.country_list,
        "day": words.day,
        "moment": words.moment,
        "edtf": words.edtf,
        "count": words.count,
        "percent": words.percent,
    }
    environment.globals |= {"labels": words.labels(), "web_address": words.web_address, "static": address}
    return environment


def prepare() -> None:
    """Read every template, so that the first reader does not wait for it."""
    for name in _environment().list_templates():
        _environment().get_template(name)


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The answer that a template and its values make."""
    here = request.url.path
    text = _environment().get_template(template).render(here=here, **values)
    return HTMLResponse(text, status)


def problem(request: Request, status: int, heading: str, message: str) -> HTMLResponse:
    """The page that says in one line what is wrong and what to do."""
    return page(request, "problem.html", status=status, heading=heading, message=message)
