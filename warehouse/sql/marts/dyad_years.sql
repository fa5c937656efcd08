-- Do two countries cooperate or quarrel, year by year?
-- The balance is (cooperation - conflict) / (cooperation + conflict): 1 all cooperation, -1 all conflict.
SELECT country_a, country_b, CAST(year(event_start) AS INTEGER) AS year,
    count(*) AS event_count,
    count(*) FILTER (quad_class <= 2) AS cooperation,
    count(*) FILTER (quad_class >= 3) AS conflict,
    round((count(*) FILTER (quad_class <= 2) - count(*) FILTER (quad_class >= 3)) / count(*), 4) AS balance,
    count(*) FILTER (direction = 'a to b') AS a_to_b,
    count(*) FILTER (direction = 'b to a') AS b_to_a,
    round(avg(intensity), 4) AS mean_intensity,
    CAST(sum(story_count) AS BIGINT) AS story_count
FROM event_dyads
WHERE event_start IS NOT NULL AND status IN ('occurred', 'ongoing')
GROUP BY ALL
