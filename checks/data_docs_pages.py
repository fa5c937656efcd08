"""How Data Docs look: Great Expectations' own pages, with templates of ours before its own.

Importing this imports Great Expectations. Its site builder, which would do the same, takes every suite and result
through a store as text first, and that costs as much as the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from great_expectations.render.renderer.page_renderer import (
    ExpectationSuitePageRenderer,
    ValidationResultsPageRenderer,
)
from great_expectations.render.renderer.site_index_page_renderer import SiteIndexPageRenderer
from great_expectations.render.view.view import DefaultJinjaIndexPageView, DefaultJinjaPageView
from jinja2 import ChoiceLoader, FileSystemLoader

_TEMPLATES = Path(__file__).with_name("data_docs_views")


def _ours_first(env: Any) -> None:
    env.loader = ChoiceLoader([FileSystemLoader(_TEMPLATES), env.loader])
    env.auto_reload = False  # a page asks for a hundred templates, and none changes meanwhile


class Pages:
    """Makes each kind of page from what Great Expectations keeps; templates are read once for all of a kind."""

    def __init__(self) -> None:
        self._page: Any = DefaultJinjaPageView()
        self._first: Any = DefaultJinjaIndexPageView()
        for view in (self._page, self._first):
            _ours_first(view.env)
        self._suites: Any = ExpectationSuitePageRenderer()
        self._results: Any = ValidationResultsPageRenderer()
        self._index: Any = SiteIndexPageRenderer()

    def of_suite(self, suite: Any) -> str:
        """The page of what is expected of a table, and why."""
        return str(self._page.render(self._suites.render(suite), show_how_to_buttons=False))

    def of_results(self, results: Any) -> str:
        """The page of what was found."""
        return str(self._page.render(self._results.render(results), show_how_to_buttons=False))

    def first(self, links: Mapping[str, Any]) -> str:
        """The first page, which leads to the others."""
        return str(self._first.render(self._index.render(dict(links)), show_how_to_buttons=False))
