-- A made-up world and what papers print of it. $documents says how many articles; everything else follows from it.
--
-- A dossier is what two countries have to do with each other in a few days: four happenings. Outlets report it in their own
-- words, leaving out and getting wrong; other papers print their reports again, some with a line of their own at the end.
-- Countries, persons and sites are skewed: few are met all the time, most hardly ever.
CREATE MACRO draw(thing, what) AS (hash(thing, what) % 1000003) / 1000003.0;
CREATE MACRO pick(thing, what, choices) AS choices[1 + CAST(hash(thing, what) % len(choices) AS INTEGER)];
CREATE MACRO skewed(thing, what, many) AS CAST(floor(many * power(draw(thing, what), 3)) AS INTEGER);
CREATE MACRO id(kind, number) AS substr(sha256(kind || number), 1, 20);
CREATE MACRO family(number) AS
    pick(number, 'begins', getvariable('family_beginnings')) || pick(number, 'ends', getvariable('family_endings'));

CREATE TABLE dossiers AS
SELECT
    d AS dossier,
    DATE '2015-01-01' + CAST(floor(3650 * sqrt(draw(d, 'day'))) AS INTEGER) AS day,
    skewed(d, 'one', (SELECT count(*) FROM countries)) AS one,
    skewed(d, 'two', (SELECT count(*) FROM countries) - 1) AS two
FROM range(CAST(ceil($documents / 3.5) + 20 AS BIGINT)) AS t(d); -- enough for all articles, even where few are wanted

CREATE TABLE happenings AS
SELECT
    d.dossier, d.dossier * 4 + e AS happening,
    d.day + CAST(hash(d.dossier, e, 'after') % 4 AS INTEGER) AS day,
    d.one, d.two + CAST(d.two >= d.one AS INTEGER) AS two,
    pick(d.dossier * 4 + e, 'act', getvariable('acts')) AS act,
    CASE WHEN draw(d.dossier * 4 + e, 'status') < 0.09 THEN 'planned' WHEN draw(d.dossier * 4 + e, 'status') < 0.11 THEN 'denied' ELSE 'occurred' END
        AS status,
    CAST(hash(d.dossier, e, 'town') % 12 AS INTEGER) AS town
FROM dossiers AS d, range(4) AS t(e);

-- One report to each dossier and up to five more, each printed by one paper and sometimes by up to fifteen more.
CREATE TABLE articles AS
WITH reports AS (
    SELECT d.dossier, d.dossier * 6 + r AS report, d.day + 1 + CAST(hash(d.dossier, r, 'lag') % 4 AS INTEGER) AS day
    FROM dossiers AS d, range(1 + skewed(d.dossier, 'reports', 6)) AS t(r)
)
SELECT
    row_number() OVER (ORDER BY hash(report, c), report, c) - 1 AS article, dossier, report, c AS copy,
    day + CAST(CASE WHEN c > 0 THEN hash(report, c, 'late') % 2 ELSE 0 END AS INTEGER) AS published_on,
    'paper' || skewed(report, c, 600) || '.example' AS site,
    c > 0 AND draw(report, c) < 0.4 AS is_edited
FROM reports, range(1 + CASE WHEN draw(report, 'copies') < 0.8 THEN 0 ELSE skewed(report, 'how many', 16) END) AS t(c)
QUALIFY article < $documents;

