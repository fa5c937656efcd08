-- Who is behind each participant? Participants of the same kind, country and folded name are one actor.
CREATE OR REPLACE TEMP MACRO folded(text) AS
    trim(regexp_replace(lower(strip_accents(text)), '[^\p{L}\p{N}]+', ' ', 'g'));

CREATE OR REPLACE TEMP MACRO actor_key(kind, country, name) AS
    substr(sha256(concat_ws(chr(31), 'actor', kind, coalesce(country, '-'), folded(name))), 1, 20);

CREATE OR REPLACE TEMP TABLE participant_actors AS
SELECT mention_id, role, position, actor_key(kind, country, name) AS actor_id
FROM participants;

-- Sources take part in no event, but the register knows them as actors too.
CREATE OR REPLACE TEMP TABLE mention_reporters AS
SELECT
    mention_id,
    actor_key(reported_by_kind, reported_by_country, reported_by_name) AS actor_id,
    reported_by_name AS name,
    reported_by_kind AS kind,
    reported_by_country AS country
FROM event_mentions
WHERE reported_by_name IS NOT NULL AND reported_by_kind IS NOT NULL;

CREATE OR REPLACE TEMP TABLE appearances AS
SELECT
    pa.actor_id, p.name, p.kind, p.country, p.sector, p.cameo_code, p.title, m.mention_id,
    coalesce(m.event_start, d.published_on) AS seen_on, TRUE AS takes_part
FROM participants AS p
INNER JOIN participant_actors AS pa USING (mention_id, role, position)
INNER JOIN event_mentions AS m USING (mention_id)
INNER JOIN documents AS d ON d.document_id = m.document_id
UNION ALL
SELECT
    r.actor_id, r.name, r.kind, r.country, NULL, NULL, NULL, r.mention_id,
    coalesce(m.event_start, d.published_on), FALSE
FROM mention_reporters AS r
INNER JOIN event_mentions AS m USING (mention_id)
INNER JOIN documents AS d ON d.document_id = m.document_id;

-- The commonest spelling and coding stand for the actor; ties go to the alphabetically first.
CREATE OR REPLACE TEMP MACRO commonest_rank(value, uses) AS
    row_number() OVER (PARTITION BY actor_id ORDER BY (value IS NULL), uses DESC, value);

CREATE OR REPLACE TEMP TABLE actors AS
WITH spelled AS (
    SELECT actor_id, name, row_number() OVER (PARTITION BY actor_id ORDER BY count(*) DESC, name) AS place
    FROM appearances GROUP BY actor_id, name
), coded AS (
    SELECT
        actor_id, sector, cameo_code,
        row_number() OVER (
            PARTITION BY actor_id ORDER BY (sector IS NULL), count(*) DESC, sector, cameo_code
        ) AS place
    FROM appearances GROUP BY actor_id, sector, cameo_code
)
SELECT
    a.actor_id,
    min(s.name) AS name,
    min(a.kind) AS kind,
    min(a.country) AS country,
    min(c.sector) AS sector,
    min(c.cameo_code) AS cameo_code,
    count(DISTINCT a.mention_id) FILTER (a.takes_part) AS mention_count,
    min(a.seen_on) AS first_on,
    max(a.seen_on) AS last_on
FROM appearances AS a
INNER JOIN spelled AS s ON s.actor_id = a.actor_id AND s.place = 1
INNER JOIN coded AS c ON c.actor_id = a.actor_id AND c.place = 1
GROUP BY a.actor_id;

-- A person's titles, with the span in which the texts attest them.
CREATE OR REPLACE TEMP TABLE offices AS
SELECT
    a.actor_id AS person_id,
    min(x.name) AS person,
    a.title,
    CAST(NULL AS VARCHAR) AS organisation,
    min(a.country) AS country,
    min(a.seen_on) AS first_on,
    max(a.seen_on) AS last_on,
    count(DISTINCT a.mention_id) AS mention_count
FROM appearances AS a
INNER JOIN actors AS x USING (actor_id)
WHERE a.kind = 'person' AND a.title IS NOT NULL
GROUP BY a.actor_id, a.title;
