-- What does the register know of each agreement? Which mention speaks of which is found before (agreement_keys).
CREATE OR REPLACE TEMP TABLE mention_countries AS
SELECT
    mention_id,
    list_sort(list(DISTINCT country) FILTER (country IS NOT NULL)) AS countries
FROM participants
GROUP BY mention_id;

CREATE OR REPLACE TEMP TABLE mention_agreements AS
SELECT DISTINCT mention_id, agreement_id FROM agreement_keys;

CREATE OR REPLACE TEMP MACRO progress(status) AS
    CASE status
        WHEN 'terminated' THEN 6 WHEN 'ratified' THEN 5 WHEN 'signed' THEN 4
        WHEN 'adopted' THEN 3 WHEN 'planned' THEN 2 ELSE 1
    END;

CREATE OR REPLACE TEMP TABLE agreement_tellings AS
SELECT
    k.agreement_id, am.title, am.kind, am.status, am.period_start, am.period_end,
    m.mention_id, m.document_id, m.confidence, m.event_start, m.event_end, m.event_edtf, m.place_id, m.place_name,
    c.countries, d.published_on,
    am.status IN ('signed', 'adopted', 'ratified') AS is_done,
    -- Who criticises or wants an agreement need not be party to it: where others make it, they are the parties.
    am.status <> 'proposed' OR bool_and(am.status = 'proposed') OVER (PARTITION BY k.agreement_id) AS tells_parties
FROM agreement_keys AS k
INNER JOIN agreement_mentions AS am USING (mention_id, position)
INNER JOIN event_mentions AS m USING (mention_id)
INNER JOIN documents AS d ON d.document_id = m.document_id
LEFT JOIN mention_countries AS c USING (mention_id);

CREATE OR REPLACE TEMP TABLE agreement_kinds AS
SELECT agreement_id, kind
FROM agreement_tellings GROUP BY agreement_id, kind
QUALIFY row_number() OVER (PARTITION BY agreement_id ORDER BY count(DISTINCT mention_id) DESC, kind) = 1;

CREATE OR REPLACE TEMP MACRO words_of(title) AS
    string_split_regex(regexp_replace(lower(title), 's\b', '', 'g'), '[^\p{L}\d]+');

-- The title is the fullest that any text gives; in brackets the commonest other name that says something else.
CREATE OR REPLACE TEMP TABLE agreement_titles AS
WITH names AS (
    SELECT
        agreement_id, regexp_replace(title, '[\s,;:]+$', '') AS title, count(DISTINCT mention_id) AS told,
        max(confidence) AS confidence
    FROM agreement_tellings GROUP BY ALL
), fullest AS (
    SELECT agreement_id, title FROM names
    QUALIFY row_number() OVER (PARTITION BY agreement_id ORDER BY length(title) DESC, confidence DESC, title) = 1
), others AS (
    SELECT n.agreement_id, n.title
    FROM names AS n
    INNER JOIN fullest AS f ON f.agreement_id = n.agreement_id
    WHERE NOT list_has_all(words_of(f.title), words_of(n.title))
    QUALIFY row_number() OVER (PARTITION BY n.agreement_id ORDER BY n.told DESC, length(n.title) DESC, n.title) = 1
)
SELECT f.agreement_id, f.title || coalesce(' (also: ' || o.title || ')', '') AS title
FROM fullest AS f LEFT JOIN others AS o ON o.agreement_id = f.agreement_id;

CREATE OR REPLACE TEMP TABLE agreements AS
SELECT
    t.agreement_id,
    min(n.title) AS title,
    min(k.kind) AS kind,
    arg_max(t.status, progress(t.status)) AS status,
    min(t.event_start) FILTER (t.is_done AND t.event_start = t.event_end) AS signed_on,
    arg_min(
        t.event_edtf, coalesce(CAST(t.event_start AS VARCHAR), t.event_edtf) || t.event_edtf
    ) FILTER (t.is_done) AS signed_edtf,
    arg_min(t.place_id, t.mention_id) FILTER (t.is_done AND t.place_id IS NOT NULL) AS place_id,
    arg_min(t.place_name, t.mention_id) FILTER (t.is_done AND t.place_id IS NOT NULL) AS place_name,
    min(t.period_start) AS period_start,
    min(t.period_end) AS period_end,
    nullif(array_to_string(
        list_sort(list_distinct(flatten(list(coalesce(t.countries, [])) FILTER (t.tells_parties)))), ';'
    ), '') AS party_countries,
    count(DISTINCT t.mention_id) AS mention_count,
    count(DISTINCT t.document_id) AS document_count
