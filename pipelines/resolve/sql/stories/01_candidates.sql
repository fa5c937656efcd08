-- Which texts may be near-copies? Those that share a MinHash band and do not differ too much in length.
-- Documents with the same words count as one text here, so a report printed forty times costs nothing.
CREATE OR REPLACE TEMP TABLE story_texts AS
SELECT text_hash, min(document_id) AS document_id, min(shingles) AS shingles, min(bands) AS bands
FROM signed_documents
GROUP BY text_hash;

-- Only bands that two texts or more share lead to pairs.
CREATE OR REPLACE TEMP TABLE story_buckets AS
WITH split AS (
    SELECT text_hash, shingles, b.band, substr(bands, b.band * 12 + 1, 12) AS code
    FROM story_texts, range(16) AS b(band)
), shared AS (
    SELECT band, code FROM split GROUP BY ALL HAVING count(*) > 1
)
SELECT
    text_hash, shingles, band, code,
    row_number() OVER (PARTITION BY band, code ORDER BY shingles, text_hash) AS place,
    count(*) OVER (PARTITION BY band, code) AS texts
FROM split
SEMI JOIN shared USING (band, code);

-- In a small bucket everybody meets everybody. A large one is a template, or a report with many variants: there each
-- text meets the next few by length, which keeps the work in proportion and still chains variants together.
CREATE OR REPLACE TEMP TABLE candidate_pairs AS
WITH met AS (
    SELECT a.text_hash AS one, b.text_hash AS other, a.shingles AS fewer, b.shingles AS more
    FROM story_buckets AS a
    INNER JOIN story_buckets AS b ON b.band = a.band AND b.code = a.code AND b.place > a.place
    WHERE a.texts <= $largest_bucket AND b.texts <= $largest_bucket
    UNION ALL
    SELECT a.text_hash, b.text_hash, a.shingles, b.shingles
    FROM (
        SELECT *, unnest(range(1, $neighbours + 1)) AS step
        FROM story_buckets WHERE texts > $largest_bucket
    ) AS a
    INNER JOIN story_buckets AS b ON b.band = a.band AND b.code = a.code AND b.place = a.place + a.step
)
SELECT DISTINCT least(one, other) AS first_text, greatest(one, other) AS second_text
FROM met
WHERE fewer >= $same_story * more;
