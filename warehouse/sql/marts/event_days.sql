-- How many events of each type began on each day?
SELECT event_start AS day, event_type, min(quad_class) AS quad_class,
    count(*) AS event_count,
    CAST(sum(story_count) AS BIGINT) AS story_count,
    round(avg(intensity), 4) AS mean_intensity
FROM events
WHERE event_start IS NOT NULL AND status IN ('occurred', 'ongoing')
GROUP BY ALL
