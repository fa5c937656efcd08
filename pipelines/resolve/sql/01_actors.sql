-- Who is behind each participant? Persons are told by their names (person_names); of every other kind, those of the same
-- country and folded name are one actor.
CREATE OR REPLACE TEMP MACRO folded(text) AS
    trim(regexp_replace(lower(strip_accents(text)), '[^\p{L}\p{N}]+', ' ', 'g'));

CREATE OR REPLACE TEMP MACRO actor_key(kind, country, name) AS
    substr(sha256(concat_ws(chr(31), 'actor', kind, coalesce(country, '-'), name)), 1, 20);

-- Everybody that a mention names: those who take part, and those who report it.
CREATE OR REPLACE TEMP TABLE named AS
SELECT
    p.mention_id, p.document_id, p.role, p.position, p.name, p.kind,
    coalesce(p.country, c.country) AS country, p.sector, p.cameo_code, p.title, TRUE AS takes_part
FROM participants AS p
-- A body that is called "… of Peru" is Peru's.
LEFT JOIN country_names AS c
    ON c.country_name = CASE
        WHEN p.kind = 'body' AND p.country IS NULL THEN regexp_extract(p.name, '.* of (?:the )?(.+)$', 1)
    END
UNION ALL
SELECT
    mention_id, document_id, NULL, NULL, reported_by_name, reported_by_kind, reported_by_country, NULL, NULL, NULL, FALSE
FROM event_mentions
WHERE reported_by_name IS NOT NULL AND reported_by_kind IS NOT NULL;

-- Constants in the joined tables keep the joins below by hash: a condition on one side alone makes them compare all with all.
CREATE OR REPLACE TEMP TABLE persons AS
SELECT
    'person' AS kind, name, country, person_country, sound, words, has_initial, families, plain_families,
    actor_key('person', person_country, person_key) AS actor_id
FROM person_names;

-- A family name alone is the person's whose full name the same document says, if only one bears it there.
CREATE OR REPLACE TEMP TABLE family_names_alone AS
WITH in_text AS (
    SELECT DISTINCT n.document_id, p.*
    FROM named AS n
    INNER JOIN persons AS p ON p.name = n.name AND p.country IS NOT DISTINCT FROM n.country
    WHERE n.kind = 'person'
), alone AS (
    SELECT document_id, name, country, unnest(families) AS family, unnest(plain_families) AS plain_family
    FROM in_text WHERE words = 1
), full_names AS (
    SELECT document_id, person_country, actor_id, unnest(families) AS family FROM in_text WHERE words > 1
), plain_full_names AS (
    SELECT document_id, actor_id, unnest(plain_families) AS family FROM in_text WHERE words > 1
), bearers AS (
    SELECT a.document_id, a.name, a.country, f.actor_id
    FROM alone AS a
    INNER JOIN full_names AS f
        ON f.document_id = a.document_id AND f.family = a.family AND f.person_country = a.country
    UNION ALL
    SELECT a.document_id, a.name, a.country, f.actor_id
    FROM alone AS a
    INNER JOIN plain_full_names AS f ON f.document_id = a.document_id AND f.family = a.plain_family
    WHERE a.country IS NULL
)
SELECT document_id, name, country, 1 AS words, min(actor_id) AS actor_id
FROM bearers GROUP BY ALL HAVING count(DISTINCT actor_id) = 1;

CREATE OR REPLACE TEMP TABLE appearances AS
SELECT
    coalesce(a.actor_id, p.actor_id, actor_key(n.kind, n.country, folded(n.name))) AS actor_id,
    n.* EXCLUDE (country), coalesce(p.person_country, n.country) AS country, n.country AS stated_country,
    coalesce(m.event_start, d.published_on) AS seen_on,
    least(m.event_start, d.published_on) AS attested_on,
    coalesce(d.published_on, m.event_start) AS told_on,
    p.sound, p.words, p.has_initial
FROM named AS n
INNER JOIN event_mentions AS m USING (mention_id)
INNER JOIN documents AS d ON d.document_id = m.document_id
LEFT JOIN persons AS p ON p.kind = n.kind AND p.name = n.name AND p.country IS NOT DISTINCT FROM n.country
LEFT JOIN family_names_alone AS a
    ON a.words = p.words AND a.document_id = n.document_id AND a.name = n.name AND a.country IS NOT DISTINCT FROM n.country;

CREATE OR REPLACE TEMP TABLE participant_actors AS
SELECT mention_id, role, position, actor_id FROM appearances WHERE takes_part;

-- Sources take part in no event, but the register knows them as actors too.
CREATE OR REPLACE TEMP TABLE mention_reporters AS
SELECT mention_id, actor_id, name, kind, country FROM appearances WHERE NOT takes_part;

-- The commonest spelling stands for the actor; then the longest, then the alphabetically first. A family name alone only
-- where no text says more.
CREATE OR REPLACE TEMP TABLE spelled AS
SELECT
    actor_id, name,
    min(sound) AS sound, min(words) AS words, bool_or(has_initial) AS has_initial, min(stated_country) AS stated_country,
    count(DISTINCT mention_id) AS mention_count,
    row_number() OVER (
        PARTITION BY actor_id
        ORDER BY (coalesce(min(words), 2) = 1), count(DISTINCT mention_id) DESC, length(name) DESC, name
    ) AS place
FROM appearances GROUP BY actor_id, name;

CREATE OR REPLACE TEMP TABLE actors AS
WITH coded AS (
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

CREATE OR REPLACE TEMP TABLE actor_names AS
SELECT
    s.actor_id, s.name, s.mention_count,
    CASE
        WHEN s.place = 1 THEN 'canonical'
        WHEN folded(s.name) = folded(c.name) THEN 'accents and case'
        WHEN s.words = 1 AND c.words > 1 THEN 'family name in one document'
        WHEN s.stated_country IS NULL AND a.country IS NOT NULL THEN 'country not stated'
        WHEN s.has_initial <> c.has_initial THEN 'initial'
        WHEN s.words <> c.words THEN 'names left out'
        WHEN list_sort(string_split(folded(s.name), ' ')) = list_sort(string_split(folded(c.name), ' ')) THEN 'order of names'
        ELSE 'transliteration'
    END AS rule
FROM spelled AS s
INNER JOIN spelled AS c ON c.actor_id = s.actor_id AND c.place = 1
INNER JOIN actors AS a ON a.actor_id = s.actor_id;
