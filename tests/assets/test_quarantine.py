"""A row that breaks a rule is set aside with its reason, and the rest of its batch goes on; too many stop it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from assets.batch_work import do_batches
from assets.plan import make_plan
from assets.register_work import do_publish, do_resolve
from assets.work import Work
from checks.audit import AuditError
from checks.quarantine import Bound
from warehouse import batches, overlay, reader
from warehouse.home import Home
from warehouse.lake import TableWriter

TEXTS = {f"{name}.txt": f"{name} met Bor" for name in ("Ana", "Cyd", "Eve", "Gus", "Ida", "Kim")}


def go(home: Home, fakes: Any, run_id: str, bound: Bound | None = None) -> None:
    work = Work(home, run_id, fakes.stages(), bound=bound or Bound())
    work.begin(["inbox"], whole=True)
    do_batches(work, ["inbox"])
    do_resolve(work)
    do_publish(work)


def put(where: str, value: Any, column: str, bad: Any) -> Callable[[pa.Table], pa.Table]:
    """Overwrite a column where another column has a value."""

    def spoil(chunk: pa.Table) -> pa.Table:
        rows = chunk.to_pylist()
        for row in rows:
            if row[where] == value:
                row[column] = bad
        return pa.Table.from_pylist(rows, pa.schema([field.with_nullable(True) for field in chunk.schema]))

    return spoil


def ask(home: Home, query: str) -> list[tuple[Any, ...]]:
    with reader.connect(home.published) as con:
        return con.execute(query).fetchall()


@pytest.fixture
def filled(home: Home, tmp_path: Path) -> Home:
    (tmp_path / "inbox").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "inbox" / name).write_text(text, encoding="utf-8")
    (tmp_path / "inbox" / "twin.txt").write_text(TEXTS["Ana.txt"], encoding="utf-8")
    batches.register(home, "inbox", [str(tmp_path / "inbox")], replace=False)
    return home


def test_an_article_that_breaks_a_rule_is_rejected_in_the_ledger_and_the_rest_goes_on(
    filled: Home, fakes: Any
) -> None:
    fakes.spoilers["documents"] = put("body", "Ana met Bor", "published_method", "NO METHOD")
    go(filled, fakes, "first")
    assert ask(filled, "SELECT count(*) FROM documents") == [(5,)]
    told = ask(
        filled, "SELECT source_uri, reason, detail FROM inputs WHERE outcome = 'rejected' ORDER BY ALL"
    )
    assert [(uri, reason) for uri, reason, _ in told] == [
        ("inbox/Ana.txt", "quarantined"),
        ("inbox/twin.txt", "quarantined"),
    ]
    assert "documents: pattern" in told[0][2]
    assert ask(filled, "SELECT count(*) = count(*) FILTER (outcome = 'accepted') + 2 FROM inputs") == [
        (True,)
    ]
    rows = ask(
        filled,
        "SELECT table_name, expectation, column_name, value, because_of IS NULL FROM quarantine ORDER BY 1 DESC",
    )
    assert rows == [
        ("documents", "pattern", "published_method", "NO METHOD", True),
        ("document_signatures", "pattern", None, None, False),
    ]


def test_the_text_of_an_article_that_was_set_aside_is_kept(filled: Home, fakes: Any) -> None:
    fakes.spoilers["raw_documents"] = put("text", "Ana met Bor", "content", "no such thing")
    go(filled, fakes, "first")
    assert ask(filled, "SELECT table_name, column_name, value FROM quarantine") == [
        ("raw_documents", "content", "no such thing")
    ]
    (kept,) = (filled.rejected / "inbox").iterdir()
    assert kept.read_text(encoding="utf-8") == "Ana met Bor"
    assert ask(filled, "SELECT DISTINCT reason FROM inputs WHERE outcome = 'rejected'") == [("quarantined",)]


@pytest.mark.parametrize(
    ("table", "where", "value", "column", "bad", "expectation"),
    [
        ("event_mentions", "sentence", "Ana met Bor", "confidence", 1.5, "range"),
        ("participants", "text", "Ana", "kind", "planet", "allowed_values"),
        ("participants", "text", "Ana", "text_end", 99, "text_length_fits_its_offsets"),
        ("event_mentions", "sentence", "Ana met Bor", "event_type", None, "not_null"),
        ("event_mentions", "sentence", "Ana met Bor", "trigger", "hit", "trigger_is_in_the_body"),
        ("participants", "text", "Ana", "text", "Eva", "text_is_in_the_body"),
    ],
)
def test_a_mention_goes_as_a_whole_and_its_article_stays(
    filled: Home, fakes: Any, table: str, where: str, value: str, column: str, bad: Any, expectation: str
) -> None:
    fakes.spoilers[table] = put(where, value, column, bad)
    go(filled, fakes, "first")
    assert ask(filled, "SELECT count(*) FROM documents") == [(6,)]
    assert ask(filled, "SELECT count(*) FROM event_mentions") == [(5,)]
    assert ask(filled, "SELECT count(*) FROM participants") == [(10,)]
    rows = "SELECT table_name, count(DISTINCT row_key) FROM quarantine GROUP BY ALL ORDER BY ALL"
    assert ask(filled, rows) == [("event_mentions", 1), ("participants", 2)]
    own = ask(filled, "SELECT table_name, expectation, content FROM quarantine WHERE because_of IS NULL")
    told = {(name, broken): json.loads(content) for name, broken, content in own}
    assert told[table, expectation][column] == bad
    others = (
        f"SELECT DISTINCT because_of LIKE '{table} mention_id=%' FROM quarantine WHERE because_of IS NOT NULL"
    )
    because = ask(filled, others)
    assert because == [(True,)]


def test_the_results_say_what_was_set_aside_and_stop_nothing(filled: Home, fakes: Any) -> None:
    fakes.spoilers["event_mentions"] = put("sentence", "Ana met Bor", "confidence", 1.5)
    go(filled, fakes, "first")
    counts = "unexpected_count, quarantined_count, row_count"
    failed = f"SELECT column_name, severity, {counts} FROM quality_results WHERE NOT success"
    assert ask(filled, failed) == [("confidence", "critical", 1, 1, 6)]


def test_a_value_and_a_row_are_cut_to_a_bounded_length(filled: Home, fakes: Any) -> None:
    fakes.spoilers["documents"] = put("body", "Ana met Bor", "published_method", "X" * 5000)
    go(filled, fakes, "first")
    assert ask(filled, "SELECT max(length(value)), max(length(content)) < 3000 FROM quarantine") == [
        (300, True)
    ]


def test_what_was_set_aside_stays_so_when_the_next_run_takes_the_batch_over(
    filled: Home, fakes: Any, tmp_path: Path
) -> None:
    fakes.spoilers["event_mentions"] = put("sentence", "Ana met Bor", "confidence", 1.5)
    fakes.spoilers["documents"] = put("body", "Cyd met Bor", "published_method", "NO METHOD")
    go(filled, fakes, "first")
    before = ask(filled, "FROM quarantine")
    assert make_plan(filled, fakes.stages(), ["inbox"]).is_empty
    fakes.extracted.clear()
    (tmp_path / "inbox" / "new.txt").write_text("Pia met Bor", encoding="utf-8")
    go(filled, fakes, "second")
    assert sorted(fakes.extracted) == ["Ana met Bor", "Pia met Bor"]  # what was set aside is judged anew
    assert ask(filled, "FROM quarantine") == before
    assert ask(filled, "SELECT count(*) FROM documents") == [(6,)]


def test_doing_the_stage_again_lets_rows_back_in_that_keep_the_rules_now(filled: Home, fakes: Any) -> None:
    fakes.spoilers["event_mentions"] = put("sentence", "Ana met Bor", "confidence", 1.5)
    go(filled, fakes, "first")
    fakes.spoilers.clear()
    fakes.versions["extract"] = "2"
    go(filled, fakes, "second")
    assert ask(filled, "SELECT count(*) FROM quarantine") == [(0,)]
    assert ask(filled, "SELECT count(*) FROM event_mentions") == [(6,)]


def test_the_same_rows_are_set_aside_in_the_same_words_on_every_machine(
    filled: Home, fakes: Any, tmp_path: Path
) -> None:
    from warehouse.home import open_home

    fakes.spoilers["participants"] = put("text", "Bor", "kind", "planet")
    other = open_home(tmp_path / "other")
    batches.register(other, "inbox", [str(tmp_path / "inbox")], replace=False)
    go(filled, fakes, "first", Bound(share=1.0))
    go(other, fakes, "another", Bound(share=1.0))
    names = ("quarantined_mentions", "event_mentions", "participants")
    digests = [
        [overlay.Overlay(home).stamp(name, "inbox").digest for name in names] for home in (filled, other)
    ]  # type: ignore[union-attr]
    assert digests[0] == digests[1]


@pytest.mark.parametrize(
    ("bound", "stops"),
    [(Bound(0.05, 5), False), (Bound(0.05, 0), True), (Bound(0.2, 0), False), (Bound(0.1, 1), False)],
)
def test_too_great_a_share_of_a_table_stops_the_run(
    filled: Home, fakes: Any, bound: Bound, stops: bool
) -> None:
    fakes.spoilers["event_mentions"] = put("sentence", "Ana met Bor", "confidence", 1.5)
    if stops:
        with pytest.raises(AuditError, match="1 of 6 rows break a rule, more than may be set aside"):
            go(filled, fakes, "first", bound)
        assert not filled.published.exists()
    else:
        go(filled, fakes, "first", bound)
        assert ask(filled, "SELECT count(*) FROM event_mentions") == [(5,)]


@pytest.mark.parametrize("table", ["inputs", "site_lines"])
def test_ledger_and_learned_rows_are_never_set_aside(filled: Home, fakes: Any, table: str) -> None:
    if table == "inputs":
        fakes.spoilers["inputs"] = put("source_uri", "inbox/Ana.txt", "outcome", "lost")
        with pytest.raises(AuditError, match=r"inputs\.outcome"):
            go(filled, fakes, "first")
    else:
        from warehouse.tables import table as declared

        assert declared("site_lines").unit is None


def test_a_process_killed_while_setting_aside_leaves_the_stage_to_be_done_again(
    filled: Home, fakes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.spoilers["event_mentions"] = put("sentence", "Ana met Bor", "confidence", 1.5)
    real, finished = TableWriter.finish, 0

    def dying(self: TableWriter, fingerprint: str, version: str) -> Any:
        nonlocal finished
        if self._table.stage == "extract":
            finished += 1
            if finished == 7:  # five files of the stage, the quarantine, and then in the middle of the others
                raise KeyboardInterrupt
        return real(self, fingerprint, version)

    monkeypatch.setattr(TableWriter, "finish", dying)
    work = Work(filled, "first", fakes.stages())
    work.begin(["inbox"], whole=True)
    with pytest.raises(KeyboardInterrupt):
        do_batches(work, ["inbox"])
    work.fail("stopped by hand")
    monkeypatch.undo()
    go(filled, fakes, "second")
    assert ask(filled, "SELECT count(*) FROM event_mentions") == [(5,)]
    assert ask(filled, "SELECT count(*) FROM quarantine") == [(3,)]
