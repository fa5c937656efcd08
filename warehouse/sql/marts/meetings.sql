-- Who met or talked with whom, in which office, when and where?
-- Every two parties of a consultation that belong to different countries or stand on different sides of it.
WITH parties AS (
    SELECT mentions.event_id, participants.actor_id, any_value(actors.name) AS name, any_value(actors.kind) AS kind,
        any_value(actors.country) AS country, min(participants.title) AS title,
        bool_or(participants.role = 'actor') AS acts
    FROM event_mentions AS mentions
    JOIN participants USING (mention_id)
    JOIN actors USING (actor_id)
    WHERE mentions.event_type = 'CONSULT'
    GROUP BY mentions.event_id, participants.actor_id
)
SELECT events.event_id, events.status, events.mode, events.event_edtf, events.event_start, events.place_name,
    a.actor_id AS actor_a_id, a.name AS actor_a, a.kind AS kind_a, a.title AS title_a, a.country AS country_a,
    b.actor_id AS actor_b_id, b.name AS actor_b, b.kind AS kind_b, b.title AS title_b, b.country AS country_b
FROM parties AS a
JOIN parties AS b ON a.event_id = b.event_id AND a.actor_id < b.actor_id
JOIN events ON events.event_id = a.event_id
WHERE events.status IN ('occurred', 'ongoing', 'planned')
    AND (a.country IS DISTINCT FROM b.country OR a.acts <> b.acts)
