-- Which texts tell of each event, and where in them, in the columns of GDELT 2.0's mentions files?
-- Only mentions of events that gdelt_events shows.
WITH parties AS (
    -- The two sides as events choose them: the first actor, and the first recipient or else the second actor.
    SELECT mention_id,
        min(text_start) FILTER (WHERE role = 'actor' AND position = 0) AS first_start,
        coalesce(
            min(text_start) FILTER (WHERE role = 'recipient' AND position = 0),
            min(text_start) FILTER (WHERE role = 'actor' AND position = 1)
        ) AS second_start
    FROM participants
    GROUP BY mention_id
),
read AS (
    SELECT document_id, min(seen_at) AT TIME ZONE 'UTC' AS read_at
    FROM inputs
    WHERE document_id IS NOT NULL
    GROUP BY document_id
),
added AS (
    SELECT mentions.event_id, min(read.read_at) AS added_at
    FROM event_mentions AS mentions
    JOIN read USING (document_id)
    GROUP BY mentions.event_id
)
SELECT
    CAST(CAST('x0' || left(events.event_id, 15) AS bit(64)) AS bigint) AS "GLOBALEVENTID",
    CAST(to_char(added.added_at, 'YYYYMMDDHH24MISS') AS bigint) AS "EventTimeDate",
    CAST(to_char(read.read_at, 'YYYYMMDDHH24MISS') AS bigint) AS "MentionTimeDate",
    CASE WHEN documents.url IS NOT NULL THEN 1 ELSE 2 END AS "MentionType",
    coalesce(documents.site, documents.publisher) AS "MentionSourceName",
    coalesce(documents.url, documents.source_uri) AS "MentionIdentifier",
    mentions.sentence_index + 1 AS "SentenceID",
    coalesce(parties.first_start, -1) AS "Actor1CharOffset",
    coalesce(parties.second_start, -1) AS "Actor2CharOffset",
    mentions.trigger_start AS "ActionCharOffset",
    1 AS "InRawText",
    CAST(round(CAST(mentions.confidence * 10 AS numeric)) AS integer) * 10 AS "Confidence",
    CAST(length(documents.body) AS integer) AS "MentionDocLen",
    CAST(NULL AS double precision) AS "MentionDocTone",
    CAST(NULL AS text) AS "MentionDocTranslationInfo",
    CAST(NULL AS text) AS "Extras"
FROM event_mentions AS mentions
JOIN events ON events.event_id = mentions.event_id
JOIN documents ON documents.document_id = mentions.document_id
LEFT JOIN parties ON parties.mention_id = mentions.mention_id
LEFT JOIN read ON read.document_id = mentions.document_id
LEFT JOIN added ON added.event_id = events.event_id
WHERE events.status IN ('occurred', 'ongoing', 'planned')
