"""How Data Docs look: Great Expectations' own pages, with templates of ours before its own.

Loaded by Great Expectations alone, when it writes the site: importing this imports it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from great_expectations.render.view.view import DefaultJinjaIndexPageView, DefaultJinjaPageView
from jinja2 import ChoiceLoader, FileSystemLoader

_TEMPLATES = Path(__file__).with_name("data_docs_views")


def _ours_first(env: Any) -> None:
    env.loader = ChoiceLoader([FileSystemLoader(_TEMPLATES), env.loader])


class Page(DefaultJinjaPageView):
    """A page about a table."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        _ours_first(self.env)


class IndexPage(DefaultJinjaIndexPageView):
    """The first page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        _ours_first(self.env)
