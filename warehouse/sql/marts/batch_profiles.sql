-- How much came with each batch, what was refused of it, and what was found in the rest?
WITH ledger AS (
    SELECT batch, min(seen_at) AS first_seen_at, count(*) AS inputs,
        count(*) FILTER (outcome = 'duplicate') AS duplicates,
        count(*) FILTER (outcome = 'rejected') AS rejected
    FROM inputs
    GROUP BY batch
),
texts AS (
    SELECT batch, count(*) AS documents,
        count(*) FILTER (published_edtf IS NULL) AS undated,
        count(*) FILTER (language IS DISTINCT FROM 'en') AS not_english
    FROM documents
    GROUP BY batch
),
found AS (
    SELECT batch, count(*) AS mentions
    FROM event_mentions
    GROUP BY batch
)
SELECT batch, first_seen_at, inputs, duplicates, rejected,
    coalesce(documents, 0) AS documents,
    coalesce(undated, 0) AS undated,
    coalesce(not_english, 0) AS not_english,
    coalesce(mentions, 0) AS mentions,
    rejected / inputs AS rejected_share,
    undated / documents AS undated_share,
    not_english / documents AS not_english_share,
    coalesce(mentions, 0) / documents AS mentions_per_document
FROM ledger
LEFT JOIN texts USING (batch)
LEFT JOIN found USING (batch)
