-- Who did what to whom, when and where, in the columns of POLECAT's files?
-- Denied and hypothetical events are left out: this layout has no place to say that something did not happen.
WITH sides AS (
    -- Lists run in the text's order, the nth value of each about the nth party; POLECAT writes None for unknown.
    SELECT participants.mention_id, participants.role,
        string_agg(actors.name, '; ' ORDER BY participants.position) AS names,
        string_agg(participants.text, '; ' ORDER BY participants.position) AS texts,
        CASE WHEN count(actors.country) > 0
            THEN string_agg(coalesce(actors.country, 'None'), '; ' ORDER BY participants.position) END AS countries,
        CASE WHEN count(actors.sector) > 0
            THEN string_agg(coalesce(actors.sector, 'None'), '; ' ORDER BY participants.position) END AS sectors,
        CASE WHEN count(participants.title) > 0
            THEN string_agg(coalesce(participants.title, 'None'), '; ' ORDER BY participants.position) END AS titles,
        min(actors.sector) FILTER (WHERE participants.position = 0) AS primary_sector
    FROM participants
    JOIN events ON events.lead_mention_id = participants.mention_id
    JOIN actors ON actors.actor_id = participants.actor_id
    GROUP BY participants.mention_id, participants.role
),
people AS (
    SELECT document_id,
        string_agg(name, '; ' ORDER BY name COLLATE "C") FILTER (WHERE kind = 'person') AS persons,
        string_agg(name, '; ' ORDER BY name COLLATE "C")
            FILTER (WHERE kind IN ('body', 'organization', 'armed_group')) AS organizations
    FROM (
        SELECT DISTINCT participants.document_id, actors.name, actors.kind
        FROM participants
        JOIN actors ON actors.actor_id = participants.actor_id
    ) AS named
    GROUP BY document_id
),
scenes AS (
    SELECT document_id, string_agg(place_name, '; ' ORDER BY place_name COLLATE "C") AS locations
    FROM (SELECT DISTINCT document_id, place_name FROM event_mentions WHERE place_name IS NOT NULL) AS seen
    GROUP BY document_id
),
located AS (
    -- Towns and countries have a population, and only towns a first-level region; regions have no population.
    SELECT place_id,
        population IS NOT NULL AND admin1 IS NOT NULL AS is_town,
        population IS NULL AND (
            starts_with(place_id, concat('area:', lower(country), '-'))
            OR (country = 'USA' AND admin1 IS NOT NULL AND place_id NOT LIKE 'area:us-county-%')
        ) AS is_region
    FROM places
)
SELECT
    events.event_id AS "Event ID",
    -- A day only where the EDTF begins with one; month numbers above 12 are seasons and quarters.
    CASE
        WHEN events.event_edtf ~ '^\d{4}\??-(0[1-9]|1[0-2])-\d{2}' THEN events.event_start
    END AS "Event Date",
    events.event_type AS "Event Type",
    events.mode AS "Event Mode",
    events.intensity AS "Intensity",
    upper(events.quad_name) AS "Quad Code",
    replace(events.contexts, ';', '; ') AS "Contexts",
    doers.names AS "Actor Name",
    doers.countries AS "Actor Country",
    CAST(NULL AS text) AS "Actor COW",
    doers.primary_sector AS "Primary Actor Sector",
    doers.sectors AS "Actor Sectors",
    doers.titles AS "Actor Title",
    doers.texts AS "Actor Name Raw",
    CAST(NULL AS text) AS "Wikipedia Actor ID",
    receivers.names AS "Recipient Name",
    receivers.countries AS "Recipient Country",
    CAST(NULL AS text) AS "Recipient COW",
    receivers.primary_sector AS "Primary Recipient Sector",
    receivers.sectors AS "Recipient Sectors",
    receivers.titles AS "Recipient Title",
    receivers.texts AS "Recipient Name Raw",
    CAST(NULL AS text) AS "Wikipedia Recipient ID",
    events.place_name AS "Placename",
    CASE WHEN located.is_town THEN events.place_name END AS "City",
    CAST(NULL AS text) AS "District",
    CASE WHEN located.is_region THEN events.place_name END AS "Province",
    events.place_country AS "Country",
    events.latitude AS "Latitude",
    events.longitude AS "Longitude",
    CASE WHEN events.place_id ~ '^\d{1,18}$' THEN CAST(events.place_id AS bigint) END AS "GeoNames ID",
    CAST(NULL AS text) AS "Raw Placename",
    CAST(NULL AS text) AS "Feature Type",
    coalesce(documents.publisher, documents.site) AS "Source",
    documents.published_on AS "Publication Date",
    people.persons AS "Story People",
    people.organizations AS "Story Organizations",
    scenes.locations AS "Story Locations",
    documents.language AS "Language",
    lead_mentions.extractor_version AS "Version"
FROM events
JOIN event_mentions AS lead_mentions ON lead_mentions.mention_id = events.lead_mention_id
JOIN documents ON documents.document_id = lead_mentions.document_id
LEFT JOIN sides AS doers ON doers.mention_id = lead_mentions.mention_id AND doers.role = 'actor'
LEFT JOIN sides AS receivers ON receivers.mention_id = lead_mentions.mention_id AND receivers.role = 'recipient'
LEFT JOIN located ON located.place_id = events.place_id
LEFT JOIN people ON people.document_id = documents.document_id
LEFT JOIN scenes ON scenes.document_id = documents.document_id
WHERE events.status IN ('occurred', 'ongoing', 'planned')
