"""What must be true between tables, and of whole tables: every rule with its reason, as declarations.

A rule is a query that finds the offending rows, over views or tables of the declared names. Foreign keys and
unique keys follow from the declarations (``relations``); only what they cannot say is written here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from warehouse.tables.model import Severity

Over = Literal["batch", "register", "published"]


@dataclass(frozen=True, slots=True)
class RelationRule:
    """One rule. ``sql`` selects what breaks it, with the columns that name the rows.

    ``table`` is the table it is told about, and judged when that table is made; ``over`` says whether it is
    about one batch's files as stored, about the register, or about the published file. ``one_by_one`` says that what
    breaks it are rows of that table, told by its key, each wrong by itself, so that these can be set aside.
    """

    name: str
    table: str
    over: Over
    sql: str
    reason: str
    severity: Severity = "critical"
    one_by_one: bool = False


def _slice(name: str, table: str, text: str, key: str) -> RelationRule:
    start, end = f"{text}_start", f"{text}_end"
    # DuckDB's substring counts code points from 1, as offsets do from 0.
    found = f"substring(body, {start} + 1, {end} - {start})"
    return RelationRule(
        name=name,
        table=table,
        over="batch",
        sql=(
            f"SELECT {key}, {start}, {end} FROM (SELECT * FROM {table}) "  # noqa: S608
            f"JOIN (SELECT document_id, body FROM documents) USING (document_id) "
            f'WHERE {found} IS DISTINCT FROM "{text}"'
        ),
        reason="A row must lead back to the very characters it came from",
        one_by_one=True,
    )


def _no_more_than_the_site(table: str, over: Over) -> RelationRule:
    return RelationRule(
        name="no_line_is_in_more_documents_than_its_site_has",
        table=table,
        over=over,
        sql=(
            f"SELECT l.site, l.line, l.documents FROM {table} AS l LEFT JOIN {table} AS s "  # noqa: S608
            "ON s.site = l.site AND s.line = 0 WHERE l.documents > coalesce(s.documents, 0)"
        ),
        reason="A document counts once however often it repeats a line",
    )


def _evidence(over: Over, mentions: str) -> RelationRule:
    return RelationRule(
        name="evidence_is_for_the_event_of_its_mention",
        table="event_evidence",
        over=over,
        sql=(
            "SELECT mention_id, m.event_id AS told, k.event_id AS explained "  # noqa: S608
            f"FROM {mentions} AS m FULL JOIN event_evidence AS k USING (mention_id) "
            "WHERE m.event_id IS DISTINCT FROM k.event_id"
        ),
        reason="What explains why a mention belongs to an event must speak of the event it belongs to",
    )


RULES: tuple[RelationRule, ...] = (
    _no_more_than_the_site("site_lines", "batch"),
    _no_more_than_the_site("shared_lines", "register"),
    RelationRule(
        name="accepted_inputs_have_raw_text",
        table="raw_documents",
        over="batch",
        sql=(
            "SELECT input_id, source_uri FROM inputs ANTI JOIN raw_documents USING (input_id) "
            "ANTI JOIN quarantined_texts USING (document_id) WHERE outcome = 'accepted'"
        ),
        reason="Nothing that was accepted may be lost on the way",
    ),
    RelationRule(
        name="raw_text_was_accepted",
        table="raw_documents",
        over="batch",
        sql=(
            "SELECT r.document_id, r.source_uri FROM raw_documents AS r JOIN inputs AS i USING (input_id) "
            "WHERE i.outcome <> 'accepted' OR i.document_id IS DISTINCT FROM r.document_id"
        ),
        reason="The ledger and the texts must tell the same story",
    ),
    RelationRule(
        name="every_raw_text_is_accounted_for",
        table="documents",
        over="batch",
        sql=(
            "SELECT document_id FROM raw_documents ANTI JOIN documents USING (document_id) "
            "ANTI JOIN cleaning_rejections USING (document_id) "
            "ANTI JOIN quarantined_documents USING (document_id)"
        ),
        reason="Cleaning makes a document of a text or says why not",
    ),
    RelationRule(
        name="document_comes_from_a_raw_text",
        table="documents",
        over="batch",
        sql="SELECT document_id FROM documents ANTI JOIN raw_documents USING (document_id)",
        reason="Documents cannot come from nowhere",
    ),
    RelationRule(
        name="every_document_has_a_signature",
        table="document_signatures",
        over="batch",
        sql="SELECT document_id FROM documents ANTI JOIN document_signatures USING (document_id)",
        reason="Near-copies of a document without a signature would not be found",
    ),
    RelationRule(
        name="not_both_cleaned_and_rejected",
        table="cleaning_rejections",
        over="batch",
        sql="SELECT document_id FROM cleaning_rejections SEMI JOIN documents USING (document_id)",
        reason="A text has one fate",
    ),
    _slice("sentence_is_in_the_body", "event_mentions", "sentence", "mention_id"),
    _slice("trigger_is_in_the_body", "event_mentions", "trigger", "mention_id"),
    _slice("text_is_in_the_body", "participants", "text", "mention_id, role, position"),
    _slice("text_is_in_the_body", "agreement_mentions", "text", "mention_id, position"),
    RelationRule(
        name="what_is_set_aside_is_nowhere_else",
        table="quarantined_texts",
        over="batch",
        sql="SELECT document_id FROM quarantined_texts SEMI JOIN raw_documents USING (document_id)",
        reason="A text has one fate",
    ),
    RelationRule(
        name="what_is_set_aside_is_nowhere_else",
        table="quarantined_documents",
        over="batch",
        sql=(
            "SELECT document_id FROM quarantined_documents SEMI JOIN "
            "(SELECT document_id FROM documents UNION ALL SELECT document_id FROM cleaning_rejections) "
            "USING (document_id)"
        ),
        reason="A text has one fate",
    ),
    _evidence("register", "mention_events"),
    _evidence("published", "event_mentions"),
    RelationRule(
        name="every_mention_has_an_event",
        table="mention_events",
        over="register",
        sql="SELECT mention_id FROM event_mentions ANTI JOIN mention_events USING (mention_id)",
        reason="A mention outside all events would be lost to whoever reads events",
    ),
    RelationRule(
        name="every_participant_has_an_actor",
        table="participant_actors",
        over="register",
        sql=(
            "SELECT mention_id, role, position FROM participants "
            "ANTI JOIN participant_actors USING (mention_id, role, position)"
        ),
        reason="A participant without an actor would be lost to whoever reads actors",
    ),
    RelationRule(
        name="every_document_has_a_story",
        table="document_stories",
        over="register",
        sql="SELECT document_id FROM documents ANTI JOIN document_stories USING (document_id)",
        reason="Stories are counted instead of documents",
    ),
    RelationRule(
        name="a_story_has_one_lead",
        table="document_stories",
        over="register",
        sql=(
            "SELECT story_id, count(*) FILTER (is_story_lead) AS leads FROM document_stories "
            "GROUP BY story_id HAVING leads <> 1"
        ),
        reason="One article stands for its story",
    ),
    RelationRule(
        name="events_count_their_mentions",
        table="events",
        over="register",
        sql=(
            "SELECT event_id, e.mention_count, count(m.mention_id) AS counted FROM events AS e "
            "LEFT JOIN mention_events AS m USING (event_id) GROUP BY ALL HAVING e.mention_count <> counted"
        ),
        reason="Counts must be the counts of the rows behind them",
    ),
    RelationRule(
        name="ledger_accounts_for_every_document",
        table="inputs",
        over="published",
        sql=(
            "WITH held AS (SELECT batch, count(*) AS documents FROM documents GROUP BY batch) "
            "SELECT batch, count(*) FILTER (outcome = 'accepted') AS accepted, any_value(documents) AS held "
            "FROM inputs LEFT JOIN held USING (batch) "
            "GROUP BY batch HAVING accepted <> coalesce(any_value(documents), 0)"
        ),
        reason="What the ledger accepts and what the register holds must be the same",
    ),
    RelationRule(
        name="ledger_leads_to_documents",
        table="inputs",
        over="published",
        sql=(
            "SELECT input_id, document_id FROM inputs ANTI JOIN documents USING (document_id) "
            "WHERE outcome <> 'rejected'"
        ),
        reason="Accepted and duplicate inputs lead to a document that is there",
    ),
)
