-- Who did what to whom, when and where, in the columns of GDELT 2.0's export files?
-- Denied and hypothetical events are left out: this layout has no place to say that something did not happen.
WITH codes AS (
    -- A code is a country and roles (BLRGOV), roles alone, or that of a body of no one country (IGOUNO).
    SELECT actor_id, upper(name) AS name, country, cameo_code, sector,
        cameo_code ~ '^(IGO|NGO|IMG|MNC)' AS is_own,
        CASE WHEN starts_with(cameo_code, country) THEN substr(cameo_code, 4) ELSE cameo_code END AS roles
    FROM actors
),
parties AS (
    SELECT actor_id, name, country, cameo_code,
        CASE WHEN is_own THEN nullif(substr(cameo_code, 4, 3), '') END AS known_group,
        nullif(left(roles, 3), '') AS role1,
        CASE WHEN is_own THEN nullif(sector, left(roles, 3)) ELSE nullif(substr(roles, 4, 3), '') END AS role2,
        CASE WHEN NOT is_own THEN nullif(substr(roles, 7, 3), '') END AS role3
    FROM codes
),
added AS (
    SELECT mentions.event_id, min(inputs.seen_at) AT TIME ZONE 'UTC' AS added_at
    FROM event_mentions AS mentions
    JOIN inputs USING (document_id)
    GROUP BY mentions.event_id
),
days AS (
    -- A day only where the EDTF begins with one (months above 12 are seasons and quarters); where it does not,
    -- a month or year only if the whole span of the event lies in it.
    SELECT event_id, event_start, event_end,
        event_edtf ~ '^\d{4}\??-(0[1-9]|1[0-2])-\d{2}' AS has_day,
        to_char(event_start, 'YYYYMM') = to_char(event_end, 'YYYYMM') AS is_one_month,
        CAST(extract(YEAR FROM event_start) AS integer) AS year,
        CAST(extract(MONTH FROM event_start) AS integer) AS month,
        CAST(extract(DAY FROM event_start) AS integer) AS day,
        CAST(extract(YEAR FROM event_end) AS integer) AS end_year
    FROM events
),
dated AS (
    SELECT *, has_day OR is_one_month AS has_month, has_day OR year = end_year AS has_year
    FROM days
),
located AS (
    -- Towns and countries have a population, and only towns a first-level region; regions have no population.
    SELECT place_id,
        CASE
            WHEN population IS NOT NULL AND admin1 IS NULL THEN 1
            WHEN population IS NOT NULL AND country = 'USA' THEN 3
            WHEN population IS NOT NULL THEN 4
            WHEN country = 'USA' AND admin1 IS NOT NULL AND place_id NOT LIKE 'area:us-county-%' THEN 2
            WHEN starts_with(place_id, concat('area:', lower(country), '-')) THEN 5
            ELSE 0
        END AS kind,
        country || admin1 AS region
    FROM places
)
SELECT
    CAST(CAST('x0' || left(events.event_id, 15) AS bit(64)) AS bigint) AS "GLOBALEVENTID",
    CASE WHEN has_day THEN CAST(to_char(dated.event_start, 'YYYYMMDD') AS integer) END AS "SQLDATE",
    CASE WHEN has_month THEN CAST(to_char(dated.event_start, 'YYYYMM') AS integer) END AS "MonthYear",
    CASE WHEN has_year THEN dated.year END AS "Year",
    CASE WHEN has_day THEN CAST(
        round(dated.year + ((dated.month - 1) * 30 + dated.day) / 365.0, 4) AS double precision
    ) END AS "FractionDate",
    one.cameo_code AS "Actor1Code",
    one.name AS "Actor1Name",
    one.country AS "Actor1CountryCode",
    one.known_group AS "Actor1KnownGroupCode",
    CAST(NULL AS text) AS "Actor1EthnicCode",
    CAST(NULL AS text) AS "Actor1Religion1Code",
    CAST(NULL AS text) AS "Actor1Religion2Code",
    one.role1 AS "Actor1Type1Code",
    one.role2 AS "Actor1Type2Code",
    one.role3 AS "Actor1Type3Code",
    two.cameo_code AS "Actor2Code",
    two.name AS "Actor2Name",
    two.country AS "Actor2CountryCode",
    two.known_group AS "Actor2KnownGroupCode",
    CAST(NULL AS text) AS "Actor2EthnicCode",
    CAST(NULL AS text) AS "Actor2Religion1Code",
    CAST(NULL AS text) AS "Actor2Religion2Code",
    two.role1 AS "Actor2Type1Code",
    two.role2 AS "Actor2Type2Code",
    two.role3 AS "Actor2Type3Code",
    CAST(lead_mentions.sentence_index < 3 AS INTEGER) AS "IsRootEvent",
    events.cameo_code AS "EventCode",
    left(events.cameo_code, 3) AS "EventBaseCode",
    events.cameo_root AS "EventRootCode",
    events.quad_class AS "QuadClass",
    greatest(CAST(-10 AS double precision), least(CAST(10 AS double precision), events.intensity)) AS "GoldsteinScale",
    events.mention_count AS "NumMentions",
    events.site_count AS "NumSources",
    events.document_count AS "NumArticles",
    CAST(NULL AS double precision) AS "AvgTone",
    0 AS "Actor1Geo_Type",
    CAST(NULL AS text) AS "Actor1Geo_FullName",
    CAST(NULL AS text) AS "Actor1Geo_CountryCode",
    CAST(NULL AS text) AS "Actor1Geo_ADM1Code",
    CAST(NULL AS text) AS "Actor1Geo_ADM2Code",
    CAST(NULL AS double precision) AS "Actor1Geo_Lat",
    CAST(NULL AS double precision) AS "Actor1Geo_Long",
    CAST(NULL AS text) AS "Actor1Geo_FeatureID",
    0 AS "Actor2Geo_Type",
    CAST(NULL AS text) AS "Actor2Geo_FullName",
    CAST(NULL AS text) AS "Actor2Geo_CountryCode",
    CAST(NULL AS text) AS "Actor2Geo_ADM1Code",
    CAST(NULL AS text) AS "Actor2Geo_ADM2Code",
    CAST(NULL AS double precision) AS "Actor2Geo_Lat",
    CAST(NULL AS double precision) AS "Actor2Geo_Long",
    CAST(NULL AS text) AS "Actor2Geo_FeatureID",
    coalesce(located.kind, 0) AS "ActionGeo_Type",
    events.place_name AS "ActionGeo_FullName",
    events.place_country AS "ActionGeo_CountryCode",
    located.region AS "ActionGeo_ADM1Code",
    CAST(NULL AS text) AS "ActionGeo_ADM2Code",
    events.latitude AS "ActionGeo_Lat",
    events.longitude AS "ActionGeo_Long",
    events.place_id AS "ActionGeo_FeatureID",
    CAST(to_char(added.added_at, 'YYYYMMDDHH24MISS') AS bigint) AS "DATEADDED",
    coalesce(documents.url, documents.source_uri) AS "SOURCEURL"
FROM events
JOIN event_mentions AS lead_mentions ON lead_mentions.mention_id = events.lead_mention_id
JOIN documents ON documents.document_id = lead_mentions.document_id
JOIN dated ON dated.event_id = events.event_id
LEFT JOIN parties AS one ON one.actor_id = events.actor1_id
LEFT JOIN parties AS two ON two.actor_id = events.actor2_id
LEFT JOIN located ON located.place_id = events.place_id
LEFT JOIN added ON added.event_id = events.event_id
WHERE events.status IN ('occurred', 'ongoing', 'planned')
