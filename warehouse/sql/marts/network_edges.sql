-- Who acts upon whom, how often and in what spirit: the edges of a network?
-- From each actor to each recipient of the same mention; two who act together have an edge from the smaller id.
WITH sides AS (
    SELECT DISTINCT mentions.event_id, participants.mention_id, participants.role, participants.actor_id
    FROM participants
    JOIN event_mentions AS mentions USING (mention_id)
),
pairs AS (
    SELECT DISTINCT one.event_id, one.actor_id AS source_id, other.actor_id AS target_id,
        CASE WHEN other.role = 'recipient' THEN 'towards' ELSE 'together' END AS direction
    FROM sides AS one
    JOIN sides AS other ON one.mention_id = other.mention_id
    WHERE one.role = 'actor' AND one.actor_id <> other.actor_id
        AND (other.role = 'recipient' OR one.actor_id < other.actor_id)
)
SELECT pairs.source_id, any_value(sources.name) AS source, any_value(sources.country) AS source_country,
    pairs.target_id, any_value(targets.name) AS target, any_value(targets.country) AS target_country,
    pairs.direction,
    count(*) AS event_count,
    count(*) FILTER (events.quad_class <= 2) AS cooperation,
    count(*) FILTER (events.quad_class >= 3) AS conflict,
    round(avg(events.intensity), 4) AS mean_intensity,
    CAST(sum(events.story_count) AS BIGINT) AS story_count,
    min(events.event_start) AS first_on,
    max(events.event_start) AS last_on
FROM pairs
JOIN events ON events.event_id = pairs.event_id
JOIN actors AS sources ON sources.actor_id = pairs.source_id
JOIN actors AS targets ON targets.actor_id = pairs.target_id
WHERE events.status IN ('occurred', 'ongoing')
GROUP BY pairs.source_id, pairs.target_id, pairs.direction
