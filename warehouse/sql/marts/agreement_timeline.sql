-- Which steps did each agreement go through, and which event tells of each?
-- A step is an event that one of the agreement's mentions tells of.
SELECT DISTINCT agreements.agreement_id, agreements.title, agreements.kind, agreements.party_countries,
    events.event_id, events.event_type, events.status, events.event_edtf, events.event_start,
    agreements.period_start, agreements.period_end
FROM mention_agreements
JOIN agreements USING (agreement_id)
JOIN event_mentions AS mentions USING (mention_id)
JOIN events ON events.event_id = mentions.event_id
