-- How did two countries deal with each other, month by month?
-- A pair is counted for every two countries that take part in the same event, on whichever side.
WITH countries AS (
    SELECT DISTINCT mentions.event_id, participants.country
    FROM participants
    JOIN event_mentions AS mentions USING (mention_id)
    WHERE participants.country IS NOT NULL
),
pairs AS (
    SELECT left_side.event_id, left_side.country AS country_a, right_side.country AS country_b
    FROM countries AS left_side
    JOIN countries AS right_side
        ON left_side.event_id = right_side.event_id AND left_side.country < right_side.country
),
dated AS (
    SELECT pairs.country_a, pairs.country_b, CAST(date_trunc('month', events.event_start) AS DATE) AS month, events.*
    FROM pairs
    JOIN events USING (event_id)
    WHERE events.event_start IS NOT NULL AND events.status IN ('occurred', 'ongoing', 'planned')
),
happened AS (
    SELECT country_a, country_b, month,
        count(*) AS event_count,
        count(*) FILTER (quad_class = 1) AS verbal_cooperation,
        count(*) FILTER (quad_class = 2) AS material_cooperation,
        count(*) FILTER (quad_class = 3) AS verbal_conflict,
        count(*) FILTER (quad_class = 4) AS material_conflict,
        round(avg(intensity), 4) AS mean_intensity,
        CAST(sum(story_count) AS BIGINT) AS story_count
    FROM dated
    WHERE status <> 'planned'
    GROUP BY ALL
),
announced AS (
    SELECT country_a, country_b, month, count(*) AS planned_count
    FROM dated
    WHERE status = 'planned'
    GROUP BY ALL
)
SELECT happened.*, coalesce(announced.planned_count, 0) AS planned_count
FROM happened
LEFT JOIN announced USING (country_a, country_b, month)
