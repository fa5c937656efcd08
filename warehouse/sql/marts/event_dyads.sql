-- Which two countries took part in each event, and who did it to whom?
-- A row for every two countries in the same event, on whichever side, whatever its status and date.
WITH sides AS (
    SELECT mentions.event_id, participants.country,
        bool_or(participants.role = 'actor') AS acts,
        bool_or(participants.role = 'recipient') AS receives
    FROM participants
    JOIN event_mentions AS mentions USING (mention_id)
    WHERE participants.country IS NOT NULL
    GROUP BY mentions.event_id, participants.country
)
SELECT a.event_id, a.country AS country_a, b.country AS country_b,
    CASE
        WHEN a.acts AND NOT a.receives AND b.receives AND NOT b.acts THEN 'a to b'
        WHEN b.acts AND NOT b.receives AND a.receives AND NOT a.acts THEN 'b to a'
        ELSE 'together'
    END AS direction,
    events.event_type, events.quad_class, events.intensity, events.status, events.event_start, events.event_end,
    events.story_count
FROM sides AS a
JOIN sides AS b ON a.event_id = b.event_id AND a.country < b.country
JOIN events ON events.event_id = a.event_id
