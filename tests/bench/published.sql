-- A made-up register, as a published file holds it: a table made_<name> for each table that the marts and views read.
-- $mentions says how many mentions, $run which run made it; the same numbers are always the same rows. Five mentions tell of
-- an article, two of an event. Some texts hold what breaks careless programs: NUL, quotes, backslashes, marks beyond the BMP.
CREATE MACRO id(kind, number) AS substr(md5(kind || number), 1, 20);
CREATE MACRO pick(number, choices) AS choices[1 + CAST(number % len(choices) AS INTEGER)];
CREATE MACRO land(number) AS pick(number, ['ALB', 'BEL', 'CHL', 'DNK', 'EST', 'FIN', 'GHA', 'HUN', 'ISL', 'JPN', 'KEN', 'LVA']);
CREATE MACRO odd(number) AS pick(number, [
    'plain', 'NUL ' || chr(0) || ' inside', 'back\slash \N \.', 'quote '' and "', 'tab' || chr(9) || 'and line' || chr(10) || 'break',
    'sheep 🐑 and 𝔊', 'ﬃ ß İ ı ǆ', '<script>alert(1)</script>', chr(0) || chr(65534), ' ', 'e' || chr(769)
]);
CREATE MACRO actor_number(happening, side) AS CAST(
    (hash(happening, side) % greatest(20, CAST($mentions // 50 AS BIGINT))) AS BIGINT
);

CREATE TABLE made_event_mentions AS
SELECT
    id('mention', m) AS mention_id, id('event', m // 2) AS event_id, id('document', m // 5) AS document_id, 'batch-1' AS batch,
    m % 5 AS sentence_index, rpad(land(m // 2) || ' met ' || odd(m) || ' number ' || m, 79, '.') AS sentence,
    (m % 5) * 80 AS sentence_start, (m % 5) * 80 + 79 AS sentence_end,
    'met' AS "trigger", (m % 5) * 80 + 4 AS trigger_start, (m % 5) * 80 + 7 AS trigger_end,
    pick(m // 2, ['CONSULT', 'AGREE', 'ACCUSE', 'ASSAULT', 'AID']) AS event_type,
    CASE WHEN m // 2 % 5 = 0 THEN 'visit' END AS mode, CASE WHEN m // 2 % 3 = 0 THEN 'diplomatic;territory' END AS contexts,
    pick(m // 2, ['042', '057', '112', '190', '070']) AS cameo_code, pick(m // 2, ['04', '05', '11', '19', '07']) AS cameo_root,
    pick(m // 2, [1, 1, 3, 4, 2]) AS quad_class,
    pick(m // 2, ['verbal cooperation', 'verbal cooperation', 'verbal conflict', 'material conflict', 'material cooperation']) AS quad_name,
    pick(m // 2, [1.9, 4.8, -2.0, -10.0, 7.0]) AS intensity,
    pick(m // 2, ['occurred', 'occurred', 'occurred', 'planned', 'ongoing', 'denied', 'occurred']) AS status,
    DATE '2015-01-01' + CAST(hash(m // 2) % 3650 AS INTEGER) AS event_start, event_start AS event_end,
    CASE WHEN m // 2 % 11 = 0 THEN strftime(event_start, '%Y-%m') ELSE CAST(event_start AS VARCHAR) END AS event_edtf,
    'day' AS date_precision, 'explicit' AS date_method,
    'place-' || (m // 2 % 300) AS place_id, 'Town ' || (m // 2 % 300) AS place_name, land(m // 2 % 300) AS place_country,
    (m // 2 % 180) - 90.0 AS latitude, (m // 2 % 360) - 180.0 AS longitude, 'named' AS place_method,
    CASE WHEN m % 4 = 0 THEN odd(m + 3) END AS reported_by,
    CASE WHEN m % 4 = 0 THEN id('actor', actor_number(m // 2, 2)) END AS reported_by_actor_id,
    (1 + m % 9) / 10.0 AS confidence, $run AS extractor_version, m AS number
FROM range($mentions) AS t(m);

CREATE TABLE made_documents AS
SELECT
    document_id, 'batch-1' AS batch, 'archive/' || (number // 5) || '.txt' AS source_uri, number // 5 AS record,
    CASE WHEN number // 5 % 3 > 0 THEN 'https://paper' || (number // 5 % 40) || '.example/' || (number // 5) END AS url,
    CASE WHEN number // 5 % 3 > 0 THEN 'paper' || (number // 5 % 40) || '.example' END AS site,
    'Paper ' || (number // 5 % 40) AS publisher, odd(number // 5 + 1) AS author, odd(number // 5) AS title,
    string_agg(sentence, ' ' ORDER BY number) || repeat(' What else was said filled further lines of the paper that day.', 18) AS body,
    'en' AS "language", 0.9 AS language_confidence, max(event_start) + 1 AS published_on,
    CAST(max(event_start) + 1 AS VARCHAR) AS published_edtf, 'text' AS published_method, 260 AS words, 0.1 AS boilerplate_share,
    id('story', number // 10) AS story_id, number // 5 % 2 = 0 AS is_story_lead, $run AS cleaner_version
FROM made_event_mentions
GROUP BY document_id, number // 5, number // 10;

CREATE TABLE made_inputs AS
SELECT
    id('input', source_uri) AS input_id, batch, source_uri, 0 AS record, 'txt' AS format, length(body) AS bytes,
    md5(body) || md5(title) AS sha256, 'accepted' AS outcome, document_id,
    TIMESTAMPTZ '2026-01-01 22:30:00.123456+00' + to_minutes(record) AS seen_at
FROM made_documents;

CREATE TABLE made_participants AS
SELECT
    mention_id, document_id, batch, side.role AS role, 0 AS position, id('actor', actor_number(number // 2, side.side)) AS actor_id,
    left(sentence, 3) AS text, sentence_start AS text_start, sentence_start + 3 AS text_end, left(sentence, 3) AS name, 'country' AS kind,
    land(actor_number(number // 2, side.side)) AS country, 'GOV' AS sector, CASE WHEN number % 3 = 0 THEN 'minister' END AS title
FROM made_event_mentions, (VALUES ('actor', 0), ('recipient', 1)) AS side(role, side)
WHERE side.side = 0 OR number // 2 % 3 > 0;

CREATE TABLE made_actors AS
SELECT
    actor_id, 'Actor ' || any_value(text) || ' Ünlü ' || actor_id AS name, pick(hash(actor_id), ['country', 'body', 'person']) AS kind,
    any_value(country) AS country, 'GOV' AS sector, any_value(country) || 'GOV' AS cameo_code, count(*) AS mention_count
FROM (SELECT actor_id, text, country FROM made_participants
    UNION ALL SELECT reported_by_actor_id, 'x', 'ALB' FROM made_event_mentions WHERE reported_by_actor_id IS NOT NULL)
GROUP BY actor_id;

CREATE TABLE made_actor_names AS
SELECT actor_id, name, mention_count, 'canonical' AS rule FROM made_actors;

CREATE TABLE made_agreements AS
SELECT
    id('agreement', a) AS agreement_id, 'Accord ' || a || ' ' || odd(a) AS title, 'agreement' AS kind, 'signed' AS status,
    DATE '2015-01-01' + CAST(a % 3000 AS INTEGER) AS signed_on, 'ALB;BEL' AS party_countries, 1 AS mention_count, 1 AS document_count
FROM range($mentions // 50) AS t(a);

CREATE TABLE made_mention_agreements AS
SELECT mention_id, id('agreement', number // 50) AS agreement_id
FROM made_event_mentions WHERE number % 50 = 0 AND number // 50 < $mentions // 50;

CREATE TABLE made_events AS
SELECT
    event_id, any_value(COLUMNS(['event_type', 'mode', 'contexts', 'cameo_code', 'cameo_root', 'quad_class', 'quad_name', 'intensity', 'status'])),
    any_value(COLUMNS(['event_edtf', 'event_start', 'event_end', 'place_id', 'place_name', 'place_country', 'latitude', 'longitude'])),
    id('actor', actor_number(number // 2, 0)) AS actor1_id, land(actor_number(number // 2, 0)) AS actor1_country, 'GOV' AS actor1_sector,
    CASE WHEN number // 2 % 3 > 0 THEN id('actor', actor_number(number // 2, 1)) END AS actor2_id,
    CASE WHEN number // 2 % 3 > 0 THEN land(actor_number(number // 2, 1)) END AS actor2_country,
    2 AS actor_count, count(*) AS mention_count, count(DISTINCT document_id) AS document_count, 1 AS story_count, 1 AS site_count,
    min(event_start) + 1 AS first_reported_on, min(mention_id) AS lead_mention_id, max(confidence) AS confidence
FROM made_event_mentions
GROUP BY event_id, number // 2;

CREATE TABLE made_event_evidence AS
SELECT event_id, mention_id, 'first report' AS rule, 'the first report of it' AS why, 1.0 AS confidence FROM made_event_mentions;

CREATE TABLE made_places AS
SELECT place_id, place_name AS name, any_value(place_country) AS country, 'A1' AS admin1, 0.0 AS latitude, 0.0 AS longitude, 1000 AS population,
    count(*) AS mention_count
FROM made_event_mentions GROUP BY ALL;

CREATE TABLE made_runs AS
SELECT $run AS run_id, TIMESTAMPTZ '2026-01-02 00:00:00+00' AS started_at, TIMESTAMPTZ '2026-01-02 00:01:00+00' AS finished_at,
    'published' AS outcome, (SELECT count(*) FROM made_documents) AS documents, $mentions AS mentions, '1' AS software_version, 1 AS sequence;

CREATE TABLE made_quality_results AS
SELECT $run AS run_id, 'events' AS table_name, 'rows' AS kind, 'is unique' AS expectation, 'critical' AS severity, true AS success,
    0 AS unexpected_count, TIMESTAMPTZ '2026-01-02 00:00:30+00' AS checked_at;
