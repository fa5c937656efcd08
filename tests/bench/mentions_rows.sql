-- The made-up world as the rows that ingest, clean and extract would have left: a view for each of their tables.
-- Batches are the articles in the order of their numbers; one article in a hundred came with the next batch as well.
CREATE VIEW documents AS
WITH printed AS (
    SELECT
        a.*, t.body || CASE WHEN a.is_edited THEN ' ' || array_to_string([pick(a.article, w, getvariable('words')) FOR w IN range(9)], ' ') || '.' ELSE '' END
            AS body
    FROM articles AS a INNER JOIN texts AS t USING (report)
)
SELECT
    id('article', article) AS document_id, article // $batch AS number, 'batch-' || format('{:04d}', article // $batch) AS batch,
    'archive/' || (article % $batch) || '.txt' AS source_uri, 'https://' || site || '/' || article AS url, site, 'Paper' AS publisher,
    left(body, 60) AS title, body, 'en' AS language, 0.98 AS language_confidence, published_on, strftime(published_on, '%Y-%m-%d') AS published_edtf,
    'field' AS published_method, CAST(len(string_split(body, ' ')) AS INTEGER) AS words, 0.1 AS boilerplate_share, '1' AS cleaner_version, article, report
FROM printed;

CREATE VIEW event_mentions AS
WITH placed AS (
    SELECT
        t.*, row_number() OVER (PARTITION BY report ORDER BY happening) - 1 AS place,
        coalesce(sum(length(sentence) + 1) OVER (PARTITION BY report ORDER BY happening ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS begins
    FROM told AS t
), dated AS (
    SELECT
        *,
        CASE WHEN dated < 0.1 THEN NULL WHEN dated < 0.18 THEN CAST(date_trunc('month', said) AS DATE) ELSE said END AS first_day,
        CASE WHEN dated < 0.1 THEN NULL WHEN dated < 0.18 THEN last_day(said) ELSE said END AS last_day,
        CASE WHEN dated < 0.1 THEN NULL WHEN dated < 0.18 THEN strftime(said, '%Y-%m') ELSE strftime(said, '%Y-%m-%d') END AS edtf
    FROM placed
)
SELECT
    id('mention', a.article || '/' || d.happening) AS mention_id, id('article', a.article) AS document_id, a.article // $batch AS number,
    'batch-' || format('{:04d}', a.article // $batch) AS batch, CAST(place AS INTEGER) AS sentence_index, sentence,
    CAST(begins AS INTEGER) AS sentence_start, CAST(begins + length(sentence) AS INTEGER) AS sentence_end,
    act.verb AS trigger, CAST(begins + length(first_name) + 1 AS INTEGER) AS trigger_start,
    CAST(begins + length(first_name) + 1 + length(act.verb) AS INTEGER) AS trigger_end,
    act.type AS event_type, act.cameo AS cameo_code, left(act.cameo, 2) AS cameo_root, act.quad AS quad_class,
    ['verbal cooperation', 'material cooperation', 'verbal conflict', 'material conflict'][act.quad] AS quad_name, act.intensity, status,
    edtf AS event_edtf, first_day AS event_start, last_day AS event_end,
    CASE WHEN dated < 0.1 THEN 'none' WHEN dated < 0.18 THEN 'month' ELSE 'day' END AS date_precision,
    CASE WHEN dated < 0.1 THEN 'none' WHEN dated < 0.5 THEN 'published' WHEN dated < 0.8 THEN 'relative' ELSE 'explicit' END AS date_method,
    CASE WHEN place_name = place_country THEN 'country:' || place_code WHEN place_name IS NOT NULL THEN CAST(one * 100 + town AS VARCHAR) END AS place_id,
    place_name, CASE WHEN place_name IS NOT NULL THEN place_code END AS place_country,
    CASE WHEN place_name IS NOT NULL THEN one % 140 - 60.0 + town / 10 END AS latitude, CASE WHEN place_name IS NOT NULL THEN one * 1.5 - 170.0 END AS longitude,
    CASE WHEN place_name <> place_country THEN '01' END AS place_admin1, CASE WHEN place_name IS NOT NULL THEN 50000 END AS place_population,
    CASE WHEN place_name IS NULL THEN 'none' ELSE 'stated' END AS place_method,
    CASE WHEN draw(telling, 'reported') < 0.15 THEN first_name END AS reported_by, CASE WHEN draw(telling, 'reported') < 0.15 THEN first_name END AS reported_by_name,
    CASE WHEN draw(telling, 'reported') < 0.15 THEN 'body' END AS reported_by_kind, CAST(NULL AS VARCHAR) AS reported_by_country,
    0.5 + draw(telling, 'sure') / 2 AS confidence, '1' AS extractor_version,
    d.report, d.happening, a.article, d.telling
FROM dated AS d INNER JOIN articles AS a USING (report);

CREATE VIEW participants AS
SELECT
    m.mention_id, m.document_id, m.number, m.batch, n.role, 0 AS position, n.name AS text,
    CASE WHEN n.role = 'actor' THEN m.sentence_start ELSE m.trigger_end + 1 END AS text_start,
    CASE WHEN n.role = 'actor' THEN m.sentence_start ELSE m.trigger_end + 1 END + CAST(length(n.name) AS INTEGER) AS text_end,
    n.name, n.kind, n.country, CASE WHEN n.kind IN ('person', 'body', 'country') THEN 'GOV' END AS sector, n.title,
    CASE WHEN n.kind <> 'country' THEN n.country || 'GOV' ELSE n.country END AS cameo_code
FROM event_mentions AS m INNER JOIN named AS n USING (report, happening);

-- What two countries sign is called after its topic; one in three is for the years that follow.
CREATE VIEW agreement_mentions AS
SELECT
    mention_id, document_id, number, batch, 0 AS position, trigger AS text, trigger_start AS text_start, trigger_end AS text_end,
    pick(happening, 'agreement', getvariable('agreements')).title || ' ' || pick(happening, 'topic', getvariable('topics')) AS title,
    pick(happening, 'agreement', getvariable('agreements')).kind AS kind,
    CASE WHEN status = 'planned' OR event_type = 'AGREE' THEN 'planned' ELSE 'signed' END AS status,
    CASE WHEN draw(happening, 'period') < 0.33 THEN make_date(2016 + CAST(happening % 9 AS INTEGER), 1, 1) END AS period_start,
    CASE WHEN draw(happening, 'period') < 0.33 THEN make_date(2018 + CAST(happening % 9 AS INTEGER), 12, 31) END AS period_end
FROM event_mentions
WHERE cameo_code = '057' AND draw(happening, 'names it') < 0.8;

-- Every article, one in thirty that the batch has already, and one in twenty that nothing could be made of.
CREATE VIEW inputs AS
SELECT
    id('input', article || outcome) AS input_id, article // $batch AS number, 'batch-' || format('{:04d}', article // $batch) AS batch,
    'archive/' || (article % $batch) || outcome || '.txt' AS source_uri, 0 AS record, 'txt' AS format, 2000 AS bytes,
    sha256('bytes' || article) AS sha256, outcome, CASE outcome WHEN 'duplicate' THEN 'same-content' WHEN 'rejected' THEN 'empty' END AS reason,
    CASE WHEN outcome <> 'rejected' THEN id('article', article) END AS document_id,
    TIMESTAMPTZ '2026-01-01 00:00:00+00' + INTERVAL 1 DAY * (article // $batch) AS seen_at
FROM articles, (VALUES ('accepted', 1), ('duplicate', 30), ('rejected', 20)) AS o(outcome, every)
WHERE article % every = 0;
