-- What does each mention say of its event? One row per mention, with what two mentions are compared by.

-- Who takes part. A short name ("the commission") in an article stands for the fuller one it ends.
CREATE OR REPLACE TEMP TABLE event_parties AS
WITH named AS (
    SELECT p.mention_id, p.document_id, p.role, p.kind, p.country, pa.actor_id, folded(p.name) AS name
    FROM participants AS p
    INNER JOIN participant_actors AS pa USING (mention_id, role, position)
), bodies AS (
    SELECT DISTINCT document_id, name FROM named WHERE kind = 'organization'
), fuller AS (
    SELECT 'organization' AS kind, short.document_id, short.name, max_by(long.name, (length(long.name), long.name)) AS full_name
    FROM bodies AS short
    INNER JOIN bodies AS long ON long.document_id = short.document_id AND ends_with(long.name, ' ' || short.name)
    GROUP BY ALL
)
SELECT
    n.mention_id, n.role, n.kind, n.country,
    CASE WHEN n.kind = 'organization' THEN coalesce(f.full_name, n.name) ELSE n.actor_id END AS party
FROM named AS n
LEFT JOIN fuller AS f ON f.kind = n.kind AND f.document_id = n.document_id AND f.name = n.name;

CREATE OR REPLACE TEMP TABLE event_sides AS
SELECT
    mention_id,
    coalesce(list_sort(list(DISTINCT country) FILTER (country IS NOT NULL)), []) AS countries,
    coalesce(list_sort(list(DISTINCT country) FILTER (country IS NOT NULL AND role = 'actor')), []) AS actors,
    coalesce(list_sort(list(DISTINCT country) FILTER (country IS NOT NULL AND role = 'recipient')), []) AS recipients,
    coalesce(list_sort(list(DISTINCT party) FILTER (kind NOT IN ('country', 'group'))), []) AS names,
    coalesce(list_sort(list(DISTINCT party) FILTER (kind IN ('person', 'organization', 'armed_group'))), []) AS specific,
    coalesce(list_sort(list(DISTINCT party) FILTER (kind IN ('organization', 'armed_group'))), []) AS bodies
FROM event_parties
GROUP BY mention_id;

CREATE OR REPLACE TEMP TABLE event_treaties AS
SELECT
    a.mention_id,
    coalesce(list_sort(list(DISTINCT l.agreement_id) FILTER (l.agreement_id IS NOT NULL)), []) AS agreements,
    list_sort(list(DISTINCT a.kind)) AS kinds,
    coalesce(list_sort(list(DISTINCT a.period_start || '/' || a.period_end) FILTER (a.period_start IS NOT NULL)), [])
        AS periods
FROM agreement_mentions AS a
LEFT JOIN mention_agreements AS l USING (mention_id)
GROUP BY a.mention_id;

-- The sort of act: the longest listed beginning of the code, else its first three digits.
CREATE OR REPLACE TEMP TABLE event_sorts AS
SELECT
    c.cameo_code,
    CASE
        WHEN count(w.cameo) > 0 THEN coalesce(max_by(w.sort, length(w.cameo)), '')
        WHEN substr(c.cameo_code, 3, 1) IN ('', '0') THEN ''
        ELSE left(c.cameo_code, 3)
    END AS sort,
    coalesce(max_by(w.mutual, length(w.cameo)), 0) = 1 AS mutual
FROM (SELECT DISTINCT cameo_code FROM event_mentions) AS c
LEFT JOIN event_wordings AS w ON starts_with(c.cameo_code, w.cameo)
GROUP BY c.cameo_code;

-- What a sentence that begins with "In addition" tells is further to what its article told before.
-- The days an event may have been on. Where nothing but the day of publication is known, it was then or up to two
-- days before. A date without a year keeps its month and day.
CREATE OR REPLACE TEMP TABLE told AS
WITH worded AS (
    SELECT *, folded(sentence) AS words FROM event_mentions
), beginnings AS (
    SELECT list(words || ' ') AS further FROM event_further
)
SELECT
    m.mention_id, m.document_id, d.published_on, st.story_id, m.event_type,
    CASE WHEN m.status IN ('occurred', 'ongoing') THEN 'real' ELSE m.status END AS reality,
    so.sort, so.mutual, m.cameo_code, folded(m.trigger) AS word,
    CASE WHEN length(m.words) >= 40 THEN hash(m.words) END AS sentence,
    coalesce(s.countries, []) AS countries, coalesce(s.actors, []) AS actors, coalesce(s.recipients, []) AS recipients,
    coalesce(s.names, []) AS names, coalesce(s.specific, []) AS specific, coalesce(s.bodies, []) AS bodies,
    len(list_filter(b.further, lambda beginning: starts_with(m.words, beginning))) > 0 AS is_further,
    m.date_method = 'published' AS is_published,
    m.event_start - CASE WHEN m.date_method = 'published' AND m.event_start = m.event_end THEN 2 ELSE 0 END AS first_day,
    m.event_end AS last_day,
    m.event_start = m.event_end AND m.date_method <> 'published' AS is_exact,
    CASE
        WHEN m.event_start IS NULL THEN nullif(regexp_extract(m.event_edtf, '^XXXX-(\d\d-\d\d)$', 1), '')
        WHEN m.event_start = m.event_end THEN strftime(m.event_start, '%m-%d')
    END AS month_and_day,
    coalesce(CAST(m.event_start AS VARCHAR) || '/' || m.event_end, m.event_edtf || ' ' || m.document_id, m.document_id)
        AS date_key,
    m.place_id, m.place_country, m.latitude, m.longitude,
    -- What has inhabitants and no region is a country; everything else is a place that tells events apart.
    m.place_id IS NOT NULL AND (m.place_admin1 IS NOT NULL OR m.place_population IS NULL) AS is_local,
    m.place_method = 'stated' AS is_place_stated,
    -- Of what is done in a place rather than by talking, another place is another event.
    m.event_type IN ('PROTEST', 'MOBILIZE', 'COERCE', 'ASSAULT') AS is_of_a_scene,
    coalesce(t.agreements, []) AS agreements, coalesce(t.kinds, []) AS kinds, coalesce(t.periods, []) AS periods
FROM worded AS m
CROSS JOIN beginnings AS b
INNER JOIN documents AS d ON d.document_id = m.document_id
INNER JOIN document_stories AS st ON st.document_id = m.document_id
INNER JOIN event_sorts AS so ON so.cameo_code = m.cameo_code
LEFT JOIN event_sides AS s ON s.mention_id = m.mention_id
LEFT JOIN event_treaties AS t ON t.mention_id = m.mention_id;
