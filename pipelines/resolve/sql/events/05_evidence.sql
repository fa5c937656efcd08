-- Which event does each mention belong to, since when has it that id, and why is the mention part of it?

-- An event is founded by its first reading, so its id stays when later reports come. The id is made from what that
-- reading says; where two events would get the same one, the later gets its names and place as well.
CREATE OR REPLACE TEMP TABLE reading_places AS
SELECT
    r.reading,
    coalesce(t.founder, r.reading) AS founder,
    coalesce(t.joined_to, r.reading) AS joined_to
FROM readings AS r
LEFT JOIN reading_tree AS t USING (reading);

CREATE OR REPLACE TEMP MACRO event_key(identity, detail, mention) AS
    substr(sha256(concat_ws(chr(30), 'event', identity, detail, mention)), 1, 20);

CREATE OR REPLACE TEMP TABLE founded AS
WITH founders AS (
    SELECT
        r.reading AS founder, r.identity, r.detail, r.mention_id,
        row_number() OVER (PARTITION BY r.identity ORDER BY r.reading) AS among_alike
    FROM readings AS r
    SEMI JOIN reading_places AS p ON p.founder = r.reading
), told_apart AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY identity, detail, among_alike > 1 ORDER BY founder) AS among_the_same
    FROM founders
)
SELECT
    founder,
    event_key(
        identity,
        CASE WHEN among_alike > 1 THEN detail END,
        CASE WHEN among_alike > 1 AND among_the_same > 1 THEN mention_id END
    ) AS event_id
FROM told_apart;

-- One row per mention: what it was joined to, by which rule, and how sure that is.
CREATE OR REPLACE TEMP TABLE event_evidence AS
SELECT
    f.event_id,
    m.mention_id,
    CASE
        WHEN m.place_in_reading > 1 THEN own.mention_id
        WHEN p.joined_to <> m.reading THEN above.mention_id
    END AS joined_to_mention_id,
    CASE
        WHEN m.place_in_reading > 1 THEN 'same account'
        WHEN p.joined_to = m.reading THEN 'first report'
        ELSE j.rule
    END AS rule,
    CASE
        WHEN m.place_in_reading > 1 THEN 'the same parties, dates and place for the same sort of act'
        WHEN p.joined_to = m.reading THEN 'it founds the event: nothing that was reported before tells of it'
        ELSE j.why
    END AS why,
    CASE
        WHEN m.place_in_reading > 1 THEN 0.95
        WHEN p.joined_to = m.reading THEN 1.0
        -- from 3.75 points, where a join is likelier right than not, upwards
        ELSE least(0.99, round(1 / (1 + exp(2.75 - j.points)), 2))
    END AS confidence
FROM mention_readings AS m
INNER JOIN reading_places AS p USING (reading)
INNER JOIN founded AS f USING (founder)
INNER JOIN readings AS own ON own.reading = m.reading
INNER JOIN readings AS above ON above.reading = p.joined_to
LEFT JOIN event_joins AS j
    ON j.first_reading = least(m.reading, p.joined_to) AND j.second_reading = greatest(m.reading, p.joined_to);
