-- What became of every input in the end?
-- A text that cleaning rejected is rejected, and so are its duplicates; a text that the register has from
-- another batch is a duplicate of that one. Everything else stays as reading found it.
WITH judged AS (
    SELECT ledger.*,
        rejections.reason AS cleaning_reason,
        rejections.detail AS cleaning_detail,
        CASE WHEN ledger.outcome = 'accepted' AND owners.batch <> ledger.batch THEN owners.batch END AS other_batch
    FROM lake.inputs AS ledger
    LEFT JOIN document_owners AS owners ON owners.document_id = ledger.document_id
    LEFT JOIN lake.cleaning_rejections AS rejections
        ON rejections.document_id = ledger.document_id AND rejections.batch = ledger.batch
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
