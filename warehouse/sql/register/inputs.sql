-- What became of every input in the end?
-- A text that cleaning rejected is rejected, and so are its duplicates; so is one that was set aside because it
-- broke a rule. A text that the register has from another batch is a duplicate of that one. Everything else stays
-- as reading found it.
WITH set_aside AS (
    SELECT document_id, batch, min_by(table_name || ': ' || expectation || '. ' || reason, quarantine_id) AS broken
    FROM (
        SELECT * FROM lake.quarantined_texts
        UNION ALL BY NAME SELECT * FROM lake.quarantined_documents
        UNION ALL BY NAME SELECT * FROM lake.quarantined_mentions WHERE table_name = 'documents'
    )
    WHERE because_of IS NULL
    GROUP BY document_id, batch
),
judged AS (
    SELECT ledger.*,
        CASE WHEN broken IS NOT NULL THEN 'quarantined' ELSE rejections.reason END AS cleaning_reason,
        CASE WHEN broken IS NOT NULL THEN 'Set aside because it broke the rule ' || broken ELSE rejections.detail END
            AS cleaning_detail,
        CASE WHEN ledger.outcome = 'accepted' AND owners.batch <> ledger.batch THEN owners.batch END AS other_batch
    FROM lake.inputs AS ledger
    LEFT JOIN document_owners AS owners ON owners.document_id = ledger.document_id
    LEFT JOIN lake.cleaning_rejections AS rejections
        ON rejections.document_id = ledger.document_id AND rejections.batch = ledger.batch
    LEFT JOIN set_aside ON set_aside.document_id = ledger.document_id AND set_aside.batch = ledger.batch
)
SELECT input_id, batch, source_uri, record, format, bytes, sha256,
    CASE
        WHEN cleaning_reason IS NOT NULL THEN 'rejected'
        WHEN other_batch IS NOT NULL THEN 'duplicate'
        ELSE outcome
    END AS outcome,
    CASE
        WHEN cleaning_reason IS NOT NULL THEN cleaning_reason
        WHEN other_batch IS NOT NULL THEN 'same-content-in-other-batch'
        ELSE reason
    END AS reason,
    CASE
        WHEN cleaning_reason IS NOT NULL THEN cleaning_detail
        WHEN other_batch IS NOT NULL THEN 'The same content is in the register with batch ' || other_batch
        ELSE detail
    END AS detail,
    CASE WHEN cleaning_reason IS NULL THEN document_id END AS document_id,
    seen_at
FROM judged
