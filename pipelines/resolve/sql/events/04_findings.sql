-- What do two readings have in common, and what speaks against their telling of one event?
-- One finding per factor; evidence.csv says how much each counts. Pairs whose days, sorts of act or directions
-- contradict each other are not compared further.
CREATE OR REPLACE TEMP MACRO disjoint(one, other) AS len(one) > 0 AND len(other) > 0 AND NOT list_has_any(one, other);

CREATE OR REPLACE TEMP TABLE event_findings AS
WITH side_by_side AS (
    SELECT
        p.first_reading, p.second_reading, p.text, p.in_one_document,
        a, b,
        len(list_intersect(a.names, b.names)) AS names_shared,
        len(a.specific) > 0 AND len(b.specific) > 0
            AND (len(a.bodies) > 0 OR len(b.bodies) > 0) AND NOT list_has_any(a.bodies, b.bodies) AS is_another_body,
        greatest(a.first_day, b.first_day) - least(a.last_day, b.last_day) AS days_between,
        greatest(a.last_day - a.first_day, b.last_day - b.first_day) + 1 AS longer_span,
        a.is_published OR b.is_published AS is_one_published,
        a.first_day IS NULL OR b.first_day IS NULL AS is_one_undated,
        list_has_any(a.agreements, b.agreements)
            OR (list_has_any(a.kinds, b.kinds) AND list_has_any(a.periods, b.periods)) AS is_one_agreement,
        -- kilometres, well enough for places near each other
        111.2 * sqrt(
            (a.latitude - b.latitude) ** 2 + ((a.longitude - b.longitude) * cos(radians(a.latitude))) ** 2
        ) AS kilometres
    FROM event_pairs AS p
    INNER JOIN readings AS a ON a.reading = p.first_reading
    INNER JOIN readings AS b ON b.reading = p.second_reading
    WHERE a.sort = b.sort OR a.sort = '' OR b.sort = ''
)
SELECT
    first_reading, second_reading, in_one_document,
    -- Inside one article another name, another exact day or an "In addition" means another event: a writer does not
    -- contradict himself.
    in_one_document AND NOT is_one_agreement AND (
        disjoint(a.specific, b.specific) OR a.is_further OR b.is_further
        OR coalesce(a.is_exact AND b.is_exact AND a.first_day <> b.first_day, false)
    ) AS is_told_apart,
    coalesce(days_between > 1, false)
        OR coalesce(a.month_and_day <> b.month_and_day AND is_one_undated, false)
        OR (is_one_undated AND NOT in_one_document AND text < 3 AND NOT is_one_agreement
            AND (a.month_and_day = b.month_and_day) IS NOT TRUE
            AND NOT coalesce(a.is_local AND a.place_id = b.place_id
                AND abs(coalesce(a.published_on - b.published_on, 0)) <= 45, false))
        OR (NOT (a.mutual AND b.mutual) AND (disjoint(a.actors, b.actors) OR disjoint(a.recipients, b.recipients)))
        AS is_contradicted,
    is_one_undated OR longer_span > 7 AS is_loose,
    CASE
        WHEN len(a.countries) = 0 AND len(b.countries) = 0 THEN 'none'
        WHEN len(a.countries) = 0 OR len(b.countries) = 0 THEN 'unnamed'
        WHEN a.countries = b.countries THEN CASE WHEN len(a.countries) > 1 THEN 'same' ELSE 'one' END
        WHEN list_has_all(a.countries, b.countries) OR list_has_all(b.countries, a.countries) THEN 'fewer'
        WHEN list_has_any(a.countries, b.countries) THEN 'overlap'
        ELSE 'different'
    END AS parties,
    CASE
        WHEN names_shared > 0 THEN
            CASE WHEN names_shared > 1 THEN 'several' ELSE 'shared' END
            || CASE WHEN is_another_body THEN ' but another body' ELSE '' END
        WHEN is_another_body THEN 'another body'
        WHEN disjoint(a.specific, b.specific) THEN 'others'
        ELSE 'silent'
    END AS names,
    CASE
        WHEN is_one_undated THEN CASE WHEN a.month_and_day = b.month_and_day THEN 'same month and day' ELSE 'unknown' END
        WHEN days_between > 0 THEN 'next'
        WHEN is_one_published AND longer_span <= 7 THEN 'published'
        WHEN a.first_day = b.first_day AND a.last_day = b.last_day AND longer_span <= 10 THEN 'same'
        WHEN longer_span <= 7 THEN 'within a week'
        WHEN longer_span <= 31 THEN 'within a month'
        ELSE 'wide'
    END AS day,
    CASE
        WHEN a.place_id IS NULL OR b.place_id IS NULL THEN 'silent'
        WHEN a.place_id = b.place_id THEN CASE WHEN a.is_local THEN 'same' ELSE 'same country' END
        WHEN a.is_local AND b.is_local AND kilometres < 60 AND NOT a.is_of_a_scene THEN 'near'
        WHEN a.place_country <> b.place_country THEN
            CASE WHEN a.is_place_stated AND b.is_place_stated THEN 'other country' ELSE 'other country implied' END
        WHEN NOT (a.is_local AND b.is_local) THEN CASE WHEN a.place_country = b.place_country THEN 'same country' ELSE 'silent' END
        WHEN a.is_of_a_scene THEN 'other scene'
        ELSE 'other town'
    END AS place,
    CASE
        WHEN list_has_any(a.agreements, b.agreements) THEN 'same'
        WHEN len(a.kinds) = 0 OR len(b.kinds) = 0 THEN 'silent'
        WHEN is_one_agreement THEN 'same kind and period'
        WHEN disjoint(a.kinds, b.kinds) OR disjoint(a.periods, b.periods) THEN 'other'
        ELSE 'same kind'
    END AS agreement,
    CASE
        WHEN a.word = b.word THEN 'same word'
        WHEN a.sort = b.sort AND a.sort <> '' THEN 'same sort'
        ELSE 'general'
    END AS wording,
    CASE
        WHEN in_one_document THEN 'same document'
        WHEN text = 3 THEN 'same sentence'
        WHEN text = 2 THEN 'same story'
        ELSE 'other'
    END AS text
