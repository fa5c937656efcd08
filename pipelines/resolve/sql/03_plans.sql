-- Which planned event does an event fulfil? One that announced such an act of the same parties, before it, for about
-- these days: the days it was planned for and three more on either side, or half a year where it was planned for none.
CREATE OR REPLACE TEMP TABLE event_profiles AS
SELECT
    e.event_id,
    e.event_type,
    coalesce(max(t.sort), '') AS sort,
    any_value(t.reality) AS reality,
    list_sort(list_distinct(flatten(list(t.countries)))) AS countries,
    list_distinct(flatten(list(t.names))) AS names,
    list_distinct(flatten(list(t.agreements))) AS agreements,
    list_distinct(list(t.document_id)) AS documents,
    list_distinct(list(t.place_id) FILTER (t.is_local)) AS towns,
    e.event_start,
    e.event_end,
    e.first_reported_on,
    e.last_reported_on
FROM told_events AS e
INNER JOIN event_evidence AS k USING (event_id)
INNER JOIN told AS t USING (mention_id)
GROUP BY ALL;

-- Plans and acts meet by the parties in a month, or by the agreement.
CREATE OR REPLACE TEMP TABLE plan_keys AS
WITH spans AS (
    SELECT
        *,
        CASE
            WHEN reality = 'planned' AND event_start IS NULL THEN first_reported_on
            WHEN reality = 'planned' THEN event_start - 3
            ELSE event_start
        END AS begins,
        CASE
            WHEN reality = 'planned' AND event_start IS NULL THEN first_reported_on + 183
            WHEN reality = 'planned' THEN least(event_end + 3, event_start + 400)
            ELSE event_start
        END AS ends
    FROM event_profiles
    WHERE reality IN ('planned', 'real')
), monthly AS (
    SELECT
        event_id, reality, begins, countries, names,
        unnest(range(
            CAST(year(begins) * 12 + month(begins) AS BIGINT), CAST(year(ends) * 12 + month(ends) + 1 AS BIGINT)
        )) AS month
    FROM spans
    WHERE begins IS NOT NULL
)
SELECT event_id, reality, begins, hash('countries', month, countries) AS key FROM monthly WHERE len(countries) > 1
UNION ALL
SELECT event_id, reality, begins, hash('name', month, n.name) FROM monthly, unnest(names[:6]) AS n(name)
UNION ALL
SELECT event_id, reality, begins, hash('agreement', a.agreement) FROM spans, unnest(agreements) AS a(agreement);

-- Under each key an act meets the plans that began last before it, not all that ever were.
CREATE OR REPLACE TEMP TABLE fulfilled_plans AS
WITH placed AS (
    SELECT
        key, event_id, reality,
        count(*) FILTER (reality = 'planned') OVER (
            PARTITION BY key ORDER BY begins NULLS FIRST, reality, event_id ROWS UNBOUNDED PRECEDING
        ) AS plans_so_far
    FROM plan_keys
), met AS (
    SELECT DISTINCT p.event_id AS plan_id, a.event_id
    FROM placed AS p
    INNER JOIN (
        SELECT key, event_id, plans_so_far - unnest(range(20)) AS place FROM placed WHERE reality = 'real'
    ) AS a ON a.key = p.key AND a.place = p.plans_so_far
    WHERE p.reality = 'planned'
), weighed AS (
    SELECT
        m.plan_id, m.event_id, p.last_reported_on,
        CASE WHEN p.countries = a.countries AND len(a.countries) > 1 THEN 2
            WHEN list_has_all(p.countries, a.countries) OR list_has_all(a.countries, p.countries) THEN 1 ELSE -2 END
        + least(2, len(list_intersect(p.names, a.names)))
        + CASE WHEN list_has_any(p.agreements, a.agreements) THEN 2 ELSE 0 END
        + CASE WHEN list_has_any(p.towns, a.towns) THEN 1 WHEN len(p.towns) > 0 AND len(a.towns) > 0 THEN -1.5 ELSE 0 END
        + CASE WHEN p.event_start IS NULL THEN 0.5 WHEN p.event_end - p.event_start <= 10 THEN 2
            WHEN p.event_end - p.event_start <= 92 THEN 1.5 ELSE 0.5 END AS points
    FROM met AS m
    INNER JOIN event_profiles AS p ON p.event_id = m.plan_id
    INNER JOIN event_profiles AS a ON a.event_id = m.event_id
    WHERE (
            (p.event_type = a.event_type AND p.sort = a.sort)
            OR EXISTS (
                SELECT 1 FROM event_fulfilments AS f
                WHERE p.event_type = 'AGREE' AND f.plan = p.sort AND f.type = a.event_type AND f.sort IN ('', a.sort)
            )
        )
        -- announced before the act is over, and dated so that it may be this one
        AND coalesce(p.first_reported_on <= coalesce(a.event_end, a.last_reported_on), true)
        AND CASE
            WHEN a.event_start IS NULL THEN list_has_any(p.agreements, a.agreements)
            WHEN p.event_start IS NOT NULL THEN a.event_start <= p.event_end + 3 AND a.event_end >= p.event_start - 3
            ELSE a.event_start BETWEEN p.first_reported_on AND p.first_reported_on + 183
        END
)
SELECT
    event_id, plan_id AS planned_event_id,
    row_number() OVER (PARTITION BY event_id ORDER BY points DESC, last_reported_on DESC NULLS LAST, plan_id) AS choice
FROM weighed
WHERE points >= 3;

CREATE OR REPLACE TEMP TABLE events AS
SELECT e.*, f.planned_event_id
FROM told_events AS e
LEFT JOIN fulfilled_plans AS f ON f.event_id = e.event_id AND f.choice = 1;
