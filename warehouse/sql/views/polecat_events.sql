-- Who did what to whom, when and where, in the columns of POLECAT's files?
-- Denied and hypothetical events are left out: this layout has no place to say that something did not happen.
WITH listed AS (
    -- Sorting each short list by itself is many times faster here than ordering inside the aggregates.
    SELECT participants.mention_id, participants.role,
        list_sort(list({
            'position': participants.position, 'name': actors.name, 'text': participants.text,
            'country': coalesce(actors.country, 'None'), 'sector': coalesce(actors.sector, 'None'),
            'title': coalesce(participants.title, 'None')
        })) AS parties,
        min(actors.sector) FILTER (participants.position = 0) AS primary_sector,
        count(actors.country) AS countries_known,
        count(actors.sector) AS sectors_known,
        count(participants.title) AS titles_known
    FROM participants
    JOIN events ON events.lead_mention_id = participants.mention_id
    JOIN actors ON actors.actor_id = participants.actor_id
    GROUP BY participants.mention_id, participants.role
),
sides AS (
    -- Lists run in the text's order, the nth value of each about the nth party; POLECAT writes None for unknown.
    SELECT mention_id, role, primary_sector,
        array_to_string([party.name FOR party IN parties], '; ') AS names,
        array_to_string([party.text FOR party IN parties], '; ') AS texts,
        CASE WHEN countries_known > 0 THEN array_to_string([party.country FOR party IN parties], '; ') END AS countries,
        CASE WHEN sectors_known > 0 THEN array_to_string([party.sector FOR party IN parties], '; ') END AS sectors,
        CASE WHEN titles_known > 0 THEN array_to_string([party.title FOR party IN parties], '; ') END AS titles
    FROM listed
),
people AS (
    SELECT document_id,
        array_to_string(list_sort(list(name) FILTER (kind = 'person')), '; ') AS persons,
        array_to_string(list_sort(list(name) FILTER (kind IN ('body', 'organization', 'armed_group'))), '; ')
            AS organizations
    FROM (
        SELECT DISTINCT participants.document_id, actors.name, actors.kind
        FROM participants
        JOIN actors ON actors.actor_id = participants.actor_id
    )
    GROUP BY document_id
),
scenes AS (
    SELECT document_id, array_to_string(list_sort(list(place_name)), '; ') AS locations
    FROM (SELECT DISTINCT document_id, place_name FROM event_mentions WHERE place_name IS NOT NULL)
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
        WHEN regexp_matches(events.event_edtf, '^\d{4}\??-(0[1-9]|1[0-2])-\d{2}') THEN events.event_start
    END AS "Event Date",
    events.event_type AS "Event Type",
    events.mode AS "Event Mode",
    events.intensity AS "Intensity",
    upper(events.quad_name) AS "Quad Code",
    replace(events.contexts, ';', '; ') AS "Contexts",
    doers.names AS "Actor Name",
    doers.countries AS "Actor Country",
    CAST(NULL AS VARCHAR) AS "Actor COW",
    doers.primary_sector AS "Primary Actor Sector",
    doers.sectors AS "Actor Sectors",
    doers.titles AS "Actor Title",
    doers.texts AS "Actor Name Raw",
    CAST(NULL AS VARCHAR) AS "Wikipedia Actor ID",
    receivers.names AS "Recipient Name",
    receivers.countries AS "Recipient Country",
    CAST(NULL AS VARCHAR) AS "Recipient COW",
    receivers.primary_sector AS "Primary Recipient Sector",
    receivers.sectors AS "Recipient Sectors",
    receivers.titles AS "Recipient Title",
    receivers.texts AS "Recipient Name Raw",
    CAST(NULL AS VARCHAR) AS "Wikipedia Recipient ID",
    events.place_name AS "Placename",
    CASE WHEN located.is_town THEN events.place_name END AS "City",
    CAST(NULL AS VARCHAR) AS "District",
    CASE WHEN located.is_region THEN events.place_name END AS "Province",
    events.place_country AS "Country",
    events.latitude AS "Latitude",
    events.longitude AS "Longitude",
    TRY_CAST(events.place_id AS BIGINT) AS "GeoNames ID",
    CAST(NULL AS VARCHAR) AS "Raw Placename",
    CAST(NULL AS VARCHAR) AS "Feature Type",
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
