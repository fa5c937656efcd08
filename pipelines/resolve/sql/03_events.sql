-- What is known of each event, from all the mentions that tell of it (event_evidence says which, and why)?
CREATE OR REPLACE TEMP TABLE mention_events AS
SELECT k.mention_id, k.event_id, r.actor_id AS reported_by_actor_id
FROM event_evidence AS k
LEFT JOIN mention_reporters AS r USING (mention_id);

-- The lead mention tells the event best: the most confident, then the earliest published, then the smallest id.
CREATE OR REPLACE TEMP TABLE led AS
SELECT
    k.event_id, m.mention_id,
    row_number() OVER (
        PARTITION BY k.event_id ORDER BY m.confidence DESC, d.published_on NULLS LAST, m.mention_id
    ) AS rank_in_event,
    row_number() OVER (
        PARTITION BY k.event_id ORDER BY (m.place_id IS NULL), m.confidence DESC, m.mention_id
    ) AS place_rank,
    -- Where reports disagree on the day, the one that most articles give: days before longer spans, and what a text
    -- says before what its day of publication suggests.
    row_number() OVER (
        PARTITION BY k.event_id
        ORDER BY (m.event_start IS NULL), (m.event_edtf IS NULL), (m.date_method = 'published'),
            m.event_end - m.event_start, a.articles DESC, m.event_edtf, m.mention_id
    ) AS date_rank
FROM event_evidence AS k
INNER JOIN event_mentions AS m USING (mention_id)
INNER JOIN documents AS d ON d.document_id = m.document_id
LEFT JOIN (
    SELECT k.event_id, m.event_edtf, count(DISTINCT m.document_id) AS articles
    FROM event_evidence AS k
    INNER JOIN event_mentions AS m USING (mention_id)
    GROUP BY ALL
) AS a ON a.event_id = k.event_id AND a.event_edtf = m.event_edtf;

CREATE OR REPLACE TEMP TABLE sides AS
WITH ordered AS (
    SELECT
        l.event_id, a.actor_id, a.name, a.country, a.sector,
        row_number() OVER (PARTITION BY l.event_id ORDER BY (p.role = 'recipient'), p.position) AS place,
        row_number() OVER (PARTITION BY l.event_id ORDER BY (p.role = 'actor'), p.position) AS from_behind,
        p.role, p.position
    FROM led AS l
    INNER JOIN participant_actors AS p USING (mention_id)
    INNER JOIN actors AS a USING (actor_id)
    WHERE l.rank_in_event = 1
), first_side AS (
    SELECT * FROM ordered WHERE role = 'actor' AND position = 0
), second_side AS (
    -- the first recipient; where all are actors, the second of them
    SELECT * FROM ordered
    WHERE (role = 'recipient' AND position = 0) OR (role = 'actor' AND position = 1)
    QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY (role = 'actor')) = 1
)
SELECT
    coalesce(f.event_id, s.event_id) AS event_id,
    f.actor_id AS actor1_id, f.name AS actor1_name, f.country AS actor1_country, f.sector AS actor1_sector,
    s.actor_id AS actor2_id, s.name AS actor2_name, s.country AS actor2_country, s.sector AS actor2_sector
FROM first_side AS f
FULL JOIN second_side AS s ON s.event_id = f.event_id;

CREATE OR REPLACE TEMP TABLE event_agreement AS
SELECT k.event_id, min(ma.agreement_id) AS agreement_id
FROM event_evidence AS k
INNER JOIN mention_agreements AS ma USING (mention_id)
GROUP BY k.event_id;

CREATE OR REPLACE TEMP TABLE event_counts AS
SELECT
    k.event_id,
    count(DISTINCT m.mention_id) AS mention_count,
    count(DISTINCT m.document_id) AS document_count,
    count(DISTINCT s.story_id) AS story_count,
    count(DISTINCT coalesce(d.site, '')) AS site_count,
    count(DISTINCT pa.actor_id) AS actor_count,
    min(d.published_on) AS first_reported_on,
    max(d.published_on) AS last_reported_on,
    max(m.confidence) AS best_confidence
FROM event_evidence AS k
INNER JOIN event_mentions AS m USING (mention_id)
INNER JOIN documents AS d ON d.document_id = m.document_id
INNER JOIN document_stories AS s ON s.document_id = m.document_id
LEFT JOIN participant_actors AS pa ON pa.mention_id = m.mention_id
GROUP BY k.event_id;

-- Which of an event's mentions says what of it.
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT
    event_id,
    min(mention_id) FILTER (rank_in_event = 1) AS lead,
    min(mention_id) FILTER (date_rank = 1) AS dates,
    min(mention_id) FILTER (place_rank = 1) AS place
FROM led GROUP BY event_id;

CREATE OR REPLACE TEMP TABLE told_events AS
SELECT
    c.event_id, l.event_type, l.mode, l.contexts, l.cameo_code, l.cameo_root, l.quad_class, l.quad_name, l.intensity, l.status,
    t.event_edtf, t.event_start, t.event_end,
    p.place_id, p.place_name, p.place_country, p.latitude, p.longitude,
    s.* EXCLUDE (event_id),
    c.actor_count, g.agreement_id, c.mention_count, c.document_count, c.story_count, c.site_count,
    c.first_reported_on, c.last_reported_on, l.mention_id AS lead_mention_id, c.best_confidence AS confidence
FROM event_counts AS c
INNER JOIN chosen AS r ON r.event_id = c.event_id
INNER JOIN event_mentions AS l ON l.mention_id = r.lead
INNER JOIN event_mentions AS t ON t.mention_id = r.dates
INNER JOIN event_mentions AS p ON p.mention_id = r.place
LEFT JOIN sides AS s ON s.event_id = c.event_id
LEFT JOIN event_agreement AS g ON g.event_id = c.event_id;