FROM side_by_side;

CREATE OR REPLACE TEMP TABLE event_joins AS
SELECT
    f.first_reading, f.second_reading, f.is_loose,
    p.points + n.points + d.points + l.points + g.points + w.points + t.points AS points,
    array_to_string(
        list_filter([d.words, p.words, n.words, l.words, g.words, w.words, t.words], lambda words: words <> ''), '; '
    ) AS why,
    CASE
        WHEN f.text = 'same sentence' THEN 'copy'
        WHEN f.text = 'same document' THEN 'one article'
        WHEN g.points > 2 THEN 'agreement'
        WHEN f.day = 'next' OR f.place IN ('other town', 'other country', 'other country implied') OR f.names = 'others'
            THEN 'conflicting reports'
        WHEN f.day = 'same' THEN 'same day'
        ELSE 'fitting dates'
    END AS rule
FROM event_findings AS f
INNER JOIN event_evidence_points AS p ON p.factor = 'parties' AND p.finding = f.parties
INNER JOIN event_evidence_points AS n ON n.factor = 'names' AND n.finding = f.names
INNER JOIN event_evidence_points AS d ON d.factor = 'day' AND d.finding = f.day
INNER JOIN event_evidence_points AS l ON l.factor = 'place' AND l.finding = f.place
INNER JOIN event_evidence_points AS g ON g.factor = 'agreement' AND g.finding = f.agreement
INNER JOIN event_evidence_points AS w ON w.factor = 'wording' AND w.finding = f.wording
INNER JOIN event_evidence_points AS t ON t.factor = 'text' AND t.finding = f.text
WHERE NOT f.is_told_apart AND NOT f.is_contradicted
    AND p.points + n.points + d.points + l.points + g.points + w.points + t.points >= $same_event;