-- How each report names those who take part: the actor, and for two in three the recipient.
CREATE TABLE named AS
WITH sides AS (
    SELECT
        r.report, h.happening, s.side, s.role, CASE WHEN s.side = 0 THEN h.one ELSE h.two END AS number,
        hash(r.report, h.happening, s.side) AS telling, hash(h.happening, s.side) AS who
    FROM (SELECT DISTINCT dossier, report FROM articles) AS r
    INNER JOIN happenings AS h USING (dossier)
    CROSS JOIN (VALUES (0, 'actor'), (1, 'recipient')) AS s(side, role)
    WHERE s.side = 0 OR draw(hash(h.happening), 'has recipient') < 0.67
), kinds AS (
    SELECT
        s.*, c.country, c.name AS country_name,
        -- what stands for a country is the happening's; now and then a report just says the country
        CASE WHEN draw(s.telling, 'plain') < 0.25 OR draw(s.who, 'kind') < 0.25 THEN 'country'
            WHEN draw(s.who, 'kind') < 0.65 THEN 'person' WHEN draw(s.who, 'kind') < 0.8 THEN 'body'
            WHEN draw(s.who, 'kind') < 0.9 THEN 'organization' WHEN draw(s.who, 'kind') < 0.98 THEN 'group' ELSE 'armed_group' END AS kind,
        -- a country's persons: many in the countries that are met most
        skewed(s.who, 'person', greatest(5, CAST(floor($documents / 6 / (1 + s.number)) AS INTEGER))) * 1000 + s.number AS person
    FROM sides AS s
    INNER JOIN countries AS c ON c.number = s.number
), spelled AS (
    SELECT *, pick(person, 'forename', getvariable('forenames')) AS forename, family(person) AS family FROM kinds
)
SELECT
    report, happening, role, kind, country_name,
    CASE
        WHEN kind = 'person' THEN CASE
            WHEN draw(telling, 'spelling') < 0.1 THEN left(forename, 1) || '. ' || family
            WHEN draw(telling, 'spelling') < 0.25 THEN family
            WHEN draw(telling, 'spelling') < 0.35 THEN forename || ' ' || regexp_replace(family, 'i(.)$', 'y\1')
            ELSE forename || ' ' || family END
        WHEN kind = 'body' THEN replace(pick(who, 'body', getvariable('bodies')), '{country}', country_name)
        WHEN kind = 'organization' THEN replace(pick(who, 'kind of', getvariable('organisations')), '{family}', family(skewed(who, 'organisation', 900)))
        WHEN kind = 'armed_group' THEN family(hash(number, 'rebels') % 40) || ' Front'
        WHEN kind = 'group' THEN pick(telling, 'group', getvariable('groups'))
        ELSE country_name
    END AS name,
    CASE WHEN kind IN ('organization', 'armed_group') OR (kind IN ('person', 'group') AND draw(telling, 'country') < 0.15) THEN NULL ELSE country END
        AS country,
    CASE WHEN kind = 'person' AND draw(telling, 'title') < 0.9
        THEN replace(pick(person, 'title', getvariable('titles')), '{country}', country_name) END AS title
FROM spelled;

-- What each report says of each happening: when, where, in which words.
CREATE TABLE told AS
WITH dated AS (
    SELECT
        a.report, h.*, hash(a.report, h.happening) AS telling,
        c.country AS place_code, c.name AS place_country,
        h.day + CASE WHEN draw(hash(a.report, h.happening), 'wrong') < 0.05 THEN 1 ELSE 0 END AS said,
        draw(hash(a.report, h.happening), 'dated') AS dated, draw(hash(a.report, h.happening), 'placed') AS placed
    FROM (SELECT DISTINCT dossier, report FROM articles) AS a
    INNER JOIN happenings AS h USING (dossier)
    INNER JOIN countries AS c ON c.number = h.one
)
SELECT
    d.*, one.name AS first_name, two.name AS second_name,
    one.name || ' ' || d.act.verb || ' ' || coalesce(two.name, 'the others') || ' over ' || pick(d.telling, 'over', getvariable('topics')) || ', the '
        || pick(d.telling, 'word', getvariable('words')) || ' ' || pick(d.telling, 'other word', getvariable('words')) || ' said.' AS sentence,
    CASE WHEN placed < 0.25 THEN family(d.one * 100 + d.town) || pick(d.one * 100 + d.town, 'town', getvariable('town_endings'))
        WHEN placed < 0.4 THEN d.place_country END AS place_name
FROM dated AS d
INNER JOIN named AS one ON one.report = d.report AND one.happening = d.happening AND one.role = 'actor'
LEFT JOIN named AS two ON two.report = d.report AND two.happening = d.happening AND two.role = 'recipient';

-- The article: its four sentences, and ten more that are strung together from words.
CREATE TABLE texts AS
SELECT
    t.report,
    string_agg(t.sentence, ' ' ORDER BY t.happening) || ' '
        || array_to_string([
            array_to_string([pick(t.report, hash(line, place), getvariable('words')) FOR place IN range(12)], ' ') FOR line IN range(10)
        ], '. ') || '.' AS body
FROM told AS t
GROUP BY t.report;
