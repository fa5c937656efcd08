"""The results of a run's checks as Great Expectations' Data Docs: a static site, a page for each table.

Great Expectations renders the pages from suites made of the same declarations that were checked, with the reason
of each expectation as its note, and from the results that were recorded. Its own templates fetch scripts, styles
and pictures from elsewhere; those in ``data_docs_views`` take their place, so that the site needs no network. It
does not escape what it shows, and rows hold text from the web: that is done here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import pyarrow as pa

from checks.expectations import Expected, expected_of
from checks.relations import rules_of
from checks.rules import Over
from warehouse.tables import TABLES, Table

_OVERS: tuple[Over, ...] = ("batch", "register", "published")

Row = Mapping[str, Any]


def write_data_docs(results: pa.Table, folder: Path, run_id: str, checked_at: datetime) -> Path:
    """Write the site for a run's rows of ``quality_results`` into a folder, whole or not at all; its first page.

    What stood in the folder goes. OSError where the disk does not take it.
    """
    by_table: dict[str, list[Row]] = {}
    for row in results.to_pylist():
        by_table.setdefault(row["table_name"], []).append(row)
    fresh, old = folder.with_name(folder.name + ".new"), folder.with_name(folder.name + ".old")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    _build({name: rows for name, rows in by_table.items() if name in TABLES}, fresh, run_id, checked_at)
    if folder.exists():
        folder.replace(old)
    fresh.replace(folder)
    shutil.rmtree(old, ignore_errors=True)
    return folder / "index.html"


def _build(by_table: Mapping[str, Sequence[Row]], folder: Path, run_id: str, checked_at: datetime) -> None:
    import great_expectations as gx
    from great_expectations.core.run_identifier import RunIdentifier

    from checks import data_docs_pages

    gx.get_context(mode="ephemeral")  # suites need one
    pages = data_docs_pages.Pages()
    run = RunIdentifier(run_name=run_id, run_time=checked_at)
    suites, validated = [], []
    for name, rows in sorted(by_table.items()):
        suite, results = _validated(TABLES[name], rows, run)
        of_what, of_run = _places(name, rows, run)
        _write(folder / of_what, pages.of_suite(suite))
        _write(folder / of_run, pages.of_results(results))
        suites.append({"expectation_suite_name": name, "filepath": quote(str(of_what))})
        validated.append(
            {
                "expectation_suite_name": name,
                "expectation_suite_filepath": str(of_what),
                "filepath": quote(str(of_run)),
                "batch_identifier": of_run.stem,
                "batch_spec": {},
                "run_name": run.run_name,
                "run_time": run.run_time,
                "validation_success": results.success,
            }
        )
    links = {"site_name": "communique", "expectations_links": suites, "validations_links": validated}
    _write(folder / "index.html", pages.first(links))


def _places(name: str, rows: Iterable[Row], run: Any) -> tuple[PurePosixPath, PurePosixPath]:
    """Where the pages of a table's expectations and results go; the second leads to the first by this depth."""
    of_what = PurePosixPath("expectations", f"{name}.html")
    return of_what, PurePosixPath("validations", name, *run.to_tuple(), f"{_of_batches(rows)}.html")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _of_batches(rows: Iterable[Row]) -> str:
    batches = sorted({row["batch"] for row in rows if row["batch"]})
    if len(batches) == 1:
        return str(batches[0])
    return f"{len(batches)} batches" if batches else "all"


def _validated(table: Table, rows: Sequence[Row], run: Any) -> tuple[Any, Any]:
    """The table's suite, and what was found, as Great Expectations keeps both."""
    import great_expectations as gx
    from great_expectations.core import ExpectationSuiteValidationResult

    declared = {(expected.name, expected.reported_column): expected for expected in expected_of(table)}
    queries = _queries(table)
    suite = gx.ExpectationSuite(name=table.name, notes=table.description)
    results = []
    for number, (key, found) in enumerate(_together(rows).items()):
        kind, name, column = key
        expectation = _expectation(table, kind, name, declared.get((name, column)), queries, found[0], number)
        suite.expectations.append(expectation)
        results.append(_result(expectation, kind, found))
    passed = sum(result.success for result in results)
    return suite, ExpectationSuiteValidationResult(
        success=passed == len(results),
        results=results,
        suite_name=table.name,
        statistics={
            "evaluated_expectations": len(results),
            "successful_expectations": passed,
            "unsuccessful_expectations": len(results) - passed,
            "success_percent": 100 * passed / len(results),
        },
        meta={"run_id": run.to_json_dict(), "great_expectations_version": gx.__version__},
    )


def _expectation(
    table: Table,
    kind: str,
    name: str,
    declared: Expected | None,
    queries: Mapping[str, str],
    row: Row,
    number: int,
) -> Any:
    import great_expectations as gx

    kinds: Any = gx.expectations
    shared: dict[str, Any] = {
        "severity": row["severity"],
        "notes": f"{name}: {row['reason'] or 'no reason was recorded'}",
        "id": f"00000000-0000-0000-0000-{number:012}",
    }
    if kind == "schema":
        columns = [column.name for column in table.stored]
        return kinds.ExpectTableColumnsToMatchOrderedList(column_list=columns, **shared)
    if declared is not None:
        return getattr(kinds, declared.type)(column=declared.column, **shared, **declared.arguments)
    query = queries.get(name, f"-- {name}").replace("{", "{{").replace("}", "}}")
    # Named so that Great Expectations does not tell the terminal that a query looks at more than a batch.
    return kinds.UnexpectedRowsExpectation(unexpected_rows_query=f"{query} -- {{batch}}", **shared)


def _result(expectation: Any, kind: str, rows: Sequence[Row]) -> Any:
    from great_expectations.core import ExpectationValidationResult

    unexpected = sum(row["unexpected_count"] for row in rows)
    looked_at = sum(row["row_count"] or 0 for row in rows)
    examples = [escape(line) for row in rows for line in (row["examples"] or "").splitlines()]
    told = [escape(row["observed"]) for row in rows if row["observed"]]
    if kind == "rows":
        found: dict[str, Any] = {
            "element_count": looked_at,
            "unexpected_count": unexpected,
            "unexpected_percent": 100 * unexpected / looked_at if looked_at else 0.0,
            "partial_unexpected_list": examples[:20],
        }
    else:
        found = {
            "observed_value": "; ".join(told) or f"{unexpected} rows",
            "details": {"examples": examples[:20]},
        }
    errors = [escape(row["error"]) for row in rows if row["error"]]
    return ExpectationValidationResult(
        success=all(row["success"] for row in rows),
        expectation_config=expectation.configuration,
        result=found,
        exception_info={
            "raised_exception": bool(errors),
            "exception_message": "; ".join(errors) or None,
            "exception_traceback": None,
        },
    )


def _together(rows: Iterable[Row]) -> dict[tuple[str, str, str | None], list[Row]]:
    """The results of each expectation over all batches of the run."""
    found: dict[tuple[str, str, str | None], list[Row]] = {}
    for row in rows:
        found.setdefault((row["kind"] or "rows", row["expectation"], row["column_name"]), []).append(row)
    return found


def _queries(table: Table) -> dict[str, str]:
    return {rule.name: rule.sql for over in _OVERS for rule in rules_of(table, over, TABLES)}
