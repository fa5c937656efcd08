-- Which mentions say the very same? They are one reading: same sort of act, same parties, same days, same place, same
-- agreement. Readings, not mentions, are compared, so an event told by a hundred papers costs little more than one.
-- What says too little to be recognised elsewhere (no date, or one country and nothing else) stays in its article.
CREATE OR REPLACE TEMP TABLE reading_keys AS
WITH described AS (
    SELECT
        *,
        first_day IS NULL OR (len(countries) < 2 AND len(names) = 0 AND NOT is_local) AS is_thin,
        concat_ws(
            chr(31), event_type, sort, reality, array_to_string(countries, ';'), date_key,
            CASE WHEN len(countries) < 2 THEN array_to_string(names, ';') || ' ' || coalesce(place_id, '') END
        ) AS identity,
        concat_ws(chr(31), array_to_string(names, ';'), coalesce(place_id, '-'), array_to_string(agreements, ';')) AS detail
    FROM told
), keyed AS (
    SELECT
        mention_id, published_on, is_exact, len(countries) AS countries, identity, detail,
        sha256(concat_ws(
            chr(31), identity, detail, array_to_string(actors, ';'), array_to_string(recipients, ';'), is_published, is_further,
            is_local, is_place_stated, array_to_string(kinds, ';'), array_to_string(periods, ';'),
            CASE WHEN is_thin THEN document_id || word END
        )) AS reading_key
    FROM described
)
SELECT
    *,
    row_number() OVER (PARTITION BY reading_key ORDER BY published_on NULLS LAST, mention_id) AS place_in_reading
FROM keyed;

-- Readings are numbered in the order in which they may found an event: reported first, dated exactly, naming most countries.
-- What is sorted is kept narrow, and joined with the rest afterwards.
CREATE OR REPLACE TEMP TABLE mention_readings AS
WITH numbered AS (
    SELECT
        reading_key,
        row_number() OVER (
            ORDER BY published_on NULLS LAST, is_exact DESC NULLS LAST, countries DESC, identity, reading_key
        ) AS reading
    FROM reading_keys
    WHERE place_in_reading = 1
)
SELECT n.reading, t.*, k.identity, k.detail, k.place_in_reading
FROM reading_keys AS k
INNER JOIN numbered AS n ON n.reading_key = k.reading_key
INNER JOIN told AS t ON t.mention_id = k.mention_id;

CREATE OR REPLACE TEMP TABLE readings AS
SELECT * EXCLUDE (place_in_reading, story_id, document_id, sentence) FROM mention_readings WHERE place_in_reading = 1;
