-- Which story does each document belong to, and which document leads it?
-- The earliest published leads, then the one with most words, then the smallest id. The story's id is made from the
-- lead's words, so that it changes only when other words take the lead.
CREATE OR REPLACE TEMP TABLE document_stories AS
WITH ranked AS (
    SELECT
        s.document_id,
        row_number() OVER lead_first AS place,
        first_value(s.text_hash) OVER lead_first AS lead_text
    FROM signed_documents AS s
    INNER JOIN documents AS d ON d.document_id = s.document_id
    LEFT JOIN text_groups AS g ON g.text_hash = s.text_hash
    WINDOW lead_first AS (
        PARTITION BY coalesce(g.group_hash, s.text_hash)
        ORDER BY d.published_on NULLS LAST, d.words DESC, s.document_id
    )
)
SELECT
    document_id,
    substr(sha256(concat_ws(chr(31), 'story', CAST(lead_text AS VARCHAR))), 1, 20) AS story_id,
    place = 1 AS is_story_lead
FROM ranked;
