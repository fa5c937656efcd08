-- Who held which office, in which span do the texts attest it, and who came before and after?
CREATE OR REPLACE TEMP TABLE office_tellings AS
SELECT
    a.actor_id AS person_id, o.office AS title, o.standing, o.is_single, o.is_general,
    -- An organisation of no country (a union of states) has offices of no country.
    CASE WHEN o.organisation IS NOT NULL THEN o.country ELSE coalesce(o.country, a.country) END AS country,
    coalesce(o.organisation, o.ministry || ' of ' || c.country_name) AS organisation,
    a.mention_id, a.attested_on, a.told_on
FROM appearances AS a
INNER JOIN title_offices AS o USING (title)
LEFT JOIN country_names AS c ON c.country = coalesce(o.country, a.country)
-- Whom texts only describe ("the president of Peru") is nobody else's predecessor.
WHERE a.kind = 'person' AND o.office IS NOT NULL AND a.words > 0;

-- "The minister" is the office whose portfolio other texts name, if the person holds only one such.
CREATE OR REPLACE TEMP TABLE ministries AS
SELECT person_id, country, TRUE AS is_general, min(title) AS title, min(organisation) AS organisation
FROM office_tellings
WHERE standing = 'held' AND NOT is_general AND title LIKE 'Minister of %'
GROUP BY person_id, country HAVING count(DISTINCT title) = 1;

CREATE OR REPLACE TEMP TABLE offices_told AS
SELECT
    t.* EXCLUDE (title, organisation),
    coalesce(m.title, t.title) AS title, coalesce(m.organisation, t.organisation) AS organisation,
    substr(sha256(concat_ws(
        chr(31), 'office', coalesce(m.title, t.title), coalesce(m.organisation, t.organisation, '-'), coalesce(t.country, '-')
    )), 1, 20) AS office_id
FROM office_tellings AS t
LEFT JOIN ministries AS m ON m.is_general = t.is_general AND m.person_id = t.person_id AND m.country IS NOT DISTINCT FROM t.country;

CREATE OR REPLACE TEMP TABLE offices AS
WITH held AS (
    SELECT
        person_id, office_id,
        min(title) AS title, min(organisation) AS organisation, min(country) AS country,
        min(attested_on) AS first_on, max(attested_on) AS last_on,
        bool_or(is_single AND NOT is_general) AS is_single, count(DISTINCT mention_id) AS mention_count
    FROM offices_told WHERE standing = 'held' GROUP BY person_id, office_id
), lost AS (
    SELECT person_id, office_id, min(told_on) AS former_by FROM offices_told WHERE standing = 'former' GROUP BY ALL
), terms AS (
    -- Offices that one person at a time holds follow each other where their spans do not overlap.
    SELECT
        person_id, office_id,
        lag(person_id) OVER in_turn AS before_id, lag(last_on) OVER in_turn AS before_until,
        lead(person_id) OVER in_turn AS after_id, lead(first_on) OVER in_turn AS after_from, first_on, last_on
    FROM held
    WHERE is_single AND first_on IS NOT NULL AND (country IS NOT NULL OR organisation IS NOT NULL)
    WINDOW in_turn AS (PARTITION BY office_id ORDER BY first_on, last_on, person_id)
)
SELECT
    h.person_id, a.name AS person, h.office_id, h.title, h.organisation, h.country, h.first_on, h.last_on, l.former_by,
    CASE WHEN t.before_until < t.first_on THEN t.before_id END AS predecessor_id,
    CASE WHEN t.after_from > t.last_on THEN t.after_id END AS successor_id,
    h.mention_count
FROM held AS h
INNER JOIN actors AS a ON a.actor_id = h.person_id
LEFT JOIN lost AS l ON l.person_id = h.person_id AND l.office_id = h.office_id
LEFT JOIN terms AS t ON t.person_id = h.person_id AND t.office_id = h.office_id;
