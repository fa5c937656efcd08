-- Which batch does a document belong to in the register?
-- The alphabetically first of those it came with, so that the order of arrival does not matter.
SELECT document_id, min(batch) AS batch
FROM lake.documents
GROUP BY document_id
