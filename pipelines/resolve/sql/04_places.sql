-- Where did events happen? The commonest spelling of a place stands for it.
CREATE OR REPLACE TEMP TABLE places AS
WITH named AS (
    SELECT
        place_id, place_name,
        row_number() OVER (PARTITION BY place_id ORDER BY count(*) DESC, place_name) AS rank_of_name
    FROM event_mentions
    WHERE place_id IS NOT NULL
    GROUP BY place_id, place_name
)
SELECT
    m.place_id,
    min(n.place_name) AS name,
    min(m.place_country) AS country,
    min(m.place_admin1) AS admin1,
    min(m.latitude) AS latitude,
    min(m.longitude) AS longitude,
    min(m.place_population) AS population,
    count(*) AS mention_count
FROM event_mentions AS m
INNER JOIN named AS n ON n.place_id = m.place_id AND n.rank_of_name = 1
GROUP BY m.place_id;
