-- How did two countries deal with each other, month by month?
-- What occurred is counted by class; what was planned for the month is counted apart, and a month that has
-- nothing else has a row too.
SELECT country_a, country_b, CAST(date_trunc('month', event_start) AS DATE) AS month,
    count(*) FILTER (status <> 'planned') AS event_count,
    count(*) FILTER (status <> 'planned' AND quad_class = 1) AS verbal_cooperation,
    count(*) FILTER (status <> 'planned' AND quad_class = 2) AS material_cooperation,
    count(*) FILTER (status <> 'planned' AND quad_class = 3) AS verbal_conflict,
    count(*) FILTER (status <> 'planned' AND quad_class = 4) AS material_conflict,
    count(*) FILTER (status = 'planned') AS planned_count,
    round(avg(intensity) FILTER (status <> 'planned'), 4) AS mean_intensity,
    CAST(coalesce(sum(story_count) FILTER (status <> 'planned'), 0) AS BIGINT) AS story_count
FROM event_dyads
WHERE event_start IS NOT NULL AND status IN ('occurred', 'ongoing', 'planned')
GROUP BY ALL
