"""Whether a batch is unlike those before it: warnings for a person to look at, which never stop a run.

A batch is compared with up to 30 that came before it, three at least. Its distance from their median is told in
median absolute deviations, scaled as those of a normal distribution; 3.5 of them is the limit that Iglewicz and
Hoaglin give (How to Detect and Handle Outliers, 1993). A rule's ``least`` keeps batches that hardly differ from
making each other's small differences look large. The mix of event types is compared by the population stability
index; the limit of 0.25 is the usual one, raised where few mentions make an index of that size likely by chance
(Yurdakul, Statistical Properties of Population Stability Index, 2018: about chi-squared times 1/n + 1/m).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from checks.result import CheckResult

TABLE = "batch_profiles"
WINDOW = 30
FEWEST_BATCHES = 3
LIMIT = 3.5
FEWEST_ROWS = 20
MIX_LIMIT = 0.25
MIX_FEWEST_MENTIONS = 100
_MIX_CHI_SQUARED = 37.7  # 99.9 % of chi-squared with 15 degrees of freedom, for 16 event types
_NORMAL = 1.4826


@dataclass(frozen=True, slots=True)
class DriftRule:
    """One measure of a batch. ``value`` is SQL over ``batch_profiles``, NULL where a batch has too little to tell;
    ``shown`` is what to tell people of it. ``least`` is the smallest deviation that counts as one.
    """

    name: str
    column: str
    value: str
    least: float
    reason: str
    shown: str = "value"


def _share(column: str, of: str) -> str:
    return f"CASE WHEN {of} >= {FEWEST_ROWS} THEN {column} END"


RULES: tuple[DriftRule, ...] = (
    DriftRule(
        "volume_is_as_before", "documents", "ln(1 + documents)", 0.2,
        "A source that fell silent, or sends everything twice, shows in how much comes", "exp(value) - 1",
    ),
    DriftRule(
        "rejected_share_is_as_before", "rejected_share", _share("rejected_share", "inputs"), 0.02,
        "A changed format shows in what can no longer be used",
    ),
    DriftRule(
        "mentions_per_document_are_as_before", "mentions_per_document",
        f"ln(0.1 + {_share('mentions_per_document', 'documents')})", 0.15,
        "Other texts, or texts cut short, tell of more or fewer events", "exp(value) - 0.1",
    ),
    DriftRule(
        "undated_share_is_as_before", "undated_share", _share("undated_share", "documents"), 0.02,
        "Where a site moved its date, articles lose it, and with it the times counted from it",
    ),
    DriftRule(
        "not_english_share_is_as_before", "not_english_share", _share("not_english_share", "documents"), 0.02,
        "Extraction passes over other languages",
    ),
)  # fmt: skip
MIX = DriftRule(
    "event_types_are_mixed_as_before", "event_type", "psi", 0.0,
    "Another mix of types is other news, or an extractor that reads it otherwise",
)  # fmt: skip


def audit_drift(con: duckdb.DuckDBPyConnection, batches: Iterable[str]) -> list[CheckResult]:
    """What the rules say of batches, over the published tables; nothing where there is too little to compare with."""
    judged = sorted(set(batches))
    if not judged:
        return []
    results = [result for rule in RULES for result in _compare(con, rule, judged)]
    return results + _compare_mix(con, judged)


def _compare(con: duckdb.DuckDBPyConnection, rule: DriftRule, judged: list[str]) -> list[CheckResult]:
    sql = f"""
        WITH arrived AS (
            SELECT batch, row_number() OVER (ORDER BY first_seen_at, batch) AS number, {rule.value} AS value
            FROM {TABLE}
        ),
        told AS (SELECT batch, row_number() OVER (ORDER BY number) AS number, value FROM arrived WHERE value IS NOT NULL),
        compared AS (
            SELECT own.batch, any_value(own.value) AS value, count(*) AS batches, median(earlier.value) AS middle,
                greatest({_NORMAL} * mad(earlier.value), {rule.least}) AS deviation
            FROM told AS own JOIN told AS earlier
                ON earlier.number < own.number AND earlier.number >= own.number - {WINDOW}
            WHERE own.batch IN (SELECT unnest($1))
            GROUP BY own.batch
            HAVING count(*) >= {FEWEST_BATCHES}
        )
        SELECT batch, {rule.shown} AS shown, {rule.shown.replace("value", "middle")}, batches,
            abs(value - middle) / deviation AS score
        FROM compared ORDER BY batch
    """  # noqa: S608
    return [
        _result(
            rule,
            batch,
            score <= LIMIT,
            f"{shown:.4g}; the median of {batches} batches before it is {middle:.4g}, "
            f"{score:.1f} deviations away (limit {LIMIT})",
        )
        for batch, shown, middle, batches, score in con.execute(sql, [judged]).fetchall()
    ]


def _compare_mix(con: duckdb.DuckDBPyConnection, judged: list[str]) -> list[CheckResult]:
    sql = f"""
        WITH counts AS (SELECT batch, event_type, count(*) AS n FROM event_mentions GROUP BY ALL),
        arrived AS (
            SELECT batch, row_number() OVER (ORDER BY first_seen_at, batch) AS number
            FROM {TABLE} WHERE mentions > 0
        ),
        types AS (SELECT DISTINCT event_type FROM counts),
        pairs AS (
            SELECT own.batch, earlier.batch AS other
            FROM arrived AS own JOIN arrived AS earlier
                ON earlier.number < own.number AND earlier.number >= own.number - {WINDOW}
            WHERE own.batch IN (SELECT unnest($1))
        ),
        before AS (
            SELECT pairs.batch, event_type, sum(n) AS n
            FROM pairs JOIN counts ON counts.batch = pairs.other GROUP BY ALL
        ),
        mixed AS (
            SELECT judged.batch, event_type, coalesce(counts.n, 0) AS own, coalesce(before.n, 0) AS other,
                batches
            FROM (SELECT batch, count(*) AS batches FROM pairs GROUP BY batch) AS judged CROSS JOIN types
            LEFT JOIN counts USING (batch, event_type) LEFT JOIN before USING (batch, event_type)
        ),
        shares AS (
            -- Half a mention is added to each, so that a type that never came before does not weigh without end.
            SELECT *, (own + 0.5) / sum(own + 0.5) OVER mix AS p, (other + 0.5) / sum(other + 0.5) OVER mix AS q
            FROM mixed WINDOW mix AS (PARTITION BY batch)
        )
        SELECT batch, sum((p - q) * ln(p / q)) AS psi, sum(own), any_value(batches),
            greatest({MIX_LIMIT}, {_MIX_CHI_SQUARED} * (1 / sum(own) + 1 / sum(other))) AS limited,
            arg_max(event_type, abs(p - q)), max_by(p, abs(p - q)), max_by(q, abs(p - q))
        FROM shares GROUP BY batch
        HAVING sum(own) >= {MIX_FEWEST_MENTIONS} AND sum(other) > 0 AND any_value(batches) >= {FEWEST_BATCHES}
        ORDER BY batch
    """  # noqa: S608
    return [
        _result(
            MIX,
            batch,
            psi <= limit,
            f"stability index {psi:.2f} against {batches} batches before it (limit {limit:.2f}); most changed: "
            f"{kind}, {own:.0%} of {mentions:.0f} mentions, {other:.0%} before",
        )
        for batch, psi, mentions, batches, limit, kind, own, other in con.execute(sql, [judged]).fetchall()
    ]


def _result(rule: DriftRule, batch: str, success: bool, observed: str) -> CheckResult:
    return CheckResult(
        table=TABLE,
        kind="drift",
        expectation=rule.name,
        severity="warning",
        success=success,
        reason=rule.reason,
        batch=batch,
        column=rule.column,
        observed=observed,
    )
