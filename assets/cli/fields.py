"""The ``--fields`` option: names that the user's files have for the fields of a document."""

from __future__ import annotations

from assets.cli.errors import CommandError
from pipelines.ingest.naming import Given, NamingError, parse_given


def given_fields(written: str | None) -> Given | None:
    """The pairs of field and name; None where the option is not there, none where it is empty."""
    if written is None:
        return None
    try:
        return parse_given(written)
    except NamingError as error:
        raise CommandError(f"--fields: {error}") from error
