-- When did two countries first and last have to do with each other, and how long was the longest silence?
WITH contacts AS (
    SELECT *,
        event_start - lag(event_start) OVER (
            PARTITION BY country_a, country_b ORDER BY event_start, event_id
        ) AS silence
    FROM event_dyads
    WHERE event_start IS NOT NULL AND status IN ('occurred', 'ongoing')
)
SELECT country_a, country_b,
    min(event_start) AS first_on,
    max(event_start) AS last_on,
    arg_min(event_id, (event_start, event_id)) AS first_event_id,
    arg_max(event_id, (event_start, event_id)) AS last_event_id,
    max(event_start) FILTER (quad_class <= 2) AS last_cooperation_on,
    max(event_start) FILTER (quad_class >= 3) AS last_conflict_on,
    count(*) AS event_count,
    CAST(max(silence) AS BIGINT) AS longest_silence
FROM contacts
GROUP BY country_a, country_b
