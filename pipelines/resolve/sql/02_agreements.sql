-- Which agreement does a mention speak of? Same kind, same parties and same period are one agreement;
-- without a period the folded title decides.
CREATE OR REPLACE TEMP TABLE mention_countries AS
SELECT
    mention_id,
    list_sort(list(DISTINCT country) FILTER (country IS NOT NULL)) AS countries
FROM participants
GROUP BY mention_id;

CREATE OR REPLACE TEMP TABLE agreement_keys AS
SELECT
    am.mention_id,
    am.position,
    substr(sha256(concat_ws(
        chr(31), 'agreement', am.kind, coalesce(array_to_string(c.countries, ';'), '-'),
        coalesce(CAST(am.period_start AS VARCHAR), '-'), coalesce(CAST(am.period_end AS VARCHAR), '-'),
        folded(am.title)
    )), 1, 20) AS agreement_id
FROM agreement_mentions AS am
LEFT JOIN mention_countries AS c USING (mention_id);

CREATE OR REPLACE TEMP TABLE mention_agreements AS
SELECT DISTINCT mention_id, agreement_id FROM agreement_keys;

CREATE OR REPLACE TEMP TABLE agreements AS
WITH told AS (
    SELECT
        k.agreement_id, am.title, am.kind, am.status, am.period_start, am.period_end,
        m.mention_id, m.document_id, m.event_start, m.event_end, m.event_edtf, m.place_id, m.place_name, c.countries,
        am.status IN ('signed', 'adopted', 'ratified') AS is_done,
        row_number() OVER (
            PARTITION BY k.agreement_id ORDER BY length(am.title) DESC, m.confidence DESC, m.mention_id
        ) AS fullness,
        CASE am.status
            WHEN 'terminated' THEN 6 WHEN 'ratified' THEN 5 WHEN 'signed' THEN 4
            WHEN 'adopted' THEN 3 WHEN 'planned' THEN 2 ELSE 1
        END AS progress
    FROM agreement_keys AS k
    INNER JOIN agreement_mentions AS am USING (mention_id, position)
    INNER JOIN event_mentions AS m USING (mention_id)
    LEFT JOIN mention_countries AS c USING (mention_id)
)
SELECT
    agreement_id,
    min(title) FILTER (fullness = 1) AS title,
    min(kind) AS kind,
    arg_max(status, progress) AS status,
    min(event_start) FILTER (is_done AND event_start = event_end) AS signed_on,
    arg_min(event_edtf, coalesce(CAST(event_start AS VARCHAR), event_edtf)) FILTER (is_done) AS signed_edtf,
    arg_min(place_id, mention_id) FILTER (is_done AND place_id IS NOT NULL) AS place_id,
    arg_min(place_name, mention_id) FILTER (is_done AND place_id IS NOT NULL) AS place_name,
    min(period_start) AS period_start,
    min(period_end) AS period_end,
    nullif(array_to_string(list_sort(list_distinct(flatten(list(coalesce(countries, []))))), ';'), '') AS party_countries,
    count(DISTINCT mention_id) AS mention_count,
    count(DISTINCT document_id) AS document_count
FROM told
GROUP BY agreement_id;

CREATE OR REPLACE TEMP TABLE agreement_parties AS
SELECT DISTINCT k.agreement_id, pa.actor_id, a.country
FROM agreement_keys AS k
INNER JOIN event_mentions AS m USING (mention_id)
INNER JOIN participant_actors AS pa USING (mention_id)
INNER JOIN actors AS a USING (actor_id)
WHERE a.kind IN ('country', 'body', 'organization', 'person', 'armed_group');
