-- Are relations between two countries warming or cooling?
-- Mean conflict-cooperation score (on Goldstein's scale) over the events of the last 3 and 12 months; a row for
-- every month with an event, so that quiet months need no rows.
WITH months AS (
    SELECT country_a, country_b, CAST(date_trunc('month', event_start) AS DATE) AS month,
        count(*) AS events, sum(intensity) AS score
    FROM event_dyads
    WHERE event_start IS NOT NULL AND status IN ('occurred', 'ongoing')
    GROUP BY ALL
),
rolled AS (
    SELECT country_a, country_b, month, events, score,
        sum(events) OVER quarter AS events_3, sum(score) OVER quarter AS score_3,
        sum(events) OVER year AS events_12, sum(score) OVER year AS score_12
    FROM months
    WINDOW
        quarter AS (
            PARTITION BY country_a, country_b ORDER BY month RANGE BETWEEN INTERVAL 2 MONTHS PRECEDING AND CURRENT ROW
        ),
        year AS (
            PARTITION BY country_a, country_b ORDER BY month RANGE BETWEEN INTERVAL 11 MONTHS PRECEDING AND CURRENT ROW
        )
)
SELECT country_a, country_b, month,
    events AS event_count,
    round(score / events, 4) AS mean_intensity,
    CAST(events_3 AS BIGINT) AS events_3_months,
    round(score_3 / events_3, 4) AS intensity_3_months,
    CAST(events_12 AS BIGINT) AS events_12_months,
    round(score_12 / events_12, 4) AS intensity_12_months
FROM rolled
