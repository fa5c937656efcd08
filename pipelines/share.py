"""The share stage: the lines of all batches added up, and which of them concern which batch.

When a shared line belongs to the site is decided in ``clean.site_lines``, document by document.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from pipelines.clean.site_lines import EVERY, FEWEST
from pipelines.learn import count_lines, sum_counts
from warehouse.tables import table
from warehouse.tables.arrow import stored_schema

_CHUNK = 500  # texts counted at a time
_DIGITS = 3  # binary digits that are kept of a count

_SECOND_COPIES = """
CREATE OR REPLACE TABLE second_copies AS SELECT document_id, batch FROM raw_documents
QUALIFY row_number() OVER (PARTITION BY document_id ORDER BY batch) > 1
"""
_TEXTS = "SELECT content, text, url FROM raw_documents SEMI JOIN second_copies USING (document_id, batch)"

# Counts are rounded down to three binary digits (… 7, 8, 10, 12, 14, 16, 20 …): what is known of a site then changes
# with each quarter or so that it grows by, not with each new document, and so seldom makes older batches stale.
_SHARED = f"""
CREATE OR REPLACE TABLE summed_lines AS
WITH added AS (
    SELECT site, line, CAST(sum(documents) AS INTEGER) AS documents
    FROM (SELECT site, line, documents FROM site_lines UNION ALL BY NAME
          SELECT site, line, -documents AS documents FROM counted_twice)
    GROUP BY site, line HAVING sum(documents) >= {FEWEST}
), scaled AS (
    SELECT *, greatest(length(bin(documents)) - {_DIGITS}, 0) AS dropped FROM added
)
SELECT site, line, (documents >> dropped) << dropped AS documents FROM scaled
"""  # noqa: S608

_DIGESTS = f"""
WITH sites AS (
    SELECT batch, site, count(*) FILTER (line <> {EVERY}) AS lines,
        md5(string_agg(line || ':' || s.documents, ',' ORDER BY line)) AS digest
    FROM site_lines JOIN summed_lines AS s USING (site, line)
    GROUP BY batch, site HAVING count(*) FILTER (line <> {EVERY}) > 0
)
SELECT batch, CAST(sum(lines) AS BIGINT) AS lines, md5(string_agg(site || ' ' || digest, ',' ORDER BY site)) AS digest
FROM sites GROUP BY batch
"""  # noqa: S608


def share(con: duckdb.DuckDBPyConnection) -> Mapping[str, pa.Table]:
    """The stage's tables, from ``site_lines`` and ``raw_documents`` of all batches as the connection shows them.

    A text that came with several batches counts once, so how texts are divided into batches makes no difference.
    """
    con.execute(_SECOND_COPIES)
    texts = con.sql(_TEXTS).to_arrow_reader(_CHUNK)
    con.register("counted_twice", sum_counts(count_lines(pa.Table.from_batches([part])) for part in texts))
    con.execute(_SHARED)
    found = {"shared_lines": con.table("summed_lines"), "shared_line_digests": con.sql(_DIGESTS)}
    return {name: rows.to_arrow_table().cast(stored_schema(table(name))) for name, rows in found.items()}
