-- Which readings may tell of one event? Those of one type and reality that share an article, a story, a sentence or an
-- agreement, or that share parties about the same days. Every key is exact, so no reading is compared with all others.
CREATE OR REPLACE TEMP TABLE event_keys AS
WITH days AS (
    -- Spells of four days that the event may have been in; a longer span has months instead, which short ones have too.
    SELECT
        reading, event_type, reality, countries, names, place_id, is_local,
        last_day - first_day > 10 AS is_long,
        CASE WHEN last_day - first_day <= 10 THEN
            range((first_day - DATE '1800-01-01' - 1) // 4, (last_day - DATE '1800-01-01' + 1) // 4 + 1) END AS spells,
        CASE WHEN last_day - first_day <= 62 THEN
            range(
                CAST(year(first_day) * 12 + month(first_day) AS BIGINT), CAST(year(last_day) * 12 + month(last_day) + 1 AS BIGINT)
            ) END AS months
    FROM readings
    WHERE first_day IS NOT NULL
), dated AS (
    SELECT *, 'spell' AS unit, unnest(spells) AS spell FROM days WHERE spells IS NOT NULL
    UNION ALL
    SELECT *, 'month', unnest(months) FROM days WHERE months IS NOT NULL
), partied AS (
    SELECT reading, is_long, hash(event_type, reality, unit, spell, a.country, b.country) AS key, unit
    FROM dated, unnest(countries[:4]) AS a(country), unnest(countries[:4]) AS b(country)
    WHERE a.country < b.country
    UNION ALL
    SELECT reading, is_long, hash(event_type, reality, unit, spell, n.name), unit
    FROM dated, unnest(names[:6]) AS n(name)
    UNION ALL
    SELECT reading, is_long, hash(event_type, reality, unit, spell, c.country, place_id), unit
    FROM dated, unnest(countries[:4]) AS c(country)
    WHERE is_local AND unit = 'spell'
), yearless AS (
    -- A day without a year: the same day of any year.
    SELECT reading, first_day IS NULL AS is_undated, hash('yearless', event_type, reality, month_and_day, who) AS key
    FROM (
        SELECT *, unnest(list_concat(countries[:4], names[:6])) AS who FROM readings WHERE month_and_day IS NOT NULL
    )
), placed AS (
    -- No date: the same names in the same town.
    SELECT reading, first_day IS NULL AS is_undated, hash('placed', event_type, reality, place_id, n.name) AS key
    FROM readings, unnest(names[:6]) AS n(name)
    WHERE is_local AND is_place_stated
), texts AS (
    SELECT DISTINCT reading, hash('document', event_type, reality, document_id) AS key, 1 AS text FROM mention_readings
    UNION ALL
    SELECT DISTINCT reading, hash('story', event_type, reality, story_id), 2 FROM mention_readings
    UNION ALL
    SELECT DISTINCT reading, hash('sentence', event_type, reality, sentence), 3
    FROM mention_readings WHERE sentence IS NOT NULL
    UNION ALL
    SELECT reading, hash('agreement', event_type, reality, a.agreement), 0
    FROM readings, unnest(agreements) AS a(agreement)
)
SELECT DISTINCT reading, key, 0 AS text FROM partied
WHERE unit = 'spell' OR key IN (SELECT key FROM partied WHERE is_long AND unit = 'month')
UNION ALL
SELECT reading, key, 0 FROM yearless WHERE key IN (SELECT key FROM yearless WHERE is_undated)
UNION ALL
SELECT reading, key, 0 FROM placed WHERE key IN (SELECT key FROM placed WHERE is_undated)
UNION ALL
SELECT reading, key, text FROM texts;

CREATE OR REPLACE TEMP TABLE event_blocks AS
SELECT
    k.reading, k.key, k.text,
    row_number() OVER (
        PARTITION BY k.key, k.text
        ORDER BY r.sort, r.first_day NULLS FIRST, r.last_day, r.place_id NULLS FIRST, k.reading
    ) AS place,
    count(*) OVER (PARTITION BY k.key, k.text) AS readings
FROM event_keys AS k
INNER JOIN readings AS r USING (reading)
QUALIFY readings > 1;

-- In a small block everybody meets everybody; in a large one each meets the next few of its sort, day and place.
CREATE OR REPLACE TEMP TABLE event_pairs AS
WITH met AS (
    SELECT a.reading AS one, b.reading AS other, a.text
    FROM event_blocks AS a
    INNER JOIN event_blocks AS b ON b.key = a.key AND b.text = a.text AND b.place > a.place
    WHERE a.readings <= $largest_block AND b.readings <= $largest_block
    UNION ALL
    SELECT a.reading, b.reading, a.text
    FROM (SELECT *, unnest(range(1, $neighbours + 1)) AS step FROM event_blocks WHERE readings > $largest_block) AS a
    INNER JOIN event_blocks AS b ON b.key = a.key AND b.text = a.text AND b.place = a.place + a.step
)
SELECT
    least(one, other) AS first_reading,
    greatest(one, other) AS second_reading,
    max(text) AS text,
    bool_or(text = 1) AS in_one_document
FROM met
GROUP BY least(one, other), greatest(one, other);
