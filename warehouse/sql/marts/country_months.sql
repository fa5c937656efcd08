-- What was a country part of, month by month, on which side, and with how many others?
WITH sides AS (
    SELECT DISTINCT mentions.event_id, participants.country, participants.role
    FROM participants
    JOIN event_mentions AS mentions USING (mention_id)
    WHERE participants.country IS NOT NULL
),
parts AS (
    SELECT event_id, country, bool_or(role = 'actor') AS acts, bool_or(role = 'recipient') AS receives
    FROM sides
    GROUP BY ALL
),
dated AS (
    SELECT parts.country, parts.acts, parts.receives,
        CAST(date_trunc('month', events.event_start) AS DATE) AS month, events.*
    FROM parts
    JOIN events USING (event_id)
    WHERE events.event_start IS NOT NULL AND events.status IN ('occurred', 'ongoing')
),
partners AS (
    SELECT dated.country, dated.month, count(DISTINCT others.country) AS partner_count
    FROM dated
    JOIN parts AS others ON others.event_id = dated.event_id AND others.country <> dated.country
    GROUP BY ALL
)
SELECT dated.country, dated.month,
    count(*) AS event_count,
    count(*) FILTER (acts) AS as_actor,
    count(*) FILTER (receives) AS as_recipient,
    coalesce(any_value(partners.partner_count), 0) AS partner_count,
    count(*) FILTER (quad_class = 1) AS verbal_cooperation,
    count(*) FILTER (quad_class = 2) AS material_cooperation,
    count(*) FILTER (quad_class = 3) AS verbal_conflict,
    count(*) FILTER (quad_class = 4) AS material_conflict,
    round(avg(intensity), 4) AS mean_intensity
FROM dated
LEFT JOIN partners USING (country, month)
GROUP BY dated.country, dated.month