FROM agreement_tellings AS t
INNER JOIN agreement_kinds AS k ON k.agreement_id = t.agreement_id
INNER JOIN agreement_titles AS n ON n.agreement_id = t.agreement_id
GROUP BY t.agreement_id;

CREATE OR REPLACE TEMP TABLE agreement_parties AS
SELECT DISTINCT t.agreement_id, pa.actor_id, a.country
FROM agreement_tellings AS t
INNER JOIN participant_actors AS pa USING (mention_id)
INNER JOIN actors AS a USING (actor_id)
WHERE t.tells_parties AND a.kind IN ('country', 'body', 'organization', 'person', 'armed_group');

-- A step is a status with its date. Dates that hold a more exact date of the same status tell the same step, and a proposal
-- told after the making is talk about what is made.
CREATE OR REPLACE TEMP TABLE agreement_history AS
WITH steps AS (
    SELECT
        agreement_id, status, event_start AS status_start, event_end AS status_end,
        min(event_edtf) AS status_edtf,
        arg_min(mention_id, CAST(1 - confidence AS VARCHAR) || mention_id) AS mention_id,
        min(published_on) AS first_reported_on,
        list(DISTINCT mention_id) AS mentions
    FROM agreement_tellings
    GROUP BY agreement_id, status, event_start, event_end
), made AS (
    SELECT agreement_id, min(event_start) AS made_on FROM agreement_tellings WHERE is_done GROUP BY agreement_id
), own AS (
    SELECT s.*
    FROM steps AS s
    LEFT JOIN made AS m USING (agreement_id)
    WHERE s.status <> 'proposed' OR m.agreement_id IS NULL OR s.status_start < m.made_on
), held AS (
    -- The most exact step of the same status that each step may be told as; itself, if there is none.
    SELECT
        s.agreement_id, s.status, s.status_start, s.status_end, s.mentions, s.first_reported_on,
        e.status_start AS exact_start, e.status_end AS exact_end
    FROM own AS s
    INNER JOIN own AS e
        ON e.agreement_id = s.agreement_id AND e.status = s.status
        AND (
            (s.status_start IS NOT DISTINCT FROM e.status_start AND s.status_end IS NOT DISTINCT FROM e.status_end)
            OR (s.status_start IS NULL AND e.status_start IS NOT NULL)
            OR (s.status_start <= e.status_start AND s.status_end >= e.status_end)
        )
    QUALIFY row_number() OVER (
        PARTITION BY s.agreement_id, s.status, s.status_start, s.status_end
        ORDER BY (e.status_start IS NULL), e.status_end - e.status_start, e.status_start
    ) = 1
), counted AS (
    SELECT
        agreement_id, status, exact_start, exact_end,
        min(first_reported_on) AS first_reported_on, len(list_distinct(flatten(list(mentions)))) AS mention_count
    FROM held GROUP BY ALL
)
SELECT
    c.agreement_id,
    CAST(row_number() OVER (
        PARTITION BY c.agreement_id
        ORDER BY c.exact_start NULLS LAST, progress(c.status), c.exact_end
    ) AS INTEGER) AS step,
    c.status, s.status_edtf, c.exact_start AS status_start, c.exact_end AS status_end,
    s.mention_id, m.document_id, c.first_reported_on, c.mention_count
FROM counted AS c
INNER JOIN own AS s
    ON s.agreement_id = c.agreement_id AND s.status = c.status
    AND s.status_start IS NOT DISTINCT FROM c.exact_start AND s.status_end IS NOT DISTINCT FROM c.exact_end
INNER JOIN event_mentions AS m ON m.mention_id = s.mention_id;
