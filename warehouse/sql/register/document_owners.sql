-- Which batch does a document belong to in the register?
-- The alphabetically first of those it came with, so that the order of arrival does not matter.
-- An article over which reading broke down belongs to none.
SELECT document_id, min(batch) AS batch
FROM lake.documents
ANTI JOIN (SELECT document_id, batch FROM lake.quarantined_mentions WHERE table_name = 'documents')
    USING (document_id, batch)
GROUP BY document_id
