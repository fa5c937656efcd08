-- Was what was announced ever held?
-- A planned event is held when an event that happened names it; otherwise its day has passed or lies ahead as
-- counted from the newest text of the register, never from the clock.
WITH held AS (
    SELECT planned_event_id AS event_id, arg_min(event_id, (event_start, event_id)) AS held_event_id,
        min(event_start) AS held_on
    FROM events
    WHERE planned_event_id IS NOT NULL AND status IN ('occurred', 'ongoing')
    GROUP BY planned_event_id
),
newest AS (
    SELECT max(published_on) AS day
    FROM documents
)
SELECT planned.event_id, planned.event_type, planned.actor1_name, planned.actor1_country, planned.actor2_name,
    planned.actor2_country, planned.first_reported_on AS announced_on, planned.event_edtf AS planned_edtf,
    planned.event_start AS planned_start, planned.event_end AS planned_end,
    CASE
        WHEN held.event_id IS NOT NULL THEN 'held'
        WHEN planned.event_end IS NULL THEN 'undated'
        WHEN planned.event_end < newest.day THEN 'not reported'
        ELSE 'ahead'
    END AS outcome,
    held.held_event_id, held.held_on
FROM events AS planned
CROSS JOIN newest
LEFT JOIN held ON held.event_id = planned.event_id
WHERE planned.status = 'planned'
